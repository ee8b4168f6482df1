import Record

/// One site being conducted: who stands where, what is released to whom, and what is to be sent. It decides and does nothing:
/// whoever holds it hands in what vehicles say and what people want, journals what it would release, and only then sends it.
struct SiteRun {
    /// The site as vehicles drive by it now; a new edition waits until all stand.
    var site: CompiledSite
    var next: CompiledSite?
    var execution: Execution
    var planner: Planner
    var crews: [VehicleID: Crew] = [:]
    var gates: [String: Gate]
    /// What may not be driven over now, and what that was at the last plan.
    var closed: Set<Int32> = []
    /// For whom what was planned last, and when.
    var goals: [Int32: Int32] = [:]
    var planned: Timestamp?
    /// Whether the plan is one long manoeuvre, which helps nobody before its end.
    var isWhole = false
    /// When work was given out last, and what was decided: who does what next, charges or waits where.
    var dispatched: Timestamp?
    var memory = DispatchMemory()
    var queues: [VehicleID: [String]] = [:]
    var charging: [VehicleID: String] = [:]
    var chargeRound: [VehicleID: Int] = [:]
    var parking: [VehicleID: String] = [:]
    /// Whose number is which; numbers are given once.
    private var names: [VehicleID] = []

    /// How many steps are planned, and how many nodes a vehicle has before it at most.
    static let window = 32
    static let ahead = 5
    /// After how many seconds a plan is made again although nothing has changed: somebody may have got stuck.
    static let renewal = 5.0

    /// What is to be done.
    enum Effect: Sendable, Hashable {
        /// To be journaled, then sent.
        case drive(VehicleID, Route)
        case cancel(VehicleID, order: String)
        case instant(VehicleID, RouteAction)
        /// An errand's end is reached and its actions are done.
        case arrived(VehicleID, errand: String)
        /// An action of the errand failed at the vehicle.
        case failed(VehicleID, errand: String, actions: [String])
        case gate(String, Gate.Effect)
        /// No open way leads to an errand's goal.
        case unreachable(VehicleID, errand: String)
        /// A mission moves on.
        case mission(MissionMove)
        /// A person must see to a vehicle.
        case help(VehicleID, Crew.Need)
    }

    init(_ site: CompiledSite) {
        self.site = site
        let ways = Ways(site.roadmap)
        execution = Execution(ways)
        planner = Planner(ways)
        gates = Self.gates(of: site)
    }

    private static func gates(of site: CompiledSite) -> [String: Gate] {
        var gates: [String: Gate] = [:]
        for lift in site.plan.lifts { gates[lift.id] = Gate(id: lift.id, patience: lift.patience) }
        for door in site.plan.doors { gates[door.id] = Gate(id: door.id, patience: door.patience) }
        return gates
    }

    /// Takes a vehicle on, as the journal knew it or as new.
    mutating func enrol(_ vehicle: VehicleID, _ memory: CrewMemory? = nil) {
        guard crews[vehicle] == nil else { return }
        var crew = Crew(vehicle: vehicle, index: Int32(names.count))
        names.append(vehicle)
        crew.orders = memory?.orders ?? 0
        if let memory {
            let nodes = memory.nodes.compactMap { site.number($0) }
            if nodes.count == memory.nodes.count, !nodes.isEmpty {
                execution.restore(crew.index, Execution.Hold(steps: memory.steps, nodes: nodes, isLost: true))
                crew.drive = memory.drive
                crew.done = memory.done
                crew.isPaused = memory.isPaused
            }
        }
        crews[vehicle] = crew
    }

    /// Takes a vehicle away that a person says is no longer here.
    mutating func dismiss(_ vehicle: VehicleID) {
        guard let crew = crews.removeValue(forKey: vehicle) else { return }
        execution.remove(crew.index)
    }

