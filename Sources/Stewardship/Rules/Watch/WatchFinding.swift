import District
import Record

/// What the rules find in what is known of a use: one for each rule and group.
struct WatchFinding: Sendable, Hashable {
    let rule: WatchRule
    var dimension: String?
    var group: String?
    var seen: Int64, times: Int64
    var baseSeen: Int64 = 0, baseTimes: Int64 = 0

    /// One finding and another are of the same thing.
    var key: String { [rule.rawValue, dimension ?? "", group ?? ""].joined(separator: "/") }

    /// Everything that is to be flagged now.
    /// - Parameters:
    ///   - latest: the judgement just taken in.
    ///   - counts: how judgements turned out over the days of each share's window.
    static func all(
        _ latest: AIUseJudged, _ scores: WatchScores, counts: [WatchRule: [AIUseJudged.Verdict: Int64]],
        _ rules: WatchRules
    ) -> [WatchFinding] {
        var found: [WatchFinding] = []
        if latest.verdict == .wrong {
            found.append(WatchFinding(rule: .wrong, seen: scores.reference.seen + scores.later.seen, times: 1))
        }
        for (dimension, group) in scores.gaps(among: latest.groups, rules) {
            guard let own = scores.groups[dimension]?[group] else { continue }
            let rest = scores.rest(of: group, in: dimension)
            found.append(
                WatchFinding(
                    rule: .gap, dimension: dimension, group: group, seen: own.seen, times: own.kept,
                    baseSeen: rest.seen, baseTimes: rest.kept))
        }
        if scores.hasDrifted(rules) {
            found.append(
                WatchFinding(
                    rule: .drift, seen: scores.later.seen, times: scores.later.kept,
                    baseSeen: scores.reference.seen, baseTimes: scores.reference.kept))
        }
        for (rule, verdict) in [(WatchRule.overrides, AIUseJudged.Verdict.overruled), (.escalations, .escalated)] {
            guard let limit = rules.limits[rule], let counted = counts[rule] else { continue }
            let (seen, times) = (counted.values.reduce(0, +), counted[verdict] ?? 0)
            guard seen >= limit.least,
                let interval = Interval.share(times, of: seen, confidence: limit.confidence),
                interval.low > limit.share
            else { continue }
            found.append(WatchFinding(rule: rule, seen: seen, times: times))
        }
        return found
    }

    /// The event that flags it.
    func draft(_ use: String, proposesOff: Bool, _ rules: WatchRules, at now: Timestamp) -> Draft {
        let id = Identifier(at: now).description
        var payload: [String: JSON] = [
            "flag": .string(id), "use": .string(use), "rule": .string(rule.rawValue), "seen": .decimal(seen),
            "times": .decimal(times), "base_seen": .decimal(baseSeen), "base_times": .decimal(baseTimes),
            "propose_off": .bool(proposesOff), "edition": .string(rules.edition),
        ]
        if let dimension { payload["dimension"] = .string(dimension) }
        if let group { payload["group"] = .string(group) }
        return Draft(WatchFlag.raised, stream: "watch-flag/\(id)", scope: .zone, payload: payload)
    }
}
