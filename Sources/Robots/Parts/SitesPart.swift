import Access
import District
import Record
import Web

extension Part {
    /// Sites: drawn, imported, compiled, looked at.
    /// - Parameter floor: who knows where vehicles are and what is closed.
    static func sites(_ book: Handbook, floor: FloorSource = FloorSource()) throws(HandbookError) -> Part {
        let samples = try SampleSites.plans(book)
        var part = Part()
        part.migrations = [SiteTable.migration]
        part.projections = [SiteTable.projection]
        part.commands =
            [PublishSite.command, WithdrawSite.command, SiteEditing.load, SiteEditing.undo, SiteEditing.discard]
            + EditNode.all
            + EditEdge.all + EditZone.all
        part.names = ["robot-site": SiteNames.sites]
        part.topics = [("robots.site.", "robots-sites")]
        part.routes = SiteRoutes(floor: floor).routes
        part.doors = [
            Door(
                "/robots/sites", Words("현장과 지도", "Sites and maps"),
                Words(
                    "층마다 로봇이 지금 어디 있는지 보고, 도면을 그려 펴냅니다.",
                    "See where vehicles are on every floor; draw and publish the plans."),
                roles: SiteAsk.readers)
        ]
        part.services = { [FloorRecorder(spine: $0, source: floor)] }
        part.sample = { spine, _ in try await SiteSample(plans: samples).found(spine) }
        return part
    }
}
