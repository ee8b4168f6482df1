import Access
import District
import Record
import Store
import Web

extension Part {
    /// How the acts of each use of AI turn out, and what must be looked at.
    static func watch(_ book: Handbook) throws(HandbookError) -> Part {
        let rules = try WatchRules(book)
        var part = Part()
        part.migrations = [WatchTable.migration, WatchTable.rulesMigration]
        part.commands = [ResolveFlag.command]
        part.projections = [WatchTable.projection(rules)]
        part.reactions = WatchReactions(rules: rules).all
        part.routes = WatchRoutes(rules: rules).routes
        part.doors = [
            Door(
                "/stewardship/watch", Words("인공지능 지켜보기", "Watching AI"),
                Words("판단 결과와 집단 사이의 차이를 보고, 문제가 있으면 끕니다.", "See how AI does and for whom; switch off what fails."),
                roles: [.zoneOfficer, .administrator])
        ]
        part.home = { try await WatchRoutes(rules: rules).tasks($0) }
        part.prepare = { try await KnownRules(rules).adopt($0.district) }
        part.names = ["ai-flag": WatchNames.flags]
        part.topics = [("stewardship.watch.", "ai-watch"), (AIUseJudged.type, "ai-watch")]
        return part
    }
}

/// What people call flags.
enum WatchNames {
    /// The flags that nobody has resolved, for those who may resolve them.
    static let flags: @Sendable (Caller, any Reader) throws -> [Named] = { caller, reader in
        guard !caller.roles.isDisjoint(with: [.zoneOfficer, .administrator]) else { return [] }
        return try WatchTable.open(in: reader).map {
            Named($0.id, ["\($0.use) \($0.rule.words.ko)", $0.rule.words.en])
        }
    }
}
