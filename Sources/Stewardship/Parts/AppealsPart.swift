import Access
import District
import Record
import Web

extension Part {
    /// Objections of anybody, and incidents with uses of AI.
    static func appeals(_ book: Handbook) throws(HandbookError) -> Part {
        let rules = try AppealRules(book)
        var part = Part()
        part.migrations = [AppealTable.migration, AIIncidentTable.migration, AppealTable.secrets]
        part.commands = [
            SubmitAppeal(rules: rules).command, AnswerAppeal.command, ReportIncident.command, CloseIncident.command,
        ]
        part.projections = [AppealTable.projection, AIIncidentTable.projection]
        part.routes = AppealRoutes(rules: rules).routes + AppealDeskRoutes().routes
        part.doors = [
            Door(
                "/stewardship/appeals", Words("이의와 사고", "Objections and incidents"),
                Words("시민의 이의에 기한 안에 답하고, 사고를 남깁니다.", "Answer objections in time, and keep incidents."),
                roles: [.zoneOfficer, .administrator]),
            Door(
                "/ai/appeal", Words("인공지능에 이의 제기", "Object to a use of AI"),
                Words("이름 없이도 말할 수 있고, 코드로 답을 봅니다.", "Without a name if you wish; a code shows you the answer."),
                roles: nil),
        ]
        part.home = { try await AppealDeskRoutes().tasks($0) }
        part.topics = [("stewardship.appeal.", "ai-appeals"), ("stewardship.incident.", "ai-appeals")]
        return part
    }
}
