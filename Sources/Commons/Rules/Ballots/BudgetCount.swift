import Record

/// What a vote on a budget comes to by one rule, project by project, with reasons.
struct BudgetCount: Sendable {
    /// Why a project is paid for, or is not.
    enum Reason: Sendable, Hashable {
        /// Paid for by those who chose it: how many, how many of them in full, and what those paid each (least, most).
        case shares(supporters: Int, inFull: Int, least: Double, most: Double)
        /// Looked at when so much was left, and it fitted.
        case fitted(left: Int)
        /// Looked at when so much was left, and it did not fit; where shares came first, what those who chose it lacked there.
        case tooDear(left: Int, Shortfall? = nil)
        /// Those who chose it had too little left together.
        case tooPoor(Shortfall? = nil)
        /// Nobody chose it.
        case unwanted
    }

    /// What those who chose a project could still pay together, and what was missing of its cost.
    struct Shortfall: Sendable, Hashable {
        let could: Int
        let missing: Int
    }

    struct Line: Sendable, Hashable {
        let project: Int
        let votes: Int
        /// When it was chosen, from 1; nil where it was not.
        let order: Int?
        let reason: Reason
        /// Whether it is chosen only because equals were decided by identifier, or would have been.
        let isByTie: Bool
        var isChosen: Bool { order != nil }
    }

    let rule: CountingRule
    /// In the order of the vote's options.
    let lines: [Line]
    let spent: Int
    /// Ballots that have at least one of the projects they chose.
    let satisfied: Int
    /// How often each share was raised.
    let raised: Int

    /// Chosen projects in the order in which they were chosen.
    var chosen: [Int] { lines.filter(\.isChosen).sorted { ($0.order ?? 0) < ($1.order ?? 0) }.map(\.project) }

    init(_ election: BudgetElection, by rule: CountingRule) {
        self.rule = rule
        let first = Self.decide(election, rule)
        // Counted once more with every tie decided the other way: what differs was decided by a tie.
        let other = Set(Self.decide(Self.mirrored(election), rule).order)
        let (votes, order) = (election.votes, first.order)
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
        lines = election.projects.indices.map { project in
            let isChosen = places[project] != nil
            let reason = first.reasons[project] ?? (votes[project] == 0 ? .unwanted : .tooPoor())
            return Line(
                project: project, votes: votes[project], order: places[project], reason: reason,
                isByTie: isChosen != other.contains(project))
        }
        spent = election.cost(of: order)
        let winners = Set(order)
        satisfied = election.groups.reduce(0) { sum, group in
            sum + (group.ballot.choices.contains { winners.contains($0.project) } ? group.count : 0)
        }
        raised = first.raised
    }

    private static func decide(_ election: BudgetElection, _ rule: CountingRule) -> (
        order: [Int], reasons: [Int: Reason], raised: Int
    ) {
        var reasons: [Int: Reason] = [:]
        func fill(_ steps: [Greedy.Step]) -> [Int] {
            let votes = election.votes
            for step in steps {
                reasons[step.project] =
                    votes[step.project] == 0
                    ? .unwanted : step.isChosen ? .fitted(left: step.left) : .tooDear(left: step.left)
            }
            return steps.filter(\.isChosen).map(\.project)
        }
        guard rule.method == .shares else { return (fill(Greedy.spend(election, by: rule.measure)), reasons, 0) }
        let outcome = EqualShares.decide(election, by: rule.measure, completion: rule.filling.completion)
        for round in outcome.count.rounds {
            reasons[round.project] = .shares(
                supporters: round.supporters, inFull: round.paidInFull, least: round.least, most: round.most)
        }
        let order = outcome.count.projects + fill(outcome.greedy)
        let votes = election.votes
        for (project, lack) in shortfalls(election, by: rule.measure, outcome.count) where votes[project] > 0 {
            switch reasons[project] {
            case nil: reasons[project] = .tooPoor(lack)
            case .tooDear(let left, _): reasons[project] = .tooDear(left: left, lack)
            default: break
            }
        }
        return (order, reasons, outcome.times)
    }

    /// What the supporters of each project that shares did not pay for had left in the end.
    static func shortfalls(
        _ election: BudgetElection, by measure: Satisfaction, _ count: EqualShares.Count
    ) -> [Int: Shortfall] {
        let prices = Dictionary(count.rounds.map { ($0.project, $0.price) }, uniquingKeysWith: { first, _ in first })
        var sums = [Double](repeating: 0, count: election.projects.count)
        for group in election.groups {
            // Whoever cannot pay their part gives all they have left: the order of payments makes no difference to what remains.
            let paid = group.ballot.choices.reduce(0.0) { paid, choice in
                let cost = election.projects[choice.project].cost
                return paid + (prices[choice.project] ?? 0) * Double(measure.gain(points: choice.points, cost: cost))
            }
            let left = max(0, count.share - paid) * Double(group.count)
            for choice in group.ballot.choices { sums[choice.project] += left }
        }
        return Dictionary(
            uniqueKeysWithValues: election.projects.indices.filter { prices[$0] == nil }.map { project in
                // Worked out in floating point; a won is missing at least, or it were paid for.
                let (cost, could) = (election.projects[project].cost, Int(sums[project] + 1e-6))
                return (project, Shortfall(could: min(could, max(0, cost - 1)), missing: max(1, cost - could)))
            })
    }

