import District

/// What is known of one use of AI after all judgements so far: of all its turns, and of each group's.
struct WatchScores: Sendable, Hashable {
    /// How the turns of somebody turned out.
    struct Tally: Sendable, Hashable {
        /// All turns, and those that were kept.
        var seen: Int64 = 0, kept: Int64 = 0
        /// The score of ``DropTest``, which begins anew when a flag is resolved.
        var score = 0.0
    }

    /// The first turns, against which later ones are held; they count no more once there are enough.
    var reference = Tally()
    /// All turns after the reference.
    var later = Tally()
    /// By dimension and group: `age`, `70+`.
    var groups: [String: [String: Tally]] = [:]

    /// Takes one judgement in.
    mutating func take(_ judged: AIUseJudged, _ rules: WatchRules) {
        let isKept = judged.verdict == .kept
        if reference.seen < rules.reference {
            reference.seen += 1
            reference.kept += isKept ? 1 : 0
        } else {
            let base = rules.drift.base(kept: reference.kept, seen: reference.seen)
            later.score = rules.drift.advanced(later.score, isKept: isKept, base: base)
            later.seen += 1
            later.kept += isKept ? 1 : 0
        }
        for (dimension, group) in judged.groups {
            // The rest before this turn: what is tested must not estimate what it is tested against.
            let rest = rest(of: group, in: dimension)
            var tally = groups[dimension]?[group] ?? Tally()
            if rest.seen >= rules.leastRest {
                let base = rules.gap.base(kept: rest.kept, seen: rest.seen)
                tally.score = rules.gap.advanced(tally.score, isKept: isKept, base: base)
            }
            tally.seen += 1
            tally.kept += isKept ? 1 : 0
            groups[dimension, default: [:]][group] = tally
        }
    }

    /// The turns of everybody else in a dimension.
    func rest(of group: String, in dimension: String) -> Tally {
        var rest = Tally()
        for (other, tally) in groups[dimension] ?? [:] where other != group {
            rest.seen += tally.seen
            rest.kept += tally.kept
        }
        return rest
    }

    /// What can be said of a group.
    func standing(of group: String, in dimension: String, _ rules: WatchRules) -> GroupStanding {
        let (own, rest) = (groups[dimension]?[group] ?? Tally(), rest(of: group, in: dimension))
        // The majority is what the others are held against.
        if own.seen > rest.seen { return rest.seen == 0 ? .few : .majority }
        // A group that nothing made likely to be served worse needs stronger evidence, so that the others need less.
        let score = rules.isExpected(group, in: dimension) ? own.score : own.score - rules.handicap
        if rest.seen >= rules.leastRest, rules.gap.isCrossed(score, tests: compared(rules)) { return .gap }
        return own.seen < rules.enough || rest.seen < rules.enough ? .few : .none
    }

    /// How many of the groups that are expected to be served worse are tested at once.
    func compared(_ rules: WatchRules) -> Int {
        groups.reduce(0) { count, dimension in
            count
                + dimension.value.filter {
                    $0.value.seen >= rules.leastGroup && rules.isExpected($0.key, in: dimension.key)
                }.count
        }
    }

    /// Of the groups of a judgement, those with a gap, in order.
    func gaps(among judged: [String: String], _ rules: WatchRules) -> [(dimension: String, group: String)] {
        judged.sorted { $0.key < $1.key }
            .filter { standing(of: $0.value, in: $0.key, rules) == .gap }
            .map { ($0.key, $0.value) }
    }

    /// Whether what is kept has dropped since the reference.
    func hasDrifted(_ rules: WatchRules) -> Bool { rules.drift.isCrossed(later.score, tests: 1) }
}

/// What can be said of a group's turns against those of all others.
enum GroupStanding: String, Sendable, Hashable {
    /// Too few turns to tell anything.
    case few
    /// Enough turns, and no drop was seen.
    case none
    /// A drop of the size that is looked for.
    case gap
    /// The largest group, against which the others are held.
    case majority
}
