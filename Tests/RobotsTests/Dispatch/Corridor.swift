import Record

@testable import Robots

/// A corridor whose nodes are metres, driven at a metre a second: the world that dispatch is tried in.
struct Corridor {
    var vehicles: [DispatchVehicle]
    var chargers: [String] = ["0"]
    var refuges: [String] = ["1", "2", "3", "4"]
    /// How fast a charger fills, per cent a second.
    var filling = 0.05
    /// Missions that will be asked for.
    var coming: [DispatchJob]
    private(set) var open: [DispatchJob] = []
    private(set) var now = Corridor.start
    private var memory = DispatchMemory()
    /// When each mission was begun, and done.
    private(set) var begun: [String: Timestamp] = [:]
    private(set) var done: [String: Timestamp] = [:]
    /// How often a mission changed its vehicle.
    private(set) var moves: [String: Int] = [:]
    /// Missions that came back within two minutes to a vehicle that had lost them.
    private(set) var swings: Set<String> = []
    private var left: [String: (vehicle: VehicleID, at: Timestamp)] = [:]
    private(set) var refused: [String: MissionReason] = [:]
    /// The least charge that any vehicle had.
    private(set) var lowest = 100.0
    private var busyUntil: [VehicleID: Timestamp] = [:]
    private var queues: [VehicleID: [String]] = [:]

    static let start = Timestamp(microseconds: 1_700_000_000_000_000)

    init(vehicles: [DispatchVehicle], coming: [DispatchJob], chargers: [String] = ["0"]) {
        self.vehicles = vehicles
        self.coming = coming.sorted { ($0.asked, $0.id) < ($1.asked, $1.id) }
        self.chargers = chargers
    }

    static let travel: @Sendable (VehicleID, String, String) -> Double? = { _, from, to in
        guard let one = Double(from), let other = Double(to) else { return nil }
        return abs(one - other)
    }

    static func vehicle(_ number: Int, at node: Int = 0, charge: Double? = 100, drain: Double = 0.005)
        -> DispatchVehicle
    {
        DispatchVehicle(
            id: VehicleID(manufacturer: "narae", serial: "nr-0\(number)"), node: "\(node)", charge: charge, load: 50,
            actions: ["pick", "drop"], drain: drain)
    }

    static func job(
        _ id: String, _ nodes: [Int], _ priority: Mission.Priority = .normal, asked: Double = 0,
        sender: String = "a", holder: VehicleID? = nil, load: Double? = nil
    ) -> DispatchJob {
        DispatchJob(
            id: id, nodes: nodes.map { "\($0)" }, priority: priority, asked: start.advanced(bySeconds: asked),
            sender: sender, load: load, actions: ["pick", "drop"], holder: holder)
    }

    var state: DispatchState {
        DispatchState(
            now: now, vehicles: vehicles, jobs: open, chargers: chargers, refuges: refuges, memory: memory,
            travel: Self.travel)
    }

    /// One step of so many seconds: what was asked, what is decided, what is begun.
    @discardableResult
    mutating func step(_ seconds: Double = 10) -> DispatchDecision {
        while let next = coming.first, next.asked <= now {
            coming.removeFirst()
            open.append(next)
        }
        for index in vehicles.indices {
            let id = vehicles[index].id
            vehicles[index].freeIn = max(0, busyUntil[id]?.seconds(since: now) ?? 0)
            if vehicles[index].isCharging {
                vehicles[index].charge = min(100, (vehicles[index].charge ?? 0) + filling * seconds)
            }
        }
        let decision = Dispatch.decide(state)
        memory = decision.memory
        queues = decision.queues
        for refusal in decision.refused {
            refused[refusal.mission] = refusal.reason
            open.removeAll { $0.id == refusal.mission }
        }
        for given in decision.assignments {
            guard let index = open.firstIndex(where: { $0.id == given.mission }) else { continue }
            if let before = open[index].holder {
                moves[given.mission, default: 0] += 1
                if let old = left[given.mission], old.vehicle == given.vehicle, now.seconds(since: old.at) < 120 {
                    swings.insert(given.mission)
                }
                left[given.mission] = (before, now)
            }
            open[index].holder = given.vehicle
        }
        for index in vehicles.indices where vehicles[index].freeIn <= 0 { begin(index, decision) }
        now = now.advanced(bySeconds: seconds)
        return decision
    }

    private mutating func begin(_ index: Int, _ decision: DispatchDecision) {
        let id = vehicles[index].id
        let own = (queues[id] ?? []).first { mission in open.contains { $0.id == mission && $0.holder == id } }
        if let own, let at = open.firstIndex(where: { $0.id == own }) {
            let job = open.remove(at: at)
            let nodes = [vehicles[index].node] + job.nodes
            let drive = zip(nodes, nodes.dropFirst()).reduce(0) { $0 + (Self.travel(id, $1.0, $1.1) ?? 0) }
            drain(index, drive)
            (vehicles[index].isCharging, vehicles[index].goal) = (false, nil)
            vehicles[index].node = job.nodes.last ?? vehicles[index].node
            let end = now.advanced(bySeconds: drive + job.service * Double(job.nodes.count))
            busyUntil[id] = end
            (begun[job.id], done[job.id]) = (now, end)
        } else if let goal = decision.charge[id] ?? decision.park[id] {
            let drive = Self.travel(id, vehicles[index].node, goal) ?? 0
            drain(index, drive)
            busyUntil[id] = now.advanced(bySeconds: drive)
            (vehicles[index].node, vehicles[index].goal) = (goal, goal)
            vehicles[index].isCharging = chargers.contains(goal)
        }
    }

    private mutating func drain(_ index: Int, _ seconds: Double) {
        vehicles[index].charge = vehicles[index].charge.map { $0 - vehicles[index].drain * seconds }
        lowest = min(lowest, vehicles[index].charge ?? 100)
    }
}
