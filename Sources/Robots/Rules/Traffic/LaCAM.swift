/// Complete search over configurations of all vehicles, each made by ``PIBT`` from the one before, under constraints that are
/// only added where the search comes back to a configuration (Okumura, AAAI 2023). Deep first: the first solution is wanted;
/// making it better is the work of ``Neighbourhoods``.
struct LaCAM: ~Copyable {
    /// When the search has found what it looks for.
    enum Aim {
        /// Everybody is at its goal.
        case all
        /// This vehicle is at its goal.
        case one(Int32)
    }

    /// A configuration that was found.
    private struct Station {
        var parent: Int32
        /// Constraints that wait to be tried: a row in `demands`, linked.
        var first: Int32
        var last: Int32
        /// The constraint that demands nothing, until those that follow it are wanted: at most stations they never are.
        var root: Int32?
        /// The order of vehicles for constraints, made when it is first needed.
        var tree: [Int32] = []
    }

    /// That a vehicle goes to a node, beside what its parent demands; the root demands nothing.
    private struct Demand {
        var parent: Int32
        var vehicle: Int32
        var node: Int32
        var depth: Int32
        var next: Int32 = -1
    }

    private let ways: Ways
    private let count: Int
    private var pibt: PIBT
    private let aim: Aim
    /// Configurations and, for each, how urgent each vehicle is; one row after the other.
    private var nodes: [Int32] = []
    private var urgency: [Float] = []
    private var stations: [Station] = []
    private var demands: [Demand] = []
    private var known: [UInt64: Int32] = [:]
    private let order: Flat<Int32>
    private let keys: Flat<UInt64>
    private var dice: Dice
    /// How many configurations were made.
    private(set) var made = 0

    /// - Parameters:
    ///   - pibt: with goals, closed nodes and fixed vehicles set.
    ///   - seed: of the order in which constraints are tried.
    init(_ ways: Ways, pibt: consuming PIBT, aim: Aim, seed: UInt64 = 1) {
        self.ways = ways
        count = pibt.count
        self.pibt = pibt
        self.aim = aim
        order = Flat(count, 0)
        keys = Flat(count, 0)
        dice = Dice(seed: seed ^ 0x5eed)
    }

    /// Looks for configurations from these starts to the aim.
    /// - Parameter ranks: who comes first, larger ones before smaller ones, each under 1; nil for the farthest first.
    /// - Throws: ``TrafficFault/unsolvable`` where there are none, ``TrafficFault/spent`` when the budget is spent before.
    mutating func solve(_ starts: [Int32], ranks: [Float]? = nil, budget: Budget) throws(TrafficFault) -> Configurations
    {
        guard count > 0 else { return Configurations(vehicles: 0) }
        for vehicle in 0..<count {
            let far = pibt.distance(Int32(vehicle), starts[vehicle])
            urgency.append(ranks?[vehicle] ?? Float(far) / 65_536)
        }
        if case .one(let vehicle) = aim { urgency[Int(vehicle)] += 1e6 }
        nodes = starts
        keep(parent: -1)
        var open: [Int32] = [0]
        while let station = open.last {
            if isDone(station) { return way(to: station) }
            if stations[Int(station)].first < 0, let root = stations[Int(station)].root {
                stations[Int(station)].root = nil
                expand(station, root)
            }
            guard stations[Int(station)].first >= 0 else {
                open.removeLast()
                continue
            }
            guard made < budget.iterations, made & 15 != 0 || !budget.isSpent() else { throw .spent }
            made += 1
            let demand = stations[Int(station)].first
            stations[Int(station)].first = demands[Int(demand)].next
            if demands[Int(demand)].depth > 0 { expand(station, demand) }
            guard go(from: station, demand) else { continue }
            if let old = find() {
                // Back where it was: more constraints are tried there before anything else.
                if old != station { open.append(old) }
            } else {
                append(from: station)
                open.append(Int32(stations.count - 1))
            }
        }
        throw .unsolvable
    }

    private func isDone(_ station: Int32) -> Bool {
        let row = Int(station) * count
        if case .one(let vehicle) = aim { return nodes[row + Int(vehicle)] == pibt.goal[vehicle] }
        for vehicle in 0..<count where nodes[row + vehicle] != pibt.goal[vehicle] { return false }
        return true
    }

    private func way(to station: Int32) -> Configurations {
        var chain = [station]
        while let last = chain.last, stations[Int(last)].parent >= 0 { chain.append(stations[Int(last)].parent) }
        var found = Configurations(vehicles: count)
        for station in chain.reversed() { found.append(nodes[(Int(station) * count)..<((Int(station) + 1) * count)]) }
        return found
    }

    /// Adds the configuration at the end of `nodes` to what is known, with one constraint that demands nothing.
    private mutating func keep(parent: Int32) {
        let row = stations.count * count
        var code = nodes.withUnsafeBufferPointer { Self.code($0.baseAddress.unsafelyUnwrapped + row, count) }
        while known[code] != nil { code &+= 1 }
        known[code] = Int32(stations.count)
        demands.append(Demand(parent: -1, vehicle: -1, node: -1, depth: 0))
        let root = Int32(demands.count - 1)
        stations.append(Station(parent: parent, first: root, last: root, root: root))
    }

