import District
import Record
import Web

extension Part {
    /// Robots within the centre: they carry totes to packing, and shelves to stations.
    static func carry() -> Part {
        var part = Part()
        part.migrations = [CarryTable.migration]
        part.projections = [CarryTable.projection]
        part.commands = SendCarry.all
        part.reactions = CarryFacts.all
        part.routes = CarryRoutes().routes
        part.doors = [
            Door(
                "/fulfilment/carry", Words("로봇 운반", "Carried by robots"),
                Words("바구니를 포장대로 보내고 선반을 부릅니다.", "Send totes to packing, and fetch shelves."),
                roles: GoodsAsk.readers)
        ]
        part.topics = [("fulfilment.carry.", "fulfilment-carry")]
        return part
    }
}
