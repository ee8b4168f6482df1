import Access
import District
import Record
import Web

extension Part {
    /// Debate: comments, moderation with reasons, appeal, reports.
    static func debate(_ book: Handbook) throws(HandbookError) -> Part {
        let rules = try DebateRules(book)
        var part = Part()
        part.migrations = [DebateTable.migration]
        part.commands = [WriteComment.command] + Moderate(rules: rules).commands
        part.projections = [DebateTable.projection]
        part.routes = DebateRoutes(rules: rules).routes + ModerationRoutes(rules: rules).routes
        part.doors = [
            Door(
                "/commons/moderation", Words("글 확인과 이의", "Moderation"),
                Words(
                    "확인을 기다리는 글, 이의 신청, 신고, 비슷한 제안을 봅니다.",
                    "Texts that wait, appeals, reports, proposals that are alike."),
                roles: ProcessAsk.officers)
        ]
        part.home = { try await ModerationRoutes.tasks($0) }
        // Nobody says or types which text is meant: a page's button does.
        part.names = ["commons-text": { _, _ in [] }, "commons-comment": { _, _ in [] }]
        part.topics = [("commons.comment.", "commons")]
        return part
    }
}
