/// One question with all answers it can get: everybody from its start to its goal, once.
struct Journeys: ~Copyable {
    let ways: Ways
    let instance: Instance
    private var distances: Distances
    private let tables: [Distances.Table]
    /// No plan can have a smaller sum of costs.
    let bound: Int

    /// - Throws: ``TrafficFault`` where starts or goals coincide or no way leads to a goal: at once, before any search.
    init(_ ways: Ways, starts: [Int32], goals: [Int32]) throws(TrafficFault) {
        let instance = try Instance(ways, starts: starts, goals: goals)
        var distances = Distances(ways, bytes: 0)
        distances.begin()
        var tables: [Distances.Table] = []
        var bound = 0
        for (vehicle, goal) in goals.enumerated() {
            tables.append(distances.table(goal))
            let far = tables[vehicle][Int(starts[vehicle])]
            guard far != Distances.never else { throw .unreachable(vehicle: Int32(vehicle)) }
            bound += Int(far)
        }
        self.ways = ways
        self.instance = instance
        self.distances = distances
        self.tables = tables
        self.bound = bound
    }

    /// The first plan found.
    /// - Parameter rotation: whether full circles may move at once; an ``Execution`` cannot run them.
    func first(rotation: Bool, seed: UInt64 = 1, budget: Budget = .unlimited) throws(TrafficFault) -> Configurations {
        let pibt = PIBT(ways, count: tables.count, rotation: rotation, seed: seed)
        for vehicle in tables.indices { pibt.aim(Int32(vehicle), at: instance.goals[vehicle], tables[vehicle]) }
        var search = LaCAM(ways, pibt: pibt, aim: .all, seed: seed)
        return try search.solve(instance.starts, budget: budget)
    }

    /// Better plans from a first one, until the budget is spent. Full circles may come in: for grids that are only planned.
    func better(_ plan: Configurations, seed: UInt64 = 1, budget: Budget) -> [[Int32]] {
        var search = Neighbourhoods(ways, paths: plan.paths, goals: instance.goals, tables: tables, seed: seed)
        search.improve(budget)
        return search.paths
    }

    /// Steps until everybody rests at its goal, summed.
    static func cost(_ paths: [[Int32]]) -> Int { paths.reduce(0) { $0 + $1.count - 1 } }
}
