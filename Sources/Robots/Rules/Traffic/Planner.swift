/// Plans the next steps of a site's vehicles. It keeps tables of distances from one question to the next, so keep one a site,
/// in whatever serialises its questions.
final class Planner {
    /// What is planned.
    struct Plan: Sendable, Hashable {
        /// For each vehicle where it is at each step, beginning where it starts; all of one length.
        var paths: [[Int32]]
        /// Vehicles to whose goals no open way leads, and that only move to let others pass.
        var unreachable: [Int32]
    }

    let ways: Ways
    private var distances: Distances
    private var closed: Set<Int32> = []
    private var barred: [Bool]
    private var seed: UInt64

    init(_ ways: Ways, seed: UInt64 = 1, bytes: Int = 256 << 20) {
        self.ways = ways
        self.seed = seed
        distances = Distances(ways, bytes: bytes)
        barred = ways.barred([])
        distances.close(barred.contains(true) ? barred : nil)
    }

    convenience init(_ roadmap: Roadmap, seed: UInt64 = 1) { self.init(Ways(roadmap), seed: seed) }

    /// Plans once, where no planner is kept.
    static func window(
        _ roadmap: Roadmap, starts: [Int32], goals: [Int32], priorities: [Int32], closed: Set<Int32> = [], steps: Int
    ) throws(TrafficFault) -> [[Int32]] {
        try Planner(roadmap).window(
            starts: starts, goals: goals, priorities: priorities, closed: closed, steps: steps
        ).paths
    }

    /// Whether open ways lead from one node to the other and on to a refuge.
    func leads(from: Int32, to: Int32, closed: Set<Int32> = []) -> Bool {
        close(closed)
        distances.begin()
        return distances.table(to)[Int(from)] != Distances.never
    }

    /// What the cheapest open way costs, in the roadmap's unit; nil where there is none.
    func cost(from: Int32, to: Int32, closed: Set<Int32> = []) -> Double? {
        close(closed)
        distances.begin()
        let far = distances.table(to)[Int(from)]
        return far == Distances.never ? nil : Double(far) / ways.scale
    }

    /// Plans the next steps of all vehicles at once.
    /// - Parameters:
    ///   - starts: where each vehicle starts: the end of its released prefix.
    ///   - goals: where each shall get; several may have one goal, and who has none gives where it starts.
    ///   - priorities: who goes first, smaller ones before greater ones. The caller makes those who wait long smaller.
    ///   - fixed: vehicles that stay where they are, for example because somebody loads them.
    ///   - closed: nodes nobody is sent to (closed places, where lost vehicles may be).
    ///   - steps: how many steps are planned.
    /// - Throws: ``TrafficFault`` where lists do not belong together or two start at one node.
    func window(
        starts: [Int32], goals: [Int32], priorities: [Int32], fixed: Set<Int32> = [], closed: Set<Int32> = [],
        steps: Int
    ) throws(TrafficFault) -> Plan {
        try Instance.check(ways, starts: starts, goals: goals)
        guard priorities.count == starts.count else { throw .lengths }
        if let (one, other) = twins(starts) { throw .start(vehicle: one, other: other) }
        close(closed)
        let tables = tables(goals)
        let unreachable = starts.indices.filter { tables[$0][Int(starts[$0])] == Distances.never }.map { Int32($0) }
        var pibt = prepare(goals, tables, fixed)
        var found = Configurations(vehicles: starts.count)
        found.append(starts)
        let order = Flat<Int32>(starts.count, 0)
        var at = starts
        for _ in 0..<steps {
            let turn = at.indices.sorted { one, other in
                (at[one] == goals[one] ? 1 : 0, priorities[one], one)
                    < (at[other] == goals[other] ? 1 : 0, priorities[other], other)
            }
            for (index, vehicle) in turn.enumerated() { order[index] = Int32(vehicle) }
            pibt.stand(at)
            _ = pibt.decide(UnsafePointer(order.base))
            for vehicle in at.indices { at[vehicle] = pibt.to[vehicle] }
            pibt.clear()
            found.append(at)
        }
        if let first = stalled(starts, at, goals, priorities, tables, fixed),
            let other = search(first, starts, goals, priorities, tables, fixed, steps)
        {
            found = other
        }
        return Plan(
            paths: starts.indices.map { vehicle in (0..<found.count).map { found[$0, vehicle] } },
            unreachable: unreachable)
    }

    /// The first vehicle, by priority, that could get to its goal and is no nearer to it at the end than at the start.
    private func stalled(
        _ starts: [Int32], _ ends: [Int32], _ goals: [Int32], _ priorities: [Int32], _ tables: [Distances.Table],
        _ fixed: Set<Int32>
    ) -> Int32? {
        let wanting = starts.indices.filter { vehicle in
            let far = tables[vehicle][Int(starts[vehicle])]
            return far != 0 && far != Distances.never && !fixed.contains(Int32(vehicle))
        }
        guard let first = wanting.min(by: { (priorities[$0], $0) < (priorities[$1], $1) }) else { return nil }
        return tables[first][Int(ends[first])] < tables[first][Int(starts[first])] ? nil : Int32(first)
    }

    /// Looks for any way in which a vehicle that priority alone does not bring on gets to its goal, and answers its first steps.
    private func search(
        _ first: Int32, _ starts: [Int32], _ goals: [Int32], _ priorities: [Int32], _ tables: [Distances.Table],
        _ fixed: Set<Int32>, _ steps: Int
    ) -> Configurations? {
        var lacam = LaCAM(ways, pibt: prepare(goals, tables, fixed), aim: .one(first), seed: seed)
        let rank = priorities.indices.sorted { (priorities[$0], $0) < (priorities[$1], $1) }
        var ranks = [Float](repeating: 0, count: starts.count)
        for (index, vehicle) in rank.enumerated() { ranks[vehicle] = 1 - Float(index + 1) / Float(rank.count + 1) }
        let budget = Budget(iterations: max(2_000, 400_000 / max(1, starts.count)))
        guard let found = try? lacam.solve(starts, ranks: ranks, budget: budget) else { return nil }
        var part = Configurations(vehicles: starts.count)
        for step in 0...steps { part.append(found[min(step, found.count - 1)]) }
        return part
    }

    private func prepare(_ goals: [Int32], _ tables: [Distances.Table], _ fixed: Set<Int32>) -> PIBT {
        seed &+= 1
        let pibt = PIBT(ways, count: goals.count, rotation: false, seed: seed)
        pibt.bar(barred)
        for vehicle in goals.indices { pibt.aim(Int32(vehicle), at: goals[vehicle], tables[vehicle]) }
        for vehicle in fixed where vehicle >= 0 && vehicle < Int32(goals.count) { pibt.fixed[vehicle] = true }
        return pibt
    }

    private func tables(_ goals: [Int32]) -> [Distances.Table] {
        distances.begin()
        return goals.map { distances.table($0) }
    }

    private func close(_ nodes: Set<Int32>) {
        guard nodes != closed else { return }
        closed = nodes
        barred = ways.barred(nodes)
        distances.close(barred.contains(true) ? barred : nil)
    }

    private func twins(_ starts: [Int32]) -> (Int32, Int32)? {
        var seen: [Int32: Int32] = [:]
        for (vehicle, node) in starts.enumerated() {
            if let other = seen.updateValue(Int32(vehicle), forKey: node) { return (other, Int32(vehicle)) }
        }
        return nil
    }
}
