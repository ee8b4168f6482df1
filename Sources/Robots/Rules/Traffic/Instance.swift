/// Vehicles with where they stand and where they are to be: a question to a planner that was looked through before it is asked.
struct Instance: Sendable, Hashable {
    let starts: [Int32]
    let goals: [Int32]

    /// - Throws: ``TrafficFault`` where nodes do not exist or two vehicles have one start or one goal.
    init(_ ways: Ways, starts: [Int32], goals: [Int32]) throws(TrafficFault) {
        try Self.check(ways, starts: starts, goals: goals)
        if let (one, other) = Self.clash(ways, starts) { throw .start(vehicle: one, other: other) }
        if let (one, other) = Self.clash(ways, goals) { throw .goal(vehicle: one, other: other) }
        self.starts = starts
        self.goals = goals
    }

    /// Refuses lists that do not belong together and nodes that do not exist.
    static func check(_ ways: Ways, starts: [Int32], goals: [Int32]) throws(TrafficFault) {
        guard starts.count == goals.count else { throw .lengths }
        for node in starts where node < 0 || node >= Int32(ways.count) { throw .node(node) }
        for node in goals where node < 0 || node >= Int32(ways.count) { throw .node(node) }
    }

    /// The first two vehicles that stand at one node or at nodes in conflict.
    static func clash(_ ways: Ways, _ nodes: [Int32]) -> (Int32, Int32)? {
        var at = [Int32](repeating: -1, count: ways.count)
        for (vehicle, node) in nodes.enumerated() {
            if at[Int(node)] >= 0 { return (at[Int(node)], Int32(vehicle)) }
            for index in ways.conflictStart[node]..<ways.conflictStart[node + 1] {
                let other = at[Int(ways.conflict[index])]
                if other >= 0 { return (other, Int32(vehicle)) }
            }
            at[Int(node)] = Int32(vehicle)
        }
        return nil
    }
}

/// Where everybody is at each step, one configuration after the other in one row.
struct Configurations: Sendable {
    /// How many vehicles there are.
    let vehicles: Int
    private(set) var nodes: [Int32] = []

    init(vehicles: Int) { self.vehicles = vehicles }

    /// How many configurations there are.
    var count: Int { vehicles == 0 ? 0 : nodes.count / vehicles }

    subscript(_ step: Int, _ vehicle: Int) -> Int32 { nodes[step * vehicles + vehicle] }

    /// The configuration at a step.
    subscript(_ step: Int) -> ArraySlice<Int32> { nodes[(step * vehicles)..<((step + 1) * vehicles)] }

    mutating func append(_ configuration: some Sequence<Int32>) { nodes.append(contentsOf: configuration) }

    /// The path of each vehicle, until it rests for good.
    var paths: [[Int32]] {
        (0..<vehicles).map { vehicle in
            var path = (0..<count).map { self[$0, vehicle] }
            while path.count > 1, path[path.count - 1] == path[path.count - 2] { path.removeLast() }
            return path
        }
    }
}
