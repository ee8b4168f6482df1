import District
import Record
import Web

extension Part {
    /// Returns: asked for by the customer's link, received, graded, paid back.
    static func returns(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [ReturnTable.migration, ReturnTable.strange]
        part.projections = [ReturnTable.projection]
        let separation = "inbound-segregation.json"
        part.commands = ReturnGoods.all(
            try Segregation(book.read(separation).json, file: separation), try ReturnTerms(book))
        part.topics = [("fulfilment.return.", "fulfilment-orders")]
        part.routes = ReturnsRoutes().routes
        part.doors = [
            Door(
                ReturnsRoutes.path, Words("반품", "Returns"),
                Words("돌아온 물건을 받고 등급을 매깁니다.", "Take in what comes back, and grade it."), roles: GoodsAsk.readers)
        ]
        return part
    }

    /// Sales: over the counter, of what was delivered, and the day's settlement.
    static func sale(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [SaleTable.migration]
        part.projections = [SaleTable.projection]
        part.commands = SellGoods.all(try ChannelFees(book))
        part.routes = SellRoutes().routes
        part.reactions = [SellGoods.delivered]
        return part
    }
}
