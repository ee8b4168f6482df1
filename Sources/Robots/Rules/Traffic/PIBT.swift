/// One step of all vehicles by priority inheritance with backtracking (Okumura et al., Artificial Intelligence 310, 2022):
/// each in order of priority takes the best node it can get; whoever stands there must go first, and inherits the priority.
/// Two who stand in each other's way in a corridor change places by the swap operation (Okumura, IJCAI 2023).
///
/// A node also counts as taken when one in conflict with it is. Without ``rotation`` the moves of a step never wait for each
/// other in a circle, so that an execution can run them one after the other.
struct PIBT: ~Copyable {
    let ways: Ways
    /// How many vehicles there are.
    let count: Int
    /// Whether a full circle of vehicles may move at once. Only where no nodes conflict.
    let rotation: Bool
    /// Whether pairs that are stuck in a corridor change places.
    let swap: Bool
    /// For each node who stands there, and who will.
    let now: Flat<Int32>
    let soon: Flat<Int32>
    let from: Flat<Int32>
    let to: Flat<Int32>
    let goal: Flat<Int32>
    private let table: Flat<Distances.Table?>
    /// 0: not decided, 1: being decided, 2: decided.
    let state: Flat<UInt8>
    let barred: Flat<Bool>
    /// Whether a vehicle stays where it is whatever happens.
    let fixed: Flat<Bool>
    private let choices: Flat<Int32>
    private let keys: Flat<Int32>
    private let width: Int
    private var dice: Dice

    init(_ ways: Ways, count: Int, rotation: Bool, swap: Bool = true, seed: UInt64 = 1) {
        self.ways = ways
        self.count = count
        self.rotation = rotation && !ways.hasConflicts
        self.swap = swap
        now = Flat(ways.count, -1)
        soon = Flat(ways.count, -1)
        from = Flat(count, 0)
        to = Flat(count, 0)
        goal = Flat(count, 0)
        table = Flat(count, nil)
        state = Flat(count, 0)
        barred = Flat(ways.count, false)
        fixed = Flat(count, false)
        width = ways.degree + 1
        choices = Flat(count * width, 0)
        keys = Flat(count * width, 0)
        dice = Dice(seed: seed)
    }

    /// Gives a vehicle a goal.
    func aim(_ vehicle: Int32, at node: Int32, _ distances: Distances.Table) {
        goal[vehicle] = node
        table[vehicle] = distances
    }

    /// Closes nodes: nobody enters them.
    func bar(_ nodes: [Bool]) { for node in nodes.indices { barred[node] = nodes[node] } }

    /// How far a vehicle has from a node to its goal.
    @inline(__always)
    func distance(_ vehicle: Int32, _ node: Int32) -> UInt16 {
        table[vehicle].unsafelyUnwrapped[Int(node)]
    }

    /// Sets where all stand.
    func stand(_ nodes: UnsafePointer<Int32>) {
        for vehicle in 0..<Int32(count) {
            from[vehicle] = nodes[Int(vehicle)]
            now[nodes[Int(vehicle)]] = vehicle
            state[vehicle] = 0
        }
    }

    /// Forgets where all stand and go.
    func clear() {
        for vehicle in 0..<count {
            now[from[vehicle]] = -1
            soon[from[vehicle]] = -1
            if state[vehicle] != 0 { soon[to[vehicle]] = -1 }
        }
    }

    /// Fixes where a vehicle goes in this step before others choose.
    /// - Returns: whether it can.
    func demand(_ vehicle: Int32, _ node: Int32) -> Bool {
        guard isFree(node, vehicle) else { return false }
        let other = now[node]
        if other >= 0, other != vehicle, state[other] == 2, to[other] == from[vehicle] { return false }
        to[vehicle] = node
        soon[node] = vehicle
        state[vehicle] = 2
        return true
    }

    /// Decides for all in this order. After ``stand(_:)`` and any ``demand(_:_:)``; then `to` says where each goes.
    /// - Returns: whether everybody found a place that nobody else has.
    mutating func decide(_ order: UnsafePointer<Int32>) -> Bool {
        var fits = true
        for vehicle in 0..<Int32(count) where fixed[vehicle] && state[vehicle] == 0 {
            fits = demand(vehicle, from[vehicle]) && fits
            to[vehicle] = from[vehicle]
            soon[from[vehicle]] = vehicle
            state[vehicle] = 2
        }
        for index in 0..<count where state[order[index]] == 0 {
            fits = decide(order[index]) && fits
        }
        return fits
    }

