import Access
import District
import Record
import Web

extension Part {
    /// Sites: drawn, imported, compiled, looked at.
    static func sites(_ book: Handbook) throws(HandbookError) -> Part {
        let samples = try SampleSites.plans(book)
        var part = Part()
        part.migrations = [SiteTable.migration]
        part.projections = [SiteTable.projection]
        part.commands =
            [PublishSite.command, WithdrawSite.command, SiteEditing.undo, SiteEditing.discard] + EditNode.all
            + EditEdge.all + EditZone.all
        part.names = ["robot-site": SiteNames.sites]
        part.topics = [("robots.site.", "robots-sites")]
        part.sample = { spine, _ in try await SiteSample(plans: samples).found(spine) }
        return part
    }
}
