import Record

/// One site being conducted: who stands where, what is released to whom, and what is to be sent. It decides and does nothing:
/// whoever holds it hands in what vehicles say and what people want, journals what it would release, and only then sends it.
struct SiteRun {
    /// The site as vehicles drive by it now; a new edition waits until all stand.
    var site: CompiledSite
    var next: CompiledSite?
    var execution: Execution
    var planner: Planner
    /// Ways with nothing closed, for what is asked for good; its tables stay while `planner`'s follow what is closed.
    var atlas: Planner
    var crews: [VehicleID: Crew] = [:]
    var gates: [String: Gate]
    /// What may not be driven over now, and what is being evacuated.
    var closed: Set<Int32> = []
    var closedWays: Set<CompiledSite.Way> = []
    var clearing: Set<Int32> = []
    /// Whether ways were cut since orders were looked at last.
    var isCut = false
    /// Whether the site was withdrawn: everybody comes to a stand, and nothing more is released.
    var isClosing = false
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
    var stranded: Set<VehicleID> = []
    /// To whose goals no open way led in the last plan.
    var unreachable: Set<VehicleID> = []
    /// Why each mission that nobody drives waited in the last round.
    var waiting: [String: DispatchDecision.Wait] = [:]
    /// When each mission was last expected to be done.
    var expected: [String: Timestamp] = [:]
    /// Whose number is which; numbers are given once.
    private var names: [VehicleID] = []

    /// How many steps are planned, and how many nodes a vehicle has before it at most.
    static let window = 32
    static let ahead = 5
    /// After how many seconds a plan is made again although nothing has changed: somebody may have got stuck.
    static let renewal = 5.0
    /// How far from its way a vehicle may be before it counts as lost, in metres; three of its radii where that is more.
    static let astray = 2.0

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
        /// A mission moves on.
        case mission(MissionMove)
        /// A person must see to a vehicle.
        case help(VehicleID, Crew.Need)
        /// Nobody needs to see to it any more.
        case resumed(VehicleID)
        /// It stands with nothing open: to be journaled.
        case stands(VehicleID)
    }

    init(_ site: CompiledSite) {
        self.site = site
        let ways = Ways(site.roadmap)
        execution = Execution(ways)
        planner = Planner(ways)
        atlas = Planner(ways)
        gates = Self.gates(of: site)
    }

    private static func gates(of site: CompiledSite) -> [String: Gate] {
        var gates: [String: Gate] = [:]
        for lift in site.plan.lifts { gates[lift.id] = Gate(id: lift.id, patience: lift.patience) }
        for door in site.plan.doors { gates[door.id] = Gate(id: door.id, patience: door.patience) }
        return gates
    }

    /// Takes a vehicle on, as the journal knew it or as new.
    /// - Parameter orders: a number above that of every order it was ever given, where the journal knows nothing of it.
    mutating func enrol(_ vehicle: VehicleID, _ memory: CrewMemory? = nil, orders: Int = 0) {
        guard crews[vehicle] == nil else { return }
        var crew = Crew(vehicle: vehicle, index: Int32(names.count))
        names.append(vehicle)
        crew.orders = memory?.orders ?? orders
        if let memory {
            let nodes = memory.nodes.compactMap { site.number($0) }
            if nodes.count == memory.nodes.count, !nodes.isEmpty {
                execution.restore(crew.index, Execution.Hold(steps: memory.steps, nodes: nodes, isLost: true))
                crew.drive = memory.drive
                crew.done = memory.done
                crew.failed = memory.failed
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
            done: crew.done, failed: crew.failed, isPaused: crew.isPaused)
    }

    /// Whether a vehicle drives an order and can be heard.
    func isDriving(_ vehicle: VehicleID) -> Bool {
        crews[vehicle].map { $0.drive != nil && execution.holds[$0.index]?.isLost == false } ?? false
    }

    /// The vehicles in the order of their numbers.
    var crewed: [Crew] { crews.values.sorted { $0.index < $1.index } }

    /// Whether nobody drives who could still be heard.
    var stands: Bool {
        crews.values.allSatisfy {
            ($0.drive == nil && $0.cancelling == nil) || execution.holds[$0.index]?.isLost == true
        }
    }

    /// Who a number is; nil where that vehicle was taken away.
    func vehicle(_ index: Int32) -> VehicleID? {
        let vehicle = names[Int(index)]
        return crews[vehicle]?.index == index ? vehicle : nil
    }

    /// A new edition of the site: nothing more is released until all stand, then it holds.
    mutating func change(to site: CompiledSite) { next = site }

    /// Puts the new edition in force once nobody drives. Whoever is lost keeps what it held, as far as the new edition has it.
    mutating func changeOver() {
        guard let next, stands else { return }
        let old = (site: site, execution: execution)
        site = next
        self.next = nil
        (closedWays, isCut) = ([], false)
        let ways = Ways(site.roadmap)
        execution = Execution(ways)
        planner = Planner(ways)
        atlas = Planner(ways)
        gates = Self.gates(of: site).merging(gates) { fresh, known in known.patience == fresh.patience ? known : fresh }
            .filter { gate in
                site.plan.lifts.contains { $0.id == gate.key } || site.plan.doors.contains { $0.id == gate.key }
            }
        goals = [:]
        for crew in crewed {
            guard var hold = old.execution.holds[crew.index] else { continue }
            let names = hold.nodes.map { old.site.name($0) }
            hold.nodes = names.compactMap { site.number($0) }
            if hold.nodes.count < names.count {
                hold.isLost = true
                crews[crew.vehicle]?.drive = nil
                crews[crew.vehicle]?.isAstray = true
            }
            execution.restore(crew.index, hold)
        }
    }
}
