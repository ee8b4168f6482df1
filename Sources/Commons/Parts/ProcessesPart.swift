import District
import Web

extension Part {
    /// Processes: their phases and days, templates for a zone's usual cases.
    static func processes(_ book: Handbook) throws(HandbookError) -> Part {
        let templates = try ProcessTemplates(book)
        let rules = try DebateRules(book)
        let (plain, embeds) = (try PlainCheck(book), try EmbedRoutes(book))
        let sample = try CommonsSample(book, templates: templates)
        var part = Part()
        part.migrations = [ProcessTable.migration, ProcessTable.byTime]
        part.commands = [
            OpenProcess(templates: templates).command, MovePhase.command, StopProcess.command, ExplainProcess.command,
        ]
        part.answers = ProcessAnswers.all
        part.projections = [ProcessTable.projection]
        part.routes =
            ProcessRoutes(rules: rules, plain: plain).routes + CommonsDataRoutes().routes + FeedRoutes().routes
            + embeds.routes
            + ProcessVoteRoutes(plain: plain).routes + CommonsChoices().routes
        part.names = ["commons-process": CommonsNames.processes]
        part.topics = [("commons.process.", "commons")]
        part.services = { [PhaseService(district: $0.district)] }
        // Proposals and debate read what is sampled here: all of it is founded in one go, when their tables stand too.
        part.sample = { spine, _ in try await sample.found(spine.district) }
        return part
    }
}
