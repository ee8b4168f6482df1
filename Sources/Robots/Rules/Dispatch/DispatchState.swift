import Record

/// All that matching looks at: what is free, what is asked for, and how long ways take. Times are seconds.
struct DispatchState: Sendable {
    var now: Timestamp
    var vehicles: [DispatchVehicle]
    /// The missions that were not started yet, whether somebody has them or not.
    var jobs: [DispatchJob]
    /// Where vehicles charge, and where they may wait out of the way; by node.
    var chargers: [String] = []
    var refuges: [String] = []
    /// How many missions are expected in the next hour: ``MissionTable/forecast(site:at:in:)``.
    var forecast: Double = 0
    /// Whose turn it is; handed back by each decision.
    var memory = DispatchMemory()
    /// How long a vehicle drives from node to node now; nil where it cannot.
    var travel: @Sendable (VehicleID, String, String) -> Double?
    /// The same with nothing closed: what is unreachable here is so for good.
    var ever: @Sendable (VehicleID, String, String) -> Double?

    /// - Parameter ever: `travel` where nil.
    init(
        now: Timestamp, vehicles: [DispatchVehicle], jobs: [DispatchJob], chargers: [String] = [],
        refuges: [String] = [], forecast: Double = 0, memory: DispatchMemory = DispatchMemory(),
        travel: @escaping @Sendable (VehicleID, String, String) -> Double?,
        ever: (@Sendable (VehicleID, String, String) -> Double?)? = nil
    ) {
        self.now = now
        self.vehicles = vehicles
        self.jobs = jobs
        self.chargers = chargers
        self.refuges = refuges
        self.forecast = forecast
        self.memory = memory
        self.travel = travel
        self.ever = ever ?? travel
    }
}

/// A vehicle as matching sees it.
struct DispatchVehicle: Sendable, Hashable {
    var id: VehicleID
    /// Where it is, or will be when it is free.
    var node: String
    /// In how many seconds it is free; 0 where it is.
    var freeIn: Double = 0
    /// Whether it may be given work: not held, not driven by hand, no fault, connected.
    var isAvailable = true
    /// Whether somebody is waited for who did not come, or goods must come out of it first: nobody knows when it is free.
    var isOccupied = false
    /// Whether nobody knows where it is: then what a person gave to it may go to another.
    var isLost = false
    /// Per cent; nil where unknown, and then it gets no work.
    var charge: Double?
    var isCharging = false
    /// The charger or refuge it stands at or drives to, where it does.
    var goal: String?
    /// What it may carry by its factsheet, kg; nil where unknown.
    var load: Double?
    /// The actions of its factsheet; nil where unknown.
    var actions: Set<String>?
    /// Per cent of the battery that a second of driving takes: as measured (``Discharge``), else what is usual.
    var drain: Double = Discharge.usual
}

/// A mission as matching sees it.
struct DispatchJob: Sendable, Hashable {
    var id: String
    /// The nodes it goes to, in order.
    var nodes: [String]
    var priority: Mission.Priority
    var deadline: Timestamp?
    var asked: Timestamp
    /// Whose turn it counts as.
    var sender: String
    var load: Double?
    /// Actions that a vehicle must be able to do.
    var actions: Set<String> = []
    /// How long each stop takes, in seconds.
    var service: Double = 30
    /// Who has it already.
    var holder: VehicleID?
    /// Whether a person gave it to its holder: it stays there until a person changes that, or the vehicle is lost.
    var isChosen = false

    init(
        id: String, nodes: [String], priority: Mission.Priority = .normal, deadline: Timestamp? = nil,
        asked: Timestamp, sender: String, load: Double? = nil, actions: Set<String> = [], service: Double = 30,
        holder: VehicleID? = nil, isChosen: Bool = false
    ) {
        self.id = id
        self.nodes = nodes
        self.priority = priority
        self.deadline = deadline
        self.asked = asked
        self.sender = sender
        self.load = load
        self.actions = actions
        self.service = service
        self.holder = holder
        self.isChosen = isChosen
    }

    /// A mission that was not started; nil where it was, or is over.
    init?(_ kept: MissionCase) {
        let mission = kept.mission
        guard mission.state == .asked || mission.state == .assigned else { return nil }
        let tasks = Set(mission.stops.map(\.task))
        self.init(
            id: mission.id, nodes: mission.stops.map(\.node), priority: mission.priority, deadline: mission.deadline,
            asked: mission.asked, sender: kept.sender, load: mission.load,
            actions: Set(tasks.compactMap { $0 == .pick ? "pick" : $0 == .drop ? "drop" : nil }),
            holder: mission.vehicle, isChosen: kept.isChosen)
    }
}

/// Whose turn it is (start-time fair queueing: Goyal, Vin, Cheng 1996): each mission gets a tag once, after its sender's last.
struct DispatchMemory: Sendable, Hashable {
    /// Seconds since 1970, by mission.
    var tags: [String: Double] = [:]
    /// The last tag given, by sender and priority class.
    var last: [String: Double] = [:]
    /// When a mission last moved from one vehicle to another, seconds since 1970.
    var moved: [String: Double] = [:]
}

/// What was decided.
struct DispatchDecision: Sendable {
    /// What changes hands: missions that get a vehicle, or another than they had.
    var assignments: [Assignment] = []
    /// What each vehicle is to do next, in order, as far as it is planned.
    var queues: [VehicleID: [String]] = [:]
    /// When each mission will be done, in seconds from now.
    var estimates: [String: Double] = [:]
    /// What can never be done here.
    var refused: [(mission: String, reason: MissionReason)] = []
    /// Why a mission waits.
    var waiting: [String: Wait] = [:]
    /// Missions whose vehicle cannot do them any more, while no other can now.
    var released: [String] = []
    /// Who charges, and where.
    var charge: [VehicleID: String] = [:]
    /// Who waits, and where.
    var park: [VehicleID: String] = [:]
    /// Who can no longer reach a charger: a person must help.
    var stranded: [VehicleID] = []
    var memory = DispatchMemory()

    struct Assignment: Sendable, Hashable {
        var vehicle: VehicleID
        var mission: String
        /// Its place among what the vehicle does next, from 0.
        var position: Int
        /// When it will be done, in seconds from now.
        var seconds: Double
    }

    /// Why a mission waits.
    enum Wait: String, Sendable, Hashable {
        /// Others come first.
        case turn
        /// No vehicle has the charge for it.
        case battery
        /// The way is closed now.
        case closed
        /// No vehicle may work now.
        case nobody
        /// Those there are wait for somebody, or have goods aboard that must come out first.
        case occupied

        /// What people read.
        var words: Words {
            switch self {
            case .turn: Words("앞선 일을 마치는 대로 로봇을 정합니다.", "A robot is chosen once what comes first is done.")
            case .battery: Words("충전된 로봇이 없습니다. 충전되는 대로 맡깁니다.", "No robot has the charge for it yet.")
            case .closed: Words("가는 길이 막혀 있습니다. 열리는 대로 맡깁니다.", "The way is closed. It goes once that opens.")
            case .nobody: Words("지금 일할 수 있는 로봇이 없습니다.", "No robot can work now.")
            case .occupied:
                Words(
                    "로봇이 모두 사람을 기다리거나 꺼내지 않은 물건을 싣고 있습니다. 비는 로봇이 생기면 도착 시각을 알려 드립니다.",
                    "All robots wait for somebody or have goods aboard. You are told a time once one is free.")
            }
        }
    }
}
