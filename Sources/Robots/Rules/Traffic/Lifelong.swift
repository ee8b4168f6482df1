/// Vehicles that get a new goal whenever they have reached one, one step at a time: ``PIBT`` by priority and time waited, over
/// costs that grow where traffic comes against, so that lanes form by themselves; and a search over configurations when
/// nobody has come nearer to anything for a while.
struct Lifelong: ~Copyable {
    private let ways: Ways
    private let count: Int
    private var distances: Distances
    private var pibt: PIBT
    private let order: Flat<Int32>
    private let keys: Flat<UInt64>
    private var goals: [Int32]
    private var waited: [UInt32]
    /// How much each way was driven lately, by its number, and which way leads back.
    private var flow: [Float]
    private let opposite: [Int32]
    private let isGuided: Bool
    private var steps = 0
    private var stalled = 0
    private var least = Int.max
    private var manoeuvre: [[Int32]] = []
    private let seed: UInt64

    /// What a free way costs in guided tables, so that fractions of it can be added.
    private static var quantum: Float { 8 }
    /// After so many steps in which nobody came nearer, ways are searched for.
    private static var patience: Int { 12 }

    /// - Parameters:
    ///   - rotation: whether full circles may move at once.
    ///   - isGuided: whether ways cost more where traffic comes against.
    ///   - bytes: how much memory tables may fill.
    init(_ ways: Ways, count: Int, rotation: Bool, isGuided: Bool = false, seed: UInt64 = 1, bytes: Int = 1 << 30) {
        self.ways = ways
        self.count = count
        self.isGuided = isGuided && ways.isUniform
        self.seed = seed
        distances = Distances(ways, bytes: max(bytes, 2 * ways.count * (count + 1) * 4 / 3))
        pibt = PIBT(ways, count: count, rotation: rotation, seed: seed)
        order = Flat(count, 0)
        keys = Flat(count, 0)
        goals = Array(repeating: -1, count: count)
        waited = Array(repeating: 0, count: count)
        flow = Array(repeating: 0, count: ways.target.count)
        var opposite = [Int32](repeating: -1, count: ways.target.count)
        for node in 0..<Int32(ways.count) {
            for way in ways.start[node]..<ways.start[node + 1] {
                let other = ways.target[way]
                for back in ways.start[other]..<ways.start[other + 1] where ways.target[back] == node {
                    opposite[Int(way)] = back
                }
            }
        }
        self.opposite = opposite
    }

    /// Where everybody goes next.
    /// - Parameters:
    ///   - at: where everybody is.
    ///   - goals: where everybody is to get.
    ///   - classes: who comes before whom whatever they waited, smaller before greater (clinical before others); empty: all alike.
    mutating func step(_ at: [Int32], goals: [Int32], classes: [UInt8] = []) -> [Int32] {
        if isGuided, steps % 20 == 0 { guide() }
        steps += 1
        let isNew = aim(goals)
        if !isNew, let next = manoeuvre.popLast() { return next }
        manoeuvre = []
        var away = 0
        for vehicle in 0..<count {
            let far = pibt.distance(Int32(vehicle), at[vehicle])
            away += Int(far)
            // Keys ascend: the class, then who is not there, then who waited longest, then who is nearest.
            let rank: UInt64 = classes.isEmpty ? 0 : UInt64(classes[vehicle])
            waited[vehicle] = far == 0 ? 0 : waited[vehicle] + 1
            let turn = UInt64((1 << 24) - 1 - min(waited[vehicle], (1 << 24) - 1))
            keys[vehicle] = rank << 56 | turn << 32 | UInt64(vehicle)
        }
        if isNew || away < least { (least, stalled) = (away, 0) } else { stalled += 1 }
        if stalled >= Self.patience, let next = search(at, classes) { return next }
        var row = UnsafeMutableBufferPointer(start: keys.base, count: count)
        row.sort()
        for index in 0..<count { order[index] = Int32(truncatingIfNeeded: keys[index] & 0xffff_ffff) }
        pibt.stand(at)
        _ = pibt.decide(UnsafePointer(order.base))
        var next = at
        for vehicle in 0..<count {
            next[vehicle] = pibt.to[vehicle]
            if isGuided, next[vehicle] != at[vehicle] { note(at[vehicle], next[vehicle]) }
        }
        pibt.clear()
        return next
    }

    /// Takes over goals. Answers whether any is new.
    private mutating func aim(_ goals: [Int32]) -> Bool {
        var isNew = false
        distances.begin()
        for vehicle in 0..<count {
            if goals[vehicle] != self.goals[vehicle] {
                self.goals[vehicle] = goals[vehicle]
                waited[vehicle] = 0
                isNew = true
            }
            pibt.aim(Int32(vehicle), at: goals[vehicle], distances.table(goals[vehicle]))
        }
        return isNew
    }

    private mutating func note(_ from: Int32, _ to: Int32) {
        for way in ways.start[from]..<ways.start[from + 1] where ways.target[way] == to { flow[Int(way)] += 1 }
    }

    /// Makes ways dearer by the traffic against them. Tables that are made from now on heed it.
    private mutating func guide() {
        var costs = [UInt16](repeating: UInt16(Self.quantum), count: flow.count)
        for way in flow.indices {
            let against = opposite[way] >= 0 ? flow[Int(opposite[way])] : 0
            costs[way] = UInt16(Self.quantum * (1 + min(2, 0.6 * against / (1 + 0.5 * flow[way]))))
        }
        for way in flow.indices { flow[way] *= 0.8 }
        distances.guide(costs)
    }

    /// Looks for configurations that bring the one who waited longest to its goal.
    private mutating func search(_ at: [Int32], _ classes: [UInt8]) -> [Int32]? {
        stalled = 0
        least = .max
        guard let first = (0..<count).filter({ at[$0] != goals[$0] }).min(by: { keys[$0] < keys[$1] }) else {
            return nil
        }
        let helper = PIBT(ways, count: count, rotation: pibt.rotation, seed: seed &+ UInt64(steps))
        for vehicle in 0..<Int32(count) {
            helper.aim(vehicle, at: goals[Int(vehicle)], distances.table(goals[Int(vehicle)]))
        }
        var lacam = LaCAM(ways, pibt: helper, aim: .one(Int32(first)), seed: seed &+ UInt64(steps))
        guard let found = try? lacam.solve(at, budget: Budget(iterations: max(50, 200_000 / max(1, count)))) else {
            return nil
        }
        manoeuvre = (1..<max(2, min(found.count, 2 * Self.patience))).reversed().compactMap {
            $0 < found.count ? Array(found[$0]) : nil
        }
        return manoeuvre.popLast()
    }
}
