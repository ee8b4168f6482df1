import District
import Record
import Store
import Web

/// What a vote made a rule of, on the page of its result: what holds, where, since when.
enum RulesOfVote {
    /// As the page takes it: `[{ says, badge, since, href }]`.
    static func json(_ vote: Vote, _ visit: Visit) async throws -> JSON {
        guard vote.options.contains(where: { $0.effect != nil }) else { return .null }
        let rules = try await visit.spine.district.store.read { try RulingTable.all(in: $0) }
        return .array(
            rules.filter { $0.vote == vote.id }.map { rule in
                [
                    "says": .string(rule.effect.words[visit.language]),
                    "since": Show.time(rule.adopted, visit.language),
                    "badge": Show.badge(
                        rule.holds ? "ok" : "stale", visit.word(rule.holds ? "rulings_holds" : "rulings_ended")),
                    "href": .string("\(RulingRoutes.path)#rule-\(rule.id)"),
                ]
            })
    }
}
