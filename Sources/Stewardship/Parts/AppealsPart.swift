import Access
import District
import Record
import Web

extension Part {
    /// Objections of anybody, and incidents with uses of AI.
    static func appeals(_ book: Handbook) throws(HandbookError) -> Part {
        let rules = try AppealRules(book)
        var part = Part()
        part.migrations = [AppealTable.migration, AIIncidentTable.migration]
        part.commands = [
            SubmitAppeal(rules: rules).command, AnswerAppeal.command, ReportIncident.command, CloseIncident.command,
        ]
        part.projections = [AppealTable.projection, AIIncidentTable.projection]
        part.topics = [("stewardship.appeal.", "ai-appeals"), ("stewardship.incident.", "ai-appeals")]
        return part
    }
}
