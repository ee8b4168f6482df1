import District
import Record
import Web

extension Part {
    /// Light processing: kits, new labels, assembly.
    static func work(_ book: Handbook) -> Part {
        var part = Part()
        part.migrations = [WorkTable.migration]
        part.projections = [WorkTable.projection]
        part.commands = [OpenWork.command, MakeGoods.command, CancelWork.command]
        part.routes = WorkRoutes().routes
        part.doors = [
            Door(
                "/fulfilment/work", Words("유통가공", "Work orders"),
                Words("세트 구성, 라벨 교체, 조립을 합니다.", "Kits, new labels and assembly."), roles: GoodsAsk.readers)
        ]
        part.topics = [("fulfilment.work.", "fulfilment-work")]
        return part
    }
}
