/// Who may drive how far: an action-dependency graph (Hönig et al., IEEE RA-L 4, 2019) kept as what matters of it. Each vehicle
/// has a *released prefix*, nodes that are its own until it has left them, and a plan beyond. A node of the plan is released
/// when whoever came before, in the order of the plans, to it or to a node in conflict with it has left. Delays then change
/// when things happen, never whether they are safe; and as plans never wait for each other in a circle, somebody can always
/// go on.
///
/// A pure value: the caller journals ``holds`` before it sends anything to a vehicle, and gets the same reservations back from
/// them after a restart.
struct Execution: Sendable {
    /// What a vehicle holds: all that must be kept of it.
    struct Hold: Sendable, Hashable, Codable {
        /// How many steps it has made since it was placed: the number of the first of `nodes`.
        var steps: Int
        /// The node it reached last and those it may still drive to.
        var nodes: [Int32]
        /// Whether nobody knows where it is: it may be anywhere on its nodes, and they stay its own until a person says otherwise.
        var isLost: Bool
    }

    /// A node of a plan and when it is reached, counted in steps of the plan.
    struct Visit: Sendable, Hashable {
        var vehicle: Int32
        var node: Int32
        var time: Int32
    }

    let ways: Ways
    /// What each vehicle holds.
    private(set) var holds: [Int32: Hold] = [:]
    /// Who holds each node; a vehicle stands there as often as its prefix leads over it.
    var holders: [Int32: [Int32]] = [:]
    /// What of each vehicle's plan is not released yet, and where in it the next node is.
    var plans: [Int32: [Visit]] = [:]
    var next: [Int32: Int] = [:]
    /// For each node the visits of all plans in order of time, and how many of them are released.
    var visits: [Int32: [Visit]] = [:]
    var passed: [Int32: Int] = [:]
    /// Whether somebody was placed, lost, removed or cancelled since plans were adopted: then there are none until there are
    /// new ones for all.
    private(set) var needsPlan = true
    var closed: Set<Int32> = []
    var barred: [Bool]

    init(roadmap: Roadmap) { self.init(Ways(roadmap)) }

    init(_ ways: Ways) {
        self.ways = ways
        barred = ways.barred([])
    }

    /// The reservations as they were journaled, before anything new is released.
    init(_ ways: Ways, restoring holds: [Int32: Hold]) {
        self.init(ways)
        for (vehicle, hold) in holds where !hold.nodes.isEmpty {
            self.holds[vehicle] = hold
            for node in hold.nodes { holders[node, default: []].append(vehicle) }
        }
    }

    init(roadmap: Roadmap, restoring holds: [Int32: Hold]) { self.init(Ways(roadmap), restoring: holds) }

    /// All vehicles, ascending.
    var vehicles: [Int32] { holds.keys.sorted() }

    /// The vehicles that can be planned for, ascending: all that are not lost.
    var planned: [Int32] { holds.filter { !$0.value.isLost }.keys.sorted() }

    /// The node a vehicle reached last and those it may still drive to; empty for one that was never placed.
    func released(_ vehicle: Int32) -> [Int32] { holds[vehicle]?.nodes ?? [] }

    /// The node from which a vehicle is planned: the last that is released to it.
    func end(of vehicle: Int32) -> Int32? { holds[vehicle]?.nodes.last }

    /// What the vehicle will drive after its released prefix, as far as it is known.
    func horizon(_ vehicle: Int32) -> [Int32] {
        guard let plan = plans[vehicle], let first = next[vehicle] else { return [] }
        return plan[first...].map(\.node)
    }

    /// Nodes that nobody may be planned over because a lost vehicle may be there.
    var lost: Set<Int32> { reach(of: Set(holds.filter(\.value.isLost).keys)) }

    /// All that these vehicles hold, with what conflicts with it.
    func reach(of vehicles: Set<Int32>) -> Set<Int32> {
        var nodes: Set<Int32> = []
        for vehicle in vehicles {
            for node in holds[vehicle]?.nodes ?? [] {
                nodes.insert(node)
                for index in ways.conflictStart[node]..<ways.conflictStart[node + 1] {
                    nodes.insert(ways.conflict[index])
                }
            }
        }
        return nodes
    }

    /// Puts a vehicle at a node, with nothing released beyond: a new one, one that was found again, one that somebody moved by
    /// hand, one whose order was cancelled and that stopped there. Everybody's plans are to be made again.
    /// - Returns: other vehicles whose released prefixes lead into its place: their orders must be cancelled.
    @discardableResult
    mutating func place(_ vehicle: Int32, at node: Int32) -> [Int32] {
        drop(vehicle)
        guard node >= 0, node < Int32(ways.count) else { return [] }
        let disturbed = clashing(node, vehicle)
        holds[vehicle] = Hold(steps: 0, nodes: [node], isLost: false)
        holders[node, default: []].append(vehicle)
        forgetPlans()
        return disturbed
    }

