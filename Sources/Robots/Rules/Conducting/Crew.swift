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
    /// The errand whose end was told.
    var done: String?
    /// The order whose cancelling is waited for.
    var cancelling: String?
    /// Whether it was told to pause.
    var isPaused = false
    var pauseSent: Timestamp?
    /// The errand for which it was told to leave the charger.
    var unplugged: String?
    /// How often in a row its orders were refused; it is left alone when that does not end.
    var refusals = 0
    /// For what a person was called last; it is not said again before it drives on.
    var called: Need?
    /// What it is doing, and since when.
    var errand: String?
    var since: Timestamp?

    /// Why a person must see to a vehicle.
    enum Need: String, Sendable, Hashable {
        /// It refuses its orders again and again.
        case refused
        /// It stands inside a place that was closed.
        case inside
        /// It was moved out of the site, or stands where the site has no place.
        case moved
    }

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

    /// Whether it may be sent anywhere now.
    var isReady: Bool {
        guard let report, report.presence == .here, refusals < Self.patience, cancelling == nil else { return false }
        return !report.emergencyStop && (report.mode == "AUTOMATIC" || report.mode == "SEMIAUTOMATIC")
    }
}