    /// The same vote with identifiers in the opposite order.
    static func mirrored(_ election: BudgetElection) -> BudgetElection {
        let order = election.projects.indices.sorted { election.projects[$1].comesBefore(election.projects[$0]) }
        var projects = election.projects
        for (rank, place) in order.enumerated() {
            let id = String(repeating: "0", count: 8 - String(rank).count) + String(rank)
            projects[place] = BudgetProject(id: id, name: projects[place].name, cost: projects[place].cost)
        }
        return BudgetElection(
            projects: projects, limit: election.limit,
            ballots: election.groups.flatMap { Array(repeating: $0.ballot, count: $0.count) })
    }
}

extension BudgetCount.Reason {
    /// As the event of a count carries it.
    var json: JSON {
        switch self {
        case .shares(let supporters, let inFull, let least, let most):
            [
                "why": "shares", "supporters": .number(Double(supporters)), "in_full": .number(Double(inFull)),
                "least": .number(least.rounded()), "most": .number(most.rounded()),
            ]
        case .fitted(let left): ["why": "fitted", "left": .decimal(Int64(left))]
        case .tooDear(let left, let lack):
            .object((lack?.json ?? [:]).merging(["why": "too-dear", "left": .decimal(Int64(left))]) { $1 })
        case .tooPoor(let lack): .object((lack?.json ?? [:]).merging(["why": "too-poor"]) { $1 })
        case .unwanted: ["why": "unwanted"]
        }
    }

    init(_ json: JSON) {
        let left = json["left"]?.integer.map(Int.init) ?? 0
        switch json["why"]?.text {
        case "shares":
            self = .shares(
                supporters: Int(json["supporters"]?.integer ?? 0), inFull: Int(json["in_full"]?.integer ?? 0),
                least: json["least"]?.double ?? 0, most: json["most"]?.double ?? 0)
        case "fitted": self = .fitted(left: left)
        case "too-dear": self = .tooDear(left: left, BudgetCount.Shortfall(json))
        case "too-poor": self = .tooPoor(BudgetCount.Shortfall(json))
        default: self = .unwanted
        }
    }

    /// Why, in a sentence.
    func words(votes: Int) -> Words {
        func won(_ value: Double, _ language: Language) -> String { Money.text(Int(value), language) }
        switch self {
        case .shares(let supporters, let inFull, let least, let most):
            if supporters == 0 { return Words("비용이 들지 않습니다.", "It costs nothing.") }
            let each =
                least.rounded() == most.rounded()
                ? Words(won(most, .ko), won(most, .en))
                : Words("\(won(least, .ko))~\(won(most, .ko))", "\(won(least, .en)) to \(won(most, .en))")
            return inFull == supporters
                ? Words(
                    "이 사업을 고른 \(supporters)명이 \(each.ko)씩 내어 값을 치렀습니다.",
                    "The \(supporters) who chose it paid \(each.en) each.")
                : Words(
                    "이 사업을 고른 \(supporters)명 가운데 \(inFull)명이 \(each.ko)씩, 나머지는 남은 몫을 모두 내어 값을 치렀습니다.",
                    "Of the \(supporters) who chose it \(inFull) paid \(each.en) each, the others all they had left.")
        case .fitted(let left):
            return Words(
                "\(votes)표로 차례가 왔을 때 \(Money.text(left, .ko))이 남아 있어 들어갔습니다.",
                "With \(votes) votes its turn came when \(Money.text(left, .en)) was left, and it fitted.")
        case .tooDear(let left, let lack?):
            return Words(
                "\(lack.words(votes: votes).ko) 남은 예산을 득표순으로 채울 때는 \(Money.text(left, .ko))밖에 남지 않았습니다.",
                "\(lack.words(votes: votes).en) When what was left was spent from the most wanted down, its turn came when only "
                    + "\(Money.text(left, .en)) was left.")
        case .tooDear(let left, nil):
            return Words(
                "\(votes)표로 차례가 왔을 때 \(Money.text(left, .ko))밖에 남지 않아 들어가지 못했습니다.",
                "With \(votes) votes its turn came when only \(Money.text(left, .en)) was left.")
        case .tooPoor(let lack?): return lack.words(votes: votes)
        case .tooPoor(nil):
            return Words(
                "이 사업을 고른 \(votes)명의 남은 몫을 모두 합해도 값을 치를 수 없었습니다.",
                "The \(votes) who chose it had too little left together.")
        case .unwanted: return Words("고른 사람이 없습니다.", "Nobody chose it.")
        }
    }
}

extension BudgetCount.Shortfall {
    var json: [String: JSON] { ["could": .decimal(Int64(could)), "missing": .decimal(Int64(missing))] }

    /// Nil where a count says nothing of it, as older ones do not.
    init?(_ json: JSON) {
        guard let could = json["could"]?.integer, let missing = json["missing"]?.integer else { return nil }
        self.init(could: Int(could), missing: Int(missing))
    }

    /// What was missing, in a sentence.
    func words(votes: Int) -> Words {
        Words(
            "이 사업을 고른 \(votes)명의 남은 몫을 모두 합하면 \(Money.text(could, .ko))으로, 사업비에서 \(Money.text(missing, .ko))이 모자랐습니다.",
            "The \(votes) who chose it had \(Money.text(could, .en)) left together; \(Money.text(missing, .en)) was missing."
        )
    }
}
