import District
import Record
import Web

extension Part {
    /// Packing: cartons proposed, contents weighed, parcels numbered.
    static func pack(_ book: Handbook) throws(HandbookError) -> Part {
        let rule = try PackRule(book)
        var part = Part()
        let separation = "inbound-segregation.json"
        let segregation = try Segregation(book.read(separation).json, file: separation)
        part.commands = [PackOrder.command(rule), EmptyContainer(segregation: segregation).command]
        part.routes = PackRoutes(rule: rule).routes
        part.doors = [
            Door(
                "/fulfilment/pack", Words("포장대", "Packing station"),
                Words("상자를 제안받아 담고 무게를 잽니다.", "Cartons are proposed, contents weighed."),
                roles: StartPicking.roles)
        ]
        return part
    }

    /// Shipping: labels, lists of carriers, robots.
    static func ship(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [LotTrail.migration]
        part.projections = [LotTrail.projection]
        part.commands = CarryOut.all + SendByRobot.all + [HandOut.command]
        part.reactions = RobotFacts.all
        let marks = try ParcelMarks(book)
        part.routes = LabelRoutes(marks: marks).routes + ShipRoutes(marks: marks).routes + LotRoutes().routes
        part.doors = [
            Door(
                "/fulfilment/ship", Words("출고", "Shipping"),
                Words("택배사에 인계하고 배달 로봇에 맡깁니다.", "Hand over to carriers and robots."),
                roles: StartPicking.roles)
        ]
        part.topics = [("fulfilment.manifest.", "fulfilment-orders")]
        return part
    }
}
