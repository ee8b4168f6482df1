import Access
import District
import Record
import Web

extension Part {
    /// Goods and places: what is stored, where, and how it must be.
    static func goods(_ book: Handbook) throws(HandbookError) -> Part {
        let separation = "inbound-segregation.json"
        let segregation = try Segregation(book.read(separation).json, file: separation)
        let goods = GoodsSample(try book.read("goods-sample.json").json, segregation: segregation)
        var part = Part()
        part.migrations = [ItemTable.migration, PlaceTable.closures]
        part.projections = [ItemTable.projection, PlaceTable.projection]
        part.commands = [
            RegisterItem.command, RegisterPlace.command, ClosePlace.command, OpenPlace.command, ImportGoods.command,
        ]
        part.answers = StockAnswers.all
        part.routes = StockRoutes().routes + GoodsChoices().routes + ImportRoutes().routes
        part.doors = [
            Door(
                "/fulfilment/stock", Words("재고", "Stock"),
                Words("무엇이 어디에 몇 개 있는지 봅니다.", "What lies where, and how much."), roles: GoodsAsk.readers)
        ]
        part.names = [
            "fulfilment-centre": { try GoodsNames.centres($0, $0.tenant, $1) },
            "fulfilment-item": { try GoodsNames.items($0.tenant, $1) },
            "stock-place": { try GoodsNames.places($0.tenant, $1) },
        ]
        part.sample = { spine, _ in try await goods.found(spine) }
        part.topics = [("fulfilment.item.", "fulfilment-goods"), ("fulfilment.place.", "fulfilment-goods")]
        return part
    }
}
