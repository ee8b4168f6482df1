import District
import Web

extension Part {
    /// Goods and places: what is stored, where, and how it must be.
    static func goods(_ book: Handbook) -> Part {
        var part = Part()
        part.migrations = [ItemTable.migration]
        part.projections = [ItemTable.projection, PlaceTable.projection]
        part.commands = [RegisterItem.command, RegisterPlace.command, ClosePlace.command, OpenPlace.command]
        part.topics = [("fulfilment.item.", "fulfilment-goods"), ("fulfilment.place.", "fulfilment-goods")]
        return part
    }
}
