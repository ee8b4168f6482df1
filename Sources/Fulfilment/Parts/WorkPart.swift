import District
import Web

extension Part {
    /// Light processing: kits, new labels, assembly.
    static func work(_ book: Handbook) -> Part {
        var part = Part()
        part.migrations = [WorkTable.migration]
        part.projections = [WorkTable.projection]
        part.commands = [OpenWork.command, MakeGoods.command, CancelWork.command]
        part.topics = [("fulfilment.work.", "fulfilment-work")]
        return part
    }
}
