import District

/// A city's vote on a budget, drawn from a seed: as many ballots as wanted, each naming up to ten projects of its district and some
/// of the whole city. For benchmarks, and for trying rules.
public struct SyntheticBudget: Sendable {
    private let election: BudgetElection

    /// Draws a vote.
    /// - Parameters:
    ///   - ballots: how many.
    ///   - projects: how many there are to choose from.
    public init(seed: UInt64, ballots: Int, projects count: Int) {
        var draw = SeededDraw(seed: seed)
        let projects = (0..<count).map { number in
            BudgetProject(
                id: String(number + 1000), name: "Project \(number + 1)", cost: 10_000 + draw.below(190) * 5_000)
        }
        let districts = max(1, count / 8)
        let made = (0..<ballots).map { _ in
            let home = draw.below(districts)
            var chosen = Set<Int>()
            for _ in 0..<(1 + draw.below(10)) {
                // Seven of ten choices are made at home, where some projects are wanted more than others.
                let number =
                    draw.happens(0.7)
                    ? home * 8 + min(draw.below(8), draw.below(8)) : min(draw.below(count), draw.below(count))
                chosen.insert(min(number, count - 1))
            }
            return BudgetBallot(approving: chosen)
        }
        let limit = projects.reduce(0) { $0 + $1.cost } / 3
        election = BudgetElection(projects: projects, limit: limit, ballots: made)
    }

    /// The projects that equal shares pay for, by cost; with `raised` each share is raised by 1 % until the budget is used.
    public func count(raised: Bool) -> [String] {
        let rule = CountingRule(method: .shares, measure: .cost, filling: raised ? .addOne : .none)
        let outcome = EqualShares.decide(election, by: rule.measure, completion: rule.filling.completion)
        return outcome.projects.map { election.projects[$0].id }.sorted()
    }

    /// The vote as a `.pb` file, for others to count.
    public var file: String {
        let votes = election.groups.flatMap { Array(repeating: $0.ballot, count: $0.count) }
        let meta = [
            ("description", "synthetic"), ("country", "Korea"), ("unit", "Slipway"), ("instance", "2026"),
            ("num_projects", "\(election.projects.count)"), ("num_votes", "\(votes.count)"),
            ("budget", "\(election.limit)"), ("vote_type", "approval"), ("rule", "equalshares"),
        ]
        return PabulibFile(
            meta: meta.map { (key: $0.0, value: $0.1) }, voteType: .approval, scale: 1, projects: election.projects,
            limit: election.limit, votes: votes.enumerated().map { (voter: "\($0.offset)", ballot: $0.element) }
        ).text()
    }
}
