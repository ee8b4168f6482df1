import District
import Record
import Store

/// What follows from a judgement: a flag, and for a citizens' pilot its end.
struct WatchReactions {
    let rules: WatchRules

    var all: [Reaction] { [flag] }

    /// Flags what the rules find, once until a person has resolved it. A wrong act of a pilot that serves citizens takes
    /// its permit and its approval: what nobody asked for must not happen twice while somebody reads about it, and begins anew
    /// only where two people approve it again.
    var flag: Reaction {
        Reaction(
            "stewardship.watch", to: AIUseJudged.type,
            yields: [WatchFlag.raised, UseEvents.reopened, AIUseWithdrawn.type]
        ) { [rules] event, tables in
            guard let judged = AIUseJudged(event) else { return [] }
            let (use, today) = (judged.use, KoreanDay(event.recorded))
            var counts: [WatchRule: WatchTable.Counts] = [:]
            for rule in rules.limits.keys {
                let since = try WatchTable.lastResolved(rule, of: use, in: tables).map { $0 + 1 }
                counts[rule] = try WatchTable.counts(
                    of: use, since: max(since ?? today - rules.days, today - rules.days), in: tables)
            }
            let found = WatchFinding.all(
                judged, try WatchTable.scores(of: use, in: tables), counts: counts, rules)
            guard !found.isEmpty else { return [] }
            let open = Set(try WatchTable.open(of: use, in: tables).map(\.key))
            let entry = try RegisterTable.find(use, in: tables)
            let proposes = entry?.tier.map { rules.proposingTiers.contains($0) } ?? false
            var drafts = found.filter { !open.contains($0.key) }.map {
                $0.draft(use, proposesOff: proposes || $0.rule == .wrong, rules, at: event.recorded)
            }
            if judged.verdict == .wrong, entry?.state == .pilot, entry?.permit != nil, rules.servesCitizens(use) {
                drafts.append(UseEvents.draft(UseEvents.reopened, use, ["reason": "wrong-act"]))
                drafts.append(UseEvents.withdrawn(use, "wrong-act"))
            }
            return drafts
        }
    }
}

extension WatchFlag {
    /// What it is of, as ``WatchFinding/key``.
    var key: String { [rule.rawValue, dimension ?? "", group ?? ""].joined(separator: "/") }
}
