import Access
import District
import Record
import Web

extension Part {
    /// How the acts of each use of AI turn out, and what must be looked at.
    static func watch(_ book: Handbook) throws(HandbookError) -> Part {
        let rules = try WatchRules(book)
        var part = Part()
        part.migrations = [WatchTable.migration]
        part.commands = [ResolveFlag.command]
        part.projections = [WatchTable.projection(rules)]
        part.reactions = WatchReactions(rules: rules).all
        part.topics = [("stewardship.watch.", "ai-watch"), (AIUseJudged.type, "ai-watch")]
        return part
    }
}
