import Access
import District
import Record
import Web

extension Part {
    /// What became of what was decided: done, money, delays, in public.
    static func outcomes(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [OutcomeTable.migration, OutcomeTable.known]
        part.projections = [OutcomeTable.projection]
        part.commands = OutcomeCommands.all
        part.reactions = OutcomeReactions.all
        part.routes = OutcomeDataRoutes().routes + OutcomeRoutes().routes
        part.home = { try await OutcomeTasks.home($0) }
        part.names = [
            "outcome": { _, reader in try OutcomeTable.items(in: reader).map { Named($0.id, [$0.title]) } }
        ]
        part.doors = [
            Door(
                "/commons/outcomes", Words("약속과 이행", "Promises and how they were kept"),
                Words("뽑힌 사업이 얼마나 되었고 얼마를 썼는지 봅니다.", "How far what was chosen has come, and what was spent."),
                roles: nil)
        ]
        part.sample = { spine, _ in try await OutcomeSample(district: spine.district).found() }
        part.topics = [("commons.outcome.", "commons-outcomes")]
        return part
    }
}
