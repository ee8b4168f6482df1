import District
import Record

/// A rule that citizens adopted by a vote, with what has become of it.
struct Ruling: Sendable, Hashable {
    /// The vote and the option that was chosen make its name.
    let id: String
    let effect: RuleEffect
    /// The vote, what it was called, the option that was chosen, and how many ballots there were.
    let vote: String, voteTitle: String, option: String, optionName: String
    let ballots: Int
    let adopted: Timestamp
    /// The event by which it was adopted: its trace leads from the vote to the map.
    let event: String
    /// Since when it no longer holds, and why.
    let ended: Timestamp?, reason: String?
    let isSample: Bool

    var holds: Bool { ended == nil }

    /// The stream of a rule's events.
    static func stream(_ id: String) -> String { "civic-rule/\(id)" }

    /// What the other rooms call it: with the vote's name, so that whoever meets the limit knows whose it is.
    static func title(_ effect: RuleEffect, of vote: String) -> Words {
        Words("\(effect.words.ko) – 투표 ‘\(vote)’", "\(effect.words.en) – vote “\(vote)”")
    }

    /// What the count of a vote makes of its options: each chosen one's effect is adopted, and an earlier rule for the same
    /// place ends, for the later vote decides.
    static func adopting(
        _ chosen: [String], of vote: Vote, ballots: Int, at now: Timestamp, standing: [Ruling]
    ) -> [Draft] {
        let options = chosen.compactMap { id in vote.options.first { $0.id == id } }
        let effects = options.compactMap(\.effect)
        let replaced = standing.filter { rule in rule.holds && effects.contains { $0.meets(rule.effect) } }
        return replaced.map { ending($0.id, "새 투표 ‘\(vote.title)’(으)로 바뀌었습니다.", at: now) }
            + options.compactMap { option in option.effect.map { adopted(option, $0, vote, ballots, now) } }
    }

    private static func adopted(
        _ option: Vote.Option, _ effect: RuleEffect, _ vote: Vote, _ ballots: Int, _ now: Timestamp
    ) -> Draft {
        let id = "\(vote.id)-\(option.id)"
        return Draft(
            RuleAdopted.type, stream: stream(id), scope: .everyone, observed: now,
            payload: [
                "rule": .string(id), "title": title(effect, of: vote.title).json, "kind": .string(effect.kind.rawValue),
                "site": .string(effect.site), "area": .string(effect.area ?? ""), "limit": .number(effect.limit),
                "vote": .string(vote.id), "option": .string(option.id), "place": .string(effect.place),
                "vote_title": .string(vote.title), "option_name": .string(option.name),
                "ballots": .number(Double(ballots)), "sample": .bool(vote.isSample),
            ])
    }

    /// The event by which a rule ends.
    static func ending(_ id: String, _ reason: String, at now: Timestamp) -> Draft {
        Draft(
            RuleEnded.type, stream: stream(id), scope: .everyone, observed: now,
            payload: ["rule": .string(id), "reason": .string(reason)])
    }
}
