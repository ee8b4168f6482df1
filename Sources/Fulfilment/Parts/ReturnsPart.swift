import District
import Web

extension Part {
    /// Returns: asked for by the customer's link, received, graded, paid back.
    static func returns(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [ReturnTable.migration]
        part.projections = [ReturnTable.projection]
        let separation = "inbound-segregation.json"
        part.commands = ReturnGoods.all(try Segregation(book.read(separation).json, file: separation))
        part.topics = [("fulfilment.return.", "fulfilment-orders")]
        return part
    }

    /// Sales: over the counter, of what was delivered, and the day's settlement.
    static func sale(_ book: Handbook) -> Part {
        var part = Part()
        part.migrations = [SaleTable.migration]
        part.projections = [SaleTable.projection]
        part.commands = SellGoods.all
        part.reactions = [SellGoods.delivered]
        return part
    }
}
