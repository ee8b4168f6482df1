import Access
import District
import Record
import Web

extension Part {
    /// What the zone sees across its firms, and where it proposes to visit first.
    static func zone(_ book: Handbook) throws(HandbookError) -> Part {
        let file = "zone.json"
        guard let visits = try book.read(file).json["visits_in_four_weeks"]?.integer, (1...10_000).contains(visits)
        else {
            throw HandbookError(file: file, place: "visits_in_four_weeks", rule: "is a whole number from 1 to 10000")
        }
        var part = Part()
        part.migrations = [ZoneTable.migration, VisitTable.migration]
        part.projections = [ZoneTable.projection, VisitTable.projection]
        part.aiUses = [ProposalUses.late]
        part.routes = ZonePage(weights: try ActionPolicy(book).weights).routes
        part.doors = [
            Door(
                "/safety/zone", Words("구역 전체", "The whole zone"),
                Words(
                    "증거가 없는 곳, 기한이 지난 조치, 먼저 방문할 곳을 봅니다.", "Missing evidence, overdue actions, where to visit first."),
                roles: [.zoneOfficer])
        ]
        part.services = { [VisitService(district: $0.district, visits: Int(visits))] }
        return part
    }
}
