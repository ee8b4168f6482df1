/// Plans the next steps of a site's vehicles. It keeps tables of distances from one question to the next, so keep one a site,
/// in whatever serialises its questions.
final class Planner {
    /// What is planned.
    struct Plan: Sendable, Hashable {
        /// For each vehicle where it is at each step, beginning where it starts; all of one length.
        var paths: [[Int32]]
        /// Vehicles to whose goals no open way leads, and that only move to let others pass.
        var unreachable: [Int32]
        /// Whether this is a longer manoeuvre that lets somebody out whom priority alone does not bring on. It should be driven
        /// to its end before new plans are made, or it may begin again and again.
        var isWhole = false
    }

    let ways: Ways
    private var distances: Distances
    private var closed: Set<Int32> = []
    private(set) var barred: [Bool]
    private(set) var seed: UInt64

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
    ///   - steps: how many steps are planned; a manoeuvre that must be driven whole may be longer.
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
        let first = foremost(starts, goals, priorities, tables, fixed)
        var drive = Drive(pibt: prepare(goals, tables, fixed), starts: starts, goals: goals, priorities: priorities)
        // Priority alone must bring the first to its goal, or nobody's turn may ever come.
        let limit = first.map { 2 * Int(hops(tables[Int($0)][Int(starts[Int($0)])])) + 40 } ?? 0
        while drive.found.count <= steps || first.map({ !drive.hasArrived($0) }) == true && drive.found.count <= limit {
            drive.step()
        }
        var isWhole = false
        if let first, !drive.hasArrived(first),
            let other = Rescue(planner: self, starts: starts, goals: goals, priorities: priorities, fixed: fixed).find(
                first)
        {
            drive.found = other
            isWhole = true
        }
        let length = isWhole ? drive.found.count : min(drive.found.count, steps + 1)
        let paths = starts.indices.map { vehicle in (0..<length).map { drive.found[$0, vehicle] } }
        return Plan(paths: paths, unreachable: unreachable, isWhole: isWhole)
    }

    /// The vehicle that goes first: by priority, of those that could get to their goal and are not there.
    private func foremost(
        _ starts: [Int32], _ goals: [Int32], _ priorities: [Int32], _ tables: [Distances.Table], _ fixed: Set<Int32>
    ) -> Int32? {
        let wanting = starts.indices.filter { vehicle in
            let far = tables[vehicle][Int(starts[vehicle])]
            return far != 0 && far != Distances.never && !fixed.contains(Int32(vehicle))
        }
        return wanting.min { (priorities[$0], $0) < (priorities[$1], $1) }.map { Int32($0) }
    }

    /// About how many nodes a distance is.
    private func hops(_ far: UInt16) -> Int {
        ways.isUniform ? Int(far) : min(ways.count, Int(Double(far) / max(1, ways.scale)) + 1)
    }

    func prepare(_ goals: [Int32], _ tables: [Distances.Table], _ fixed: Set<Int32>) -> PIBT {
        seed &+= 1
        let pibt = PIBT(ways, count: goals.count, rotation: false, seed: seed)
        pibt.bar(barred)
        for vehicle in goals.indices { pibt.aim(Int32(vehicle), at: goals[vehicle], tables[vehicle]) }
        for vehicle in fixed where vehicle >= 0 && vehicle < Int32(goals.count) { pibt.fixed[vehicle] = true }
        return pibt
    }

    func tables(_ goals: [Int32], more: Bool = false) -> [Distances.Table] {
        if !more { distances.begin() }
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
