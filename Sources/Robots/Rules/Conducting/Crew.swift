import Record

/// What a vehicle is to do next, as whoever gives out work says it.
struct Errand: Sendable, Hashable {
    /// Stays the same as long as the same is asked: `mission/…#leg`, `charge/…`.
    let id: String
    /// Where it is done.
    let goal: Int32
    /// What the vehicle does there.
    var actions: [RouteAction] = []
    /// Who goes first: smaller ones before greater ones.
    var rank: Int32 = 2

    /// What it is a part of: the legs of a mission are one work, and keep its turn.
    var work: String { id.split(separator: "#").first.map(String.init) ?? id }
}

/// One vehicle as a site conducts it.
struct Crew: Sendable {
    let vehicle: VehicleID
    /// Its number in the planner and the execution.
    let index: Int32
    /// What it last said.
    var report: VehicleReport?
    /// The order it drives; nil while it stands with nothing open.
    var drive: Drive?
    /// How many orders it was given: orders' names are never used twice.
    var orders = 0
    /// The errand whose end was told, and the one at whose end an action failed.
    var done: String?
    var failed: String?
    /// The order whose cancelling is waited for, and since when.
    var cancelling: String?
    var cancelled: Timestamp?
    /// Whether it was told to pause; when that, or to go on, was said last, and how often in a row.
    var isPaused = false
    var pauseSent: Timestamp?
    var pauses = 0
    /// Whether it said that it does not pause, or never answered.
    var isDeaf = false
    /// How fast its battery empties.
    var discharge = Discharge()
    /// Whether it is somewhere else than it was left, or nobody knows where.
    var isAstray = false
    /// The errand for which it was told to leave the charger.
    var unplugged: String?
    /// How often in a row its orders were refused; it is left alone when that does not end.
    var refusals = 0
    /// For what a person was called; the call stands until there is no need any more.
    var called: Need?
    /// What it is doing, and since when.
    var errand: String?
    var since: Timestamp?

    /// Why a person must see to a vehicle.
    typealias Need = RobotCall.Kind

    /// An order being driven.
    struct Drive: Sendable, Hashable {
        let id: String
        /// The number of steps in the execution at which its sequence 0 lies.
        let base: Int
        /// What it is driven for; nil for parking.
        let errand: String?
        /// Whether the goal with its actions was released: then the vehicle stays there until they are done.
        var isLast = false
    }

    /// How often an order may be refused in a row before a person is called.
    static let patience = 3
    /// How long the confirmation of a cancelling is waited for before a person is called, in seconds.
    static let grace = 30.0

    /// Whether it may be sent anywhere now.
    var isReady: Bool {
        guard let report, report.isReadyToDrive, refusals < Self.patience, cancelling == nil else { return false }
        return !isAstray && !report.errors.contains { $0.level == "FATAL" || $0.level == "CRITICAL" }
    }
}

extension VehicleReport {
    /// Whether orders move it, and nobody's hand.
    var drivesItself: Bool { mode == "AUTOMATIC" || mode == "SEMIAUTOMATIC" }
}