    /// What must be known of a vehicle after a restart.
    func memory(of vehicle: VehicleID) -> CrewMemory? {
        guard let crew = crews[vehicle], let hold = execution.holds[crew.index] else { return nil }
        return CrewMemory(
            steps: hold.steps, nodes: hold.nodes.map { site.name($0) }, drive: crew.drive, orders: crew.orders,
            done: crew.done, isPaused: crew.isPaused)
    }

    /// Who a number is; nil where that vehicle was taken away.
    func vehicle(_ index: Int32) -> VehicleID? {
        let vehicle = names[Int(index)]
        return crews[vehicle]?.index == index ? vehicle : nil
    }

    /// A new edition of the site: nothing more is released until all stand, then it holds.
    mutating func change(to site: CompiledSite) { next = site }

    /// Puts the new edition in force once nobody drives.
    mutating func changeOver() -> [Effect] {
        guard let next, crews.values.allSatisfy({ $0.drive == nil && $0.cancelling == nil }) else { return [] }
        let old = (site: site, execution: execution)
        site = next
        self.next = nil
        let ways = Ways(site.roadmap)
        execution = Execution(ways)
        planner = Planner(ways)
        gates = Self.gates(of: site).merging(gates) { fresh, known in known.patience == fresh.patience ? known : fresh }
            .filter { gate in
                site.plan.lifts.contains { $0.id == gate.key } || site.plan.doors.contains { $0.id == gate.key }
            }
        goals = [:]
        var effects: [Effect] = []
        for crew in crews.values.sorted(by: { $0.index < $1.index }) {
            guard let hold = old.execution.holds[crew.index], let node = hold.nodes.first else { continue }
            guard let number = site.number(old.site.name(node)) else {
                effects += help(crew.vehicle, .moved)
                continue
            }
            execution.place(crew.index, at: number)
            if hold.isLost { execution.lose(crew.index) }
        }
        return effects
    }
}

/// What the journal keeps of a vehicle: what it holds and which order it drives.
struct CrewMemory: Sendable, Hashable {
    var steps: Int
    var nodes: [String]
    var drive: Crew.Drive?
    var orders: Int
    var done: String?
    var isPaused = false

    init(steps: Int, nodes: [String], drive: Crew.Drive?, orders: Int, done: String?, isPaused: Bool) {
        self.steps = steps
        self.nodes = nodes
        self.drive = drive
        self.orders = orders
        self.done = done
        self.isPaused = isPaused
    }

    /// Of a vehicle of which nothing is known but that no order was numbered above a fence.
    init(after fence: Int64) {
        self.init(steps: 0, nodes: [], drive: nil, orders: Int(fence), done: nil, isPaused: false)
    }

    /// As the journal carries it.
    var json: JSON {
        var members: [String: JSON] = [
            "steps": .decimal(Int64(steps)), "nodes": .array(nodes.map { .string($0) }),
            "orders": .decimal(Int64(orders)), "paused": .bool(isPaused),
        ]
        if let done { members["done"] = .string(done) }
        if let drive {
            var order: [String: JSON] = ["id": .string(drive.id), "base": .decimal(Int64(drive.base))]
            order["last"] = .bool(drive.isLast)
            if let errand = drive.errand { order["errand"] = .string(errand) }
            members["drive"] = .object(order)
        }
        return .object(members)
    }

    /// Reads what the journal carries; nil where it is another.
    init?(_ json: JSON) {
        guard let steps = json["steps"]?.integer, let nodes = json["nodes"]?.elements?.compactMap(\.text),
            let orders = json["orders"]?.integer
        else { return nil }
        var drive: Crew.Drive?
        if let id = json["drive"]?["id"]?.text, let base = json["drive"]?["base"]?.integer {
            drive = Crew.Drive(
                id: id, base: Int(base), errand: json["drive"]?["errand"]?.text,
                isLast: json["drive"]?["last"]?.bool ?? false)
        }
        self.init(
            steps: Int(steps), nodes: nodes, drive: drive, orders: Int(orders), done: json["done"]?.text,
            isPaused: json["paused"]?.bool ?? false)
    }
}
