import District
import Web

extension Part {
    /// Stock: what lies where and what of it is promised, out of moves and nothing else.
    static func stock(_ book: Handbook) -> Part {
        var part = Part()
        part.migrations = [StockTable.migration]
        part.commands = [KeepLot.command, FreeLot.command]
        part.projections = [StockTable.projection]
        part.topics = [("fulfilment.goods.", "fulfilment-stock"), ("fulfilment.stock.", "fulfilment-stock")]
        return part
    }
}