    /// Whether nobody else will be at a node or at one in conflict with it.
    @inline(__always)
    func isFree(_ node: Int32, _ vehicle: Int32) -> Bool {
        if soon[node] != -1, soon[node] != vehicle { return false }
        guard ways.hasConflicts else { return true }
        for index in ways.conflictStart[node]..<ways.conflictStart[node + 1] {
            let other = soon[ways.conflict[index]]
            if other != -1, other != vehicle { return false }
        }
        return true
    }

    /// Puts where a vehicle may go next into its row, the best first. Answers how many there are.
    private mutating func choose(_ vehicle: Int32) -> Int {
        let row = Int(vehicle) * width
        let (choice, key) = (choices.base + row, keys.base + row)
        let here = from[vehicle]
        let distances = table[vehicle].unsafelyUnwrapped
        let far = Int32(distances[Int(here)])
        var luck = dice.next()
        // To stay costs one quantum: less than any way back, more than the best way on. Who can get nowhere stays.
        choice[0] = here
        key[0] = far == Int32(Distances.never) ? 0 : (far + 1) << 8
        var size = 1
        for way in ways.start[here]..<ways.start[here + 1] {
            let node = ways.target[way]
            if barred[node] { continue }
            let weight = Int32(ways.weight[way])
            let taken: Int32 = now[node] >= 0 ? 128 : 0
            let value = (Int32(distances[Int(node)]) + weight) << 8 | taken | Int32(luck & 127)
            luck >>= 7
            var place = size
            while place > 0, key[place - 1] > value {
                key[place] = key[place - 1]
                choice[place] = choice[place - 1]
                place -= 1
            }
            key[place] = value
            choice[place] = node
            size += 1
        }
        return size
    }

    /// Decides for one vehicle.
    private mutating func decide(_ vehicle: Int32) -> Bool {
        state[vehicle] = 1
        let here = from[vehicle]
        let size = choose(vehicle)
        let choice = choices.base + Int(vehicle) * width
        let partner = swap && size > 1 ? self.partner(vehicle, choice[0]) : -1
        if partner >= 0 {
            for index in 0..<(size / 2) {
                (choice[index], choice[size - 1 - index]) = (choice[size - 1 - index], choice[index])
            }
        }
        for index in 0..<size {
            let node = choice[index]
            guard isFree(node, vehicle) else { continue }
            guard ways.hasConflicts ? takeWide(vehicle, node) : take(vehicle, node) else { continue }
            state[vehicle] = 2
            if partner >= 0, index == 0 { pull(partner, to: here) }
            return true
        }
        to[vehicle] = here
        soon[here] = vehicle
        state[vehicle] = 2
        return false
    }

    /// Takes a node of a roadmap without conflicts, having whoever stands there go first.
    @inline(__always)
    private mutating func take(_ vehicle: Int32, _ node: Int32) -> Bool {
        let other = now[node]
        if other >= 0, other != vehicle {
            if state[other] == 1, !rotation || to[other] == from[vehicle] { return false }
            if state[other] == 2, to[other] == from[vehicle] { return false }
        }
        to[vehicle] = node
        soon[node] = vehicle
        guard other >= 0, other != vehicle, state[other] == 0 else { return true }
        return decide(other)
    }

    /// Takes a node that conflicts with others: all who stand at any of them go first.
    private mutating func takeWide(_ vehicle: Int32, _ node: Int32) -> Bool {
        let (first, last) = (ways.conflictStart[node], ways.conflictStart[node + 1])
        for index in (first - 1)..<last {
            let other = now[index < first ? node : ways.conflict[index]]
            guard other >= 0, other != vehicle else { continue }
            if state[other] == 1 || state[other] == 2 && ways.clash(to[other], from[vehicle]) { return false }
        }
        to[vehicle] = node
        soon[node] = vehicle
        var fits = true
        for index in (first - 1)..<last where fits {
            let other = now[index < first ? node : ways.conflict[index]]
            guard other >= 0, other != vehicle, state[other] == 0 else { continue }
            fits = decide(other)
        }
        // Somebody further on may have been unable to go, and stays where it is in the way.
        if fits, soon[node] == vehicle, isFree(node, vehicle) { return true }
        if soon[node] == vehicle { soon[node] = -1 }
        return false
    }

    /// Has the other of a pair follow to where the first of it stood.
    private func pull(_ partner: Int32, to node: Int32) {
        guard state[partner] == 0, soon[node] == -1, !barred[node], isFree(node, partner), !fixed[partner],
            ways.leads(from[partner], node)
        else { return }
        if ways.hasConflicts {
            for index in ways.conflictStart[node]..<ways.conflictStart[node + 1] {
                let other = now[ways.conflict[index]]
                if other >= 0, other != partner, state[other] != 2 || ways.clash(to[other], from[partner]) { return }
            }
        }
        to[partner] = node
        soon[node] = partner
        state[partner] = 2
    }
}
