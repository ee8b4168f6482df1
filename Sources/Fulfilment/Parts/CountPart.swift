import District
import Web

extension Part {
    /// Counting, replenishing and scrapping: that the books are what lies there, and the pick faces are full.
    static func count(_ book: Handbook) throws(HandbookError) -> Part {
        let (bounds, separation) = ("count-bounds.json", "inbound-segregation.json")
        let rule = try CountRule(book.read(bounds).json, file: bounds)
        let segregation = try Segregation(book.read(separation).json, file: separation)
        var part = Part()
        part.migrations = [CountTable.migration, FaceTable.migration]
        part.projections = [CountTable.projection, FaceTable.projection]
        part.commands =
            CountPlace(rule: rule).commands + [
                ScrapGoods.command, AssignFace.command, ReplenishFace(segregation: segregation).command,
            ]
        part.topics = [("fulfilment.count.", "fulfilment-count"), ("fulfilment.face.", "fulfilment-count")]
        return part
    }
}
