import Record

/// Who does which mission: rolling matching by regret, the urgent class strictly first, senders in fair turns, nobody
/// without the charge to come back. Pure, and the same for the same state.
enum Dispatch {
    /// Charge that is left when a vehicle is back at a charger, in per cent.
    static let reserve = 15.0
    /// How many missions a vehicle is told at a time: the next and the one after.
    static let depth = 2
    /// A mission is given when its vehicle can begin it within so many seconds.
    static let ahead = 600.0
    /// A mission moves to another vehicle only for a gain of so many seconds, and of such a share of its time.
    static let gain = (seconds: 60.0, share: 0.2)
    /// After a move it stays where it is for so many seconds, whatever seems better.
    static let settles = 300.0
    /// Missions whose turns lie no further apart than this (seconds) may overtake each other where that saves time.
    static let slack = 180.0
    /// A charging vehicle below this (per cent) is left alone by what is not clinical.
    static let leaves = 50.0

    static func decide(_ state: DispatchState) -> DispatchDecision {
        var matching = Matching(state)
        matching.refuse()
        matching.tag()
        for priority in Mission.Priority.allCases { matching.match(priority) }
        matching.emit()
        matching.settleIdle()
        return matching.decision
    }
}

/// The work of one decision.
struct Matching {
    let state: DispatchState
    var decision = DispatchDecision()
    /// The missions that are matched.
    var jobs: [DispatchJob]
    /// What each vehicle will have done, by its index.
    var tails: [Tail]

    /// A vehicle after all it was given.
    struct Tail {
        let vehicle: DispatchVehicle
        /// Seconds from now, place and charge.
        var time: Double
        var node: String
        var charge: Double?
        var queue: [(job: DispatchJob, begin: Double, end: Double)] = []
    }

    init(_ state: DispatchState) {
        self.state = state
        let here = Set(state.vehicles.filter { !$0.isLost }.map(\.id))
        jobs = state.jobs.sorted { $0.id < $1.id }.map { job in
            var job = job
            job.isChosen = job.isChosen && job.holder.map(here.contains) == true
            return job
        }
        tails = state.vehicles.sorted { $0.id < $1.id }.map {
            Tail(
                vehicle: $0, time: max(0, $0.freeIn), node: $0.node,
                charge: $0.charge.map { [vehicle = $0] charge in charge - vehicle.drain * max(0, vehicle.freeIn) })
        }
        decision.memory = state.memory
    }

    /// What no vehicle here will ever do is refused at once.
    mutating func refuse() {
        guard !tails.isEmpty else { return }
        var kept: [DispatchJob] = []
        for job in jobs {
            let able = tails.map(\.vehicle).filter { Self.isAble($0, job, ifUnknown: true) }
            if able.isEmpty {
                let isHeavy = tails.allSatisfy { tail in
                    guard let most = tail.vehicle.load, let load = job.load else { return false }
                    return load > most
                }
                decision.refused.append((job.id, isHeavy ? .heavy : .unable))
            } else if !able.contains(where: { way($0.id, [$0.node] + job.nodes, state.ever) != nil }) {
                decision.refused.append((job.id, .unreachable))
            } else {
                kept.append(job)
            }
        }
        jobs = kept
    }

    /// Gives each mission its turn, once.
    mutating func tag() {
        let many = Double(max(1, tails.filter(\.vehicle.isAvailable).count))
        let known = Set(jobs.map(\.id))
        decision.memory.tags = decision.memory.tags.filter { known.contains($0.key) }
        decision.memory.moved = decision.memory.moved.filter { known.contains($0.key) }
        for job in jobs.sorted(by: { ($0.asked, $0.id) < ($1.asked, $1.id) })
        where decision.memory.tags[job.id] == nil {
            let key = "\(job.priority.rawValue) \(job.sender)"
            let work = (way(tails.first?.vehicle.id, job.nodes, state.ever) ?? 120) + job.service * 2
            let tag = max(job.asked.seconds, decision.memory.last[key] ?? 0) + work / many
            decision.memory.tags[job.id] = tag
            decision.memory.last[key] = tag
        }
    }

    /// When a mission's turn is: its tag, and up to five minutes sooner where it would be late.
    func turn(_ job: DispatchJob) -> Double {
        let tag = decision.memory.tags[job.id] ?? job.asked.seconds
        guard let deadline = job.deadline else { return tag }
        let work = (way(tails.first?.vehicle.id, job.nodes, state.ever) ?? 120) + job.service * 2
        return max(tag - 300, min(tag, deadline.seconds - work - 300))
    }

    /// Seconds along these nodes; nil where there is no way, or nobody to drive it.
    func way(
        _ vehicle: VehicleID?, _ nodes: [String], _ travel: (VehicleID, String, String) -> Double?
    ) -> Double? {
        guard let vehicle else { return nil }
        var sum = 0.0
        for (from, to) in zip(nodes, nodes.dropFirst()) where from != to {
            guard let seconds = travel(vehicle, from, to), seconds.isFinite, seconds >= 0 else { return nil }
            sum += seconds
        }
        return sum
    }

    /// Whether a vehicle can do what is asked, by its factsheet. What is unknown is not taken to be so.
    static func isAble(_ vehicle: DispatchVehicle, _ job: DispatchJob, ifUnknown: Bool = false) -> Bool {
        if let load = job.load {
            guard let most = vehicle.load else { return ifUnknown }
            if load > most { return false }
        }
        guard !job.actions.isEmpty else { return true }
        guard let actions = vehicle.actions else { return ifUnknown }
        return job.actions.isSubset(of: actions)
    }
}
