import District
import Record
import Web

extension Part {
    /// What citizens adopted by a vote: on the maps, in the orders, and said where it holds.
    static func civic() -> Part {
        var part = Part()
        part.migrations = [CivicTable.migration]
        part.projections = [CivicTable.projection]
        part.reactions = CivicReactions.all
        part.names = [DrivingAreas.kind: DrivingAreas.named]
        part.routes = CivicView.routes
        part.home = { try await CivicView.tasks($0) }
        part.topics = [("robots.rule.", "robots-sites")]
        return part
    }
}
