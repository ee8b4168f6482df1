import District
import Record
import Web

extension Part {
    /// Counting, replenishing and scrapping: that the books are what lies there, and the pick faces are full.
    static func count(_ book: Handbook) throws(HandbookError) -> Part {
        let (bounds, separation) = ("count-bounds.json", "inbound-segregation.json")
        let rule = try CountRule(book.read(bounds).json, file: bounds)
        let segregation = try Segregation(book.read(separation).json, file: separation)
        var part = Part()
        part.migrations = [CountTable.migration, WantedTable.migration, FaceTable.migration]
        part.projections = [
            CountTable.projection, CountMoves.projection, WantedTable.projection, FaceTable.projection,
        ]
        part.commands =
            CountPlace(rule: rule).commands + [
                ScrapGoods.command, AssignFace.command, ReplenishFace(segregation: segregation).command,
            ]
        part.routes = CountRoutes(rule: rule).routes + ReplenishRoutes().routes
        part.doors = [
            Door(
                "/fulfilment/count", Words("재고 실사", "Count stock"),
                Words("장부와 실물을 맞춥니다.", "That the books are what lies there."), roles: GoodsAsk.readers),
            Door(
                "/fulfilment/replenish", Words("보충", "Replenish"),
                Words("피킹 위치를 보관 재고로 채웁니다.", "Fill the pick faces out of reserve."), roles: GoodsAsk.readers),
        ]
        part.home = { visit in try await WantedTasks.home(visit) }
        part.topics = [("fulfilment.count.", "fulfilment-count"), ("fulfilment.face.", "fulfilment-count")]
        return part
    }
}
