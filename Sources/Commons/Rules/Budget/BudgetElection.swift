/// A project that a budget may pay for.
struct BudgetProject: Sendable, Hashable {
    /// Its identifier, by which ties are broken: the lower in order of letters (Unicode scalars) comes first.
    let id: String
    /// What it is called.
    let name: String
    /// What it costs, in the smallest unit of money; not below zero.
    let cost: Int

    init(id: String, name: String, cost: Int) {
        self.id = id
        self.name = name
        self.cost = cost
    }

    /// Whether it comes before another where both have as good a claim.
    func comesBefore(_ other: BudgetProject) -> Bool {
        id.unicodeScalars.lexicographicallyPrecedes(other.id.unicodeScalars)
    }
}

/// What a voter wants: projects with the points given to each (one each where a ballot only approves).
struct BudgetBallot: Sendable, Hashable {
    /// A project, by its place in the election, and the points it was given, more than zero.
    struct Choice: Sendable, Hashable {
        let project: Int
        let points: Int
    }

    /// In the order of the election's projects, each at most once.
    let choices: [Choice]

    /// A ballot of choices, put in order; points of zero are no choice.
    init(_ choices: [Choice]) {
        self.choices = choices.filter { $0.points > 0 }.sorted { $0.project < $1.project }
    }

    /// A ballot that approves projects.
    init(approving projects: some Sequence<Int>) { self.init(projects.map { Choice(project: $0, points: 1) }) }
}

/// What a vote on a budget has to decide: projects, how much there is to spend, and the ballots, alike ones together.
struct BudgetElection: Sendable {
    /// Ballots that say the same.
    struct Group: Sendable {
        let ballot: BudgetBallot
        let count: Int
    }

    let projects: [BudgetProject]
    /// How much there is to spend, in the smallest unit of money.
    let limit: Int
    /// In the order in which a ballot of each first came.
    let groups: [Group]
    /// How many ballots there are, empty ones among them: each has its share of the budget.
    let ballots: Int

    init(projects: [BudgetProject], limit: Int, ballots: [BudgetBallot]) {
        self.projects = projects
        self.limit = limit
        self.ballots = ballots.count
        var (places, counts, kinds) = ([BudgetBallot: Int](), [Int](), [BudgetBallot]())
        for ballot in ballots {
            if let place = places[ballot] {
                counts[place] += 1
            } else {
                places[ballot] = kinds.count
                kinds.append(ballot)
                counts.append(1)
            }
        }
        groups = zip(kinds, counts).map { Group(ballot: $0, count: $1) }
    }

    /// What the given projects cost together.
    func cost(of chosen: some Sequence<Int>) -> Int { chosen.reduce(0) { $0 + projects[$1].cost } }

    /// How many ballots name each project.
    var votes: [Int] {
        var votes = [Int](repeating: 0, count: projects.count)
        for group in groups { for choice in group.ballot.choices { votes[choice.project] += group.count } }
        return votes
    }

    /// How many points each project was given in all.
    var points: [Int] {
        var points = [Int](repeating: 0, count: projects.count)
        for group in groups {
            for choice in group.ballot.choices { points[choice.project] += group.count * choice.points }
        }
        return points
    }
}

/// What a voter is taken to gain from a project that is carried out.
enum Satisfaction: String, Sendable, CaseIterable {
    /// One for each project that the ballot names.
    case projects
    /// What the project costs: money that is spent as the voter wished.
    case cost
    /// The points that the ballot gives it.
    case points

    /// What a ballot that gives a project these points gains from it.
    func gain(points: Int, cost: Int) -> Int {
        switch self {
        case .projects: 1
        case .cost: cost
        case .points: points
        }
    }
}