    /// Appends the configuration that was made last.
    private mutating func append(from station: Int32) {
        let row = Int(station) * count
        for vehicle in 0..<count {
            let node = pibt.to[vehicle]
            nodes.append(node)
            // Who waits becomes more urgent, who has arrived falls behind all others.
            let old = urgency[row + vehicle]
            urgency.append(node == pibt.goal[vehicle] ? old - old.rounded(.down) : old + 1)
        }
        if case .one(let vehicle) = aim { urgency[urgency.count - count + Int(vehicle)] = 1e6 }
        keep(parent: station)
    }

    private static func code(_ nodes: UnsafePointer<Int32>, _ count: Int) -> UInt64 {
        var code: UInt64 = 0x9e37_79b9_7f4a_7c15
        for vehicle in 0..<count {
            code = (code ^ UInt64(UInt32(bitPattern: nodes[vehicle]))) &* 0x0000_0100_0000_01b3
            code ^= code >> 29
        }
        return code
    }

    /// The known configuration that is the one made last.
    private func find() -> Int32? {
        var code = Self.code(UnsafePointer(pibt.to.base), count)
        search: while let station = known[code] {
            let row = Int(station) * count
            for vehicle in 0..<count where nodes[row + vehicle] != pibt.to[vehicle] {
                code &+= 1
                continue search
            }
            return station
        }
        return nil
    }

    /// Adds the constraints that follow a constraint: one more vehicle, to each node where it may go.
    private mutating func expand(_ station: Int32, _ demand: Int32) {
        let depth = demands[Int(demand)].depth
        guard depth < Int32(count) else { return }
        if stations[Int(station)].tree.isEmpty {
            sort(station)
            stations[Int(station)].tree = (0..<count).map { order[$0] }
        }
        let vehicle = stations[Int(station)].tree[Int(depth)]
        let here = nodes[Int(station) * count + Int(vehicle)]
        var choices = [here]
        if !pibt.fixed[vehicle] {
            for way in ways.start[here]..<ways.start[here + 1] where !pibt.barred[ways.target[way]] {
                choices.append(ways.target[way])
            }
        }
        choices.shuffle(using: &dice)
        for node in choices {
            demands.append(Demand(parent: demand, vehicle: vehicle, node: node, depth: depth + 1))
            let added = Int32(demands.count - 1)
            if stations[Int(station)].first < 0 {
                stations[Int(station)].first = added
            } else {
                demands[Int(stations[Int(station)].last)].next = added
            }
            stations[Int(station)].last = added
        }
    }

    /// Puts the vehicles into `order`, the most urgent first.
    private func sort(_ station: Int32) {
        let first = Int(station) * count
        for vehicle in 0..<count {
            // Urgency is never negative, so its bits are in the order of its values.
            keys[vehicle] = UInt64(~urgency[first + vehicle].bitPattern) << 32 | UInt64(vehicle)
        }
        var row = UnsafeMutableBufferPointer(start: keys.base, count: count)
        row.sort()
        for index in 0..<count { order[index] = Int32(truncatingIfNeeded: keys[index]) }
    }

    /// Makes the next configuration under a constraint. Answers whether there is one.
    private mutating func go(from station: Int32, _ demand: Int32) -> Bool {
        nodes.withUnsafeBufferPointer { pibt.stand($0.baseAddress.unsafelyUnwrapped + Int(station) * count) }
        defer { pibt.clear() }
        var (at, isDemanded) = (demand, false)
        while at >= 0, demands[Int(at)].vehicle >= 0 {
            let one = demands[Int(at)]
            guard pibt.demand(one.vehicle, one.node) else { return false }
            (at, isDemanded) = (one.parent, true)
        }
        sort(station)
        let fits = pibt.decide(UnsafePointer(order.base))
        guard isDemanded else { return true }
        return fits && (pibt.rotation || pibt.isInTurn())
    }
}

extension PIBT {
    /// Whether the moves decided can be driven one after the other: nobody waits in a circle for the others to go.
    func isInTurn() -> Bool {
        var mark = [UInt8](repeating: 0, count: count)
        var stack: [(Int32, Int32)] = []
        for root in 0..<Int32(count) where mark[Int(root)] == 0 {
            stack.append((root, ways.conflictStart[to[root]] - 1))
            mark[Int(root)] = 1
            while let (vehicle, index) = stack.last {
                let node = to[vehicle]
                guard index < ways.conflictStart[node + 1], from[vehicle] != node else {
                    mark[Int(vehicle)] = 2
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].1 = index + 1
                let other = now[index < ways.conflictStart[node] ? node : ways.conflict[index]]
                guard other >= 0, other != vehicle else { continue }
                if mark[Int(other)] == 1 { return false }
                if mark[Int(other)] == 0 {
                    mark[Int(other)] = 1
                    stack.append((other, ways.conflictStart[to[other]] - 1))
                }
            }
        }
        return true
    }
}
