import Access
import District
import Record
import Web

extension Part {
    /// The departments' ideas for AI, from the idea until it is live.
    static func ideas(_ book: Handbook) throws(HandbookError) -> Part {
        let departments = try Department.all(book)
        var part = Part()
        part.migrations = [IdeaTable.migration]
        part.commands = [ProposeIdea(departments: departments).command, AdvanceIdea.command, DropIdea.command]
        part.projections = [IdeaTable.projection]
        part.topics = [("stewardship.idea.", "ai-ideas")]
        return part
    }
}
