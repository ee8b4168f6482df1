/// The usual way to spend a budget: from the most wanted project downwards, whatever still fits.
enum Greedy {
    /// What became of a project, in the order in which they were looked at.
    struct Step: Sendable {
        let project: Int
        /// What ballots gain from it in all.
        let gain: Int
        /// How much was left when it was looked at.
        let left: Int
        let isChosen: Bool
    }

    /// Which projects are paid for. They are looked at in the order of gain for money (with the measure `cost`, which is itself
    /// money: of how many ballots name them); exact, and ties go by identifier.
    /// A project that no ballot names is not paid for, whatever is left.
    /// - Parameter already: projects that are paid for before, which is how a vote that left money is completed.
    static func spend(
        _ election: BudgetElection, by measure: Satisfaction, already: [Int] = []
    ) -> [Step] {
        let (gains, votes) = (gains(election, by: measure), election.votes)
        let order = election.projects.indices.filter { !already.contains($0) }.sorted { one, other in
            let (a, b) = (election.projects[one], election.projects[other])
            // gain/cost of one against the other's, crosswise so that nothing is rounded. Free projects come first.
            if a.cost == 0 || b.cost == 0 {
                if (a.cost == 0) != (b.cost == 0) { return a.cost == 0 }
                return a.comesBefore(b)
            }
            let (left, right) = (
                gains[one].multipliedFullWidth(by: b.cost), gains[other].multipliedFullWidth(by: a.cost)
            )
            if (left.high, left.low) != (right.high, right.low) {
                return (left.high, left.low) > (right.high, right.low)
            }
            return a.comesBefore(b)
        }
        var left = election.limit - election.cost(of: already)
        return order.map { project in
            let cost = election.projects[project].cost
            let step = Step(
                project: project, gain: gains[project], left: left, isChosen: cost <= left && votes[project] > 0)
            if step.isChosen { left -= cost }
            return step
        }
    }

    /// What ballots gain from each project in all.
    static func gains(_ election: BudgetElection, by measure: Satisfaction) -> [Int] {
        switch measure {
        case .points: election.points
        case .projects: election.votes
        case .cost: zip(election.votes, election.projects).map { $0 * $1.cost }
        }
    }
}
