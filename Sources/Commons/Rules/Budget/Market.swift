/// Who wants which project and how much, laid out for counting: for each project the ballots that name it.
struct Market: Sendable {
    /// Where a project's supporters begin; one more than there are projects.
    let starts: [Int]
    /// Supporters of all projects, one project after the other.
    let supporters: [Supporter]
    /// How many ballots a group has.
    let counts: [Int]
    /// What all supporters of a project gain together.
    let totals: [Int]

    /// A group of ballots that names a project.
    struct Supporter: Sendable {
        let group: Int32
        /// How many ballots it has.
        let count: Int32
        /// What one of them gains.
        let gain: Int
    }

    /// A project that may still be paid for, and a price below which it will not be had.
    struct Open: Sendable {
        let project: Int
        var floor: Double
    }

    init(_ election: BudgetElection, by measure: Satisfaction) {
        var sizes = [Int](repeating: 0, count: election.projects.count + 1)
        for group in election.groups { for choice in group.ballot.choices { sizes[choice.project + 1] += 1 } }
        for place in sizes.indices.dropFirst() { sizes[place] += sizes[place - 1] }
        var (next, total) = (sizes, [Int](repeating: 0, count: election.projects.count))
        var supporters = [Supporter](repeating: Supporter(group: 0, count: 0, gain: 0), count: sizes.last ?? 0)
        for (index, group) in election.groups.enumerated() {
            for choice in group.ballot.choices {
                let place = next[choice.project]
                next[choice.project] += 1
                let gain = measure.gain(points: choice.points, cost: election.projects[choice.project].cost)
                supporters[place] = Supporter(group: Int32(index), count: Int32(group.count), gain: gain)
                total[choice.project] += gain * group.count
            }
        }
        (starts, self.supporters, totals) = (sizes, supporters, total)
        counts = election.groups.map(\.count)
    }

    /// The supporters of a project.
    func supporters(of project: Int) -> ArraySlice<Supporter> { supporters[starts[project]..<starts[project + 1]] }

    /// The projects that cost something and that somebody wants, in the order of ties.
    func open(_ election: BudgetElection) -> [Open] {
        election.projects.indices.filter { election.projects[$0].cost > 0 && totals[$0] > 0 }
            .sorted { election.projects[$0].comesBefore(election.projects[$1]) }
            .map { Open(project: $0, floor: Double(election.projects[$0].cost) / Double(totals[$0])) }
    }

    /// The projects that cost nothing and that somebody wants.
    func free(_ election: BudgetElection) -> [Int] {
        election.projects.indices.filter { election.projects[$0].cost == 0 && starts[$0] < starts[$0 + 1] }
    }
}
