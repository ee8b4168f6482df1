import Access
import District
import Record
import Store
import Web

extension Part {
    /// Release and picking: orders go to the floor as it takes them, and are picked in the order of the shortest way.
    static func pick(_ book: Handbook) throws(HandbookError) -> Part {
        let spoken = "floor-words.json"
        let words = try FloorWords(book.read(spoken).json, file: spoken)
        var part = Part()
        part.migrations = [CallTable.migration]
        part.projections = [CallTable.projection]
        let separation = "inbound-segregation.json"
        let segregation = try Segregation(book.read(separation).json, file: separation)
        part.commands =
            [
                ReleaseOrders.command, StartPicking.command, ConfirmPick.command, ShortPick.command,
                PutBack(segregation: segregation).command, GiveBackTour.command, HandOverTour.command,
            ] + CallLead.all
        part.reactions = [ClosedPlaces.reaction] + LostPicks.reactions + ClosedZones.all
        part.routes = PickRoutes(words: words).routes
        part.doors = [
            Door(
                "/fulfilment/pick", Words("피킹", "Picking"),
                Words("한 번에 하나씩 스캔하며 집습니다.", "One pick at a time, by scanning."), roles: StartPicking.roles)
        ]
        part.topics = [("fulfilment.lead.", "fulfilment-orders")]
        part.services = { [ReleaseService(district: $0.district)] }
        return part
    }
}
