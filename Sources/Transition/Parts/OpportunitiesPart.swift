import Access
import District
import Record
import Web

extension Part {
    /// What the district takes up, and the whole chain that follows: case, working group, milestone, outcome; the brief.
    static func opportunities(
        _ book: Handbook, _ shelf: CaseShelf, _ desk: EconomyDesk
    ) throws(HandbookError) -> Part {
        let sample = try OpportunitySample(book, shelf)
        var part = Part()
        part.migrations = [OpportunityTable.migration, ChainTable.migration, ChainTable.levels]
        part.projections = [OpportunityTable.projection, ChainTable.projection]
        part.commands = [OpenOpportunity.command, LinkCase(shelf: shelf).command, CloseOpportunity.command]
        part.answers = [CaseAnswers(shelf: shelf).now]
        part.routes = OpportunityRoutes().routes + BriefRoutes(shelf: shelf, desk: desk).routes
        part.names = [
            "opportunity": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try OpportunityTable.list(for: tenant, in: reader).map {
                    Named($0.id, [$0.title.ko, $0.title.en], label: $0.title)
                }
            }
        ]
        part.doors = [
            Door(
                OpportunityRoutes.path, Words("채택한 기회", "Adopted opportunities"),
                Words(
                    "구역이 키우기로 한 산업이 사례, 분과, 이정표, 성과로 이어지는 과정을 봅니다.",
                    "How industries the district wants to develop lead to cases, groups, milestones and outcomes."),
                roles: nil)
        ]
        part.topics = [
            ("transition.opportunity.", "opportunities"), ("alliance.group.", "opportunities"),
            ("alliance.milestone.", "opportunities"), ("alliance.outcome.", "opportunities"),
        ]
        part.sample = { spine, _ in try await sample.found(spine) }
        return part
    }
}