    /// Says that nobody knows where a vehicle is. It stays an obstacle on all its released nodes until ``place(_:at:)`` or
    /// ``remove(_:)``.
    mutating func lose(_ vehicle: Int32) {
        guard holds[vehicle] != nil else { return }
        holds[vehicle]?.isLost = true
        forgetPlans()
    }

    /// Says that a lost vehicle is where it was thought to be, somewhere on its released nodes.
    mutating func find(_ vehicle: Int32) {
        guard holds[vehicle]?.isLost == true else { return }
        holds[vehicle]?.isLost = false
        forgetPlans()
    }

    /// Gives a vehicle back what it held before a restart.
    mutating func restore(_ vehicle: Int32, _ hold: Hold) {
        drop(vehicle)
        guard !hold.nodes.isEmpty else { return }
        holds[vehicle] = hold
        for node in hold.nodes { holders[node, default: []].append(vehicle) }
        forgetPlans()
    }

    /// Takes a vehicle away, because a person says that it is no longer on the site.
    mutating func remove(_ vehicle: Int32) {
        drop(vehicle)
        forgetPlans()
    }

    /// Says that a vehicle confirmed that it drives no further than so many steps of those released to it.
    /// - Returns: whether that is among what it holds.
    @discardableResult
    mutating func retract(_ vehicle: Int32, steps: Int) -> Bool {
        guard var hold = holds[vehicle], steps >= hold.steps, steps < hold.steps + hold.nodes.count else {
            return false
        }
        for node in hold.nodes[(steps - hold.steps + 1)...] { free(node, vehicle) }
        hold.nodes.removeSubrange((steps - hold.steps + 1)...)
        holds[vehicle] = hold
        forgetPlans()
        return true
    }

    /// Says that a vehicle has reached a node of its prefix: it has left those before. Late and repeated news change nothing.
    /// - Parameter steps: how many steps it has made since it was placed.
    /// - Returns: whether that node is among what it holds.
    @discardableResult
    mutating func reached(_ vehicle: Int32, steps: Int) -> Bool {
        guard var hold = holds[vehicle], steps < hold.steps + hold.nodes.count else { return false }
        guard steps > hold.steps else { return true }
        for node in hold.nodes[..<(steps - hold.steps)] { free(node, vehicle) }
        hold.nodes.removeSubrange(..<(steps - hold.steps))
        hold.steps = steps
        holds[vehicle] = hold
        return true
    }

    /// Vehicles that may still drive to closed nodes because these were released before; the caller cancels their orders.
    func affected(by closed: Set<Int32>) -> [Int32] {
        holds.filter { $0.value.nodes.dropFirst().contains(where: closed.contains) }.keys.sorted()
    }

    /// Whether no two vehicles hold nodes that may not be used at once. Only hands that move a vehicle can make it false.
    func isSafe() -> Bool {
        for (vehicle, hold) in holds {
            for node in hold.nodes where !clashing(node, vehicle).isEmpty { return false }
            for (from, to) in zip(hold.nodes, hold.nodes.dropFirst()) where !ways.leads(from, to) { return false }
        }
        return true
    }

    /// Others who hold a node or one in conflict with it.
    func clashing(_ node: Int32, _ vehicle: Int32) -> [Int32] {
        var others: Set<Int32> = []
        for holder in holders[node] ?? [] where holder != vehicle { others.insert(holder) }
        for index in ways.conflictStart[node]..<ways.conflictStart[node + 1] {
            for holder in holders[ways.conflict[index]] ?? [] where holder != vehicle { others.insert(holder) }
        }
        return others.sorted()
    }

    /// Adds a node to what a vehicle holds.
    mutating func hold(_ node: Int32, _ vehicle: Int32) {
        holds[vehicle]?.nodes.append(node)
        holders[node, default: []].append(vehicle)
    }

    /// Forgets all that is not released.
    mutating func forgetPlans() {
        plans = [:]
        next = [:]
        visits = [:]
        passed = [:]
        needsPlan = true
    }

    /// Notes that plans were adopted for all.
    mutating func planned(_ plans: [Int32: [Visit]]) {
        self.plans = plans
        next = plans.mapValues { _ in 0 }
        visits = [:]
        passed = [:]
        for plan in plans.values { for visit in plan { visits[visit.node, default: []].append(visit) } }
        for node in visits.keys { visits[node]?.sort { ($0.time, $0.vehicle) < ($1.time, $1.vehicle) } }
        needsPlan = false
    }

    private mutating func drop(_ vehicle: Int32) {
        for node in holds[vehicle]?.nodes ?? [] { free(node, vehicle) }
        holds[vehicle] = nil
    }

    private mutating func free(_ node: Int32, _ vehicle: Int32) {
        guard let index = holders[node]?.firstIndex(of: vehicle) else { return }
        holders[node]?.remove(at: index)
        if holders[node]?.isEmpty == true { holders[node] = nil }
    }
}

extension Execution {
    /// Whether all that was planned is released: a manoeuvre that had to be driven whole is under way to its end.
    var isExhausted: Bool { plans.allSatisfy { (next[$0.key] ?? 0) >= $0.value.count } }
}
