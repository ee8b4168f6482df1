/// The same ballots by every rule a vote on a budget may have: so that whoever fixes the rule, and whoever must live with
/// it, sees what it does.
struct RuleComparison: Sendable {
    let projects: [BudgetProject]
    let limit: Int
    let ballots: Int
    let counts: [BudgetCount]

    init(_ election: BudgetElection, measure: Satisfaction = .cost) {
        (projects, limit, ballots) = (election.projects, election.limit, election.ballots)
        counts =
            [BudgetCount(election, by: CountingRule(method: .greedy, measure: measure))]
            + CountingRule.Filling.allCases.map {
                BudgetCount(election, by: CountingRule(method: .shares, measure: measure, filling: $0))
            }
    }
}
