import Record

/// A vehicle of the fleet: maker and serial number, as VDA 5050 names it.
struct VehicleID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Who made it.
    let manufacturer: String
    /// Its number, unique for the maker.
    let serial: String

    /// The thing of the Twin, and how tables name it: `maker-serial`, both in small letters.
    var thing: ThingID { ThingID(description.lowercased()) }
    var description: String { "\(manufacturer)-\(serial)" }
    static func < (one: Self, other: Self) -> Bool { one.description < other.description }
}

/// What a vehicle is asked to drive: the whole way it is known to have before it, and how much of that is released.
/// Whoever talks to vehicles turns successive routes of one `order` into updates by stitching.
struct Route: Sendable, Hashable {
    /// VDA 5050 `orderId`: one for each leg of a mission (drive to a stop and do what is to be done there).
    var order: String
    /// The site.
    var site: String
    /// The nodes from where the vehicle stands, each with the edge that leads to it (nil for the first).
    var steps: [Step]
    /// How many of the steps, from the first, are released (VDA 5050 base); the others are the horizon.
    var released: Int
    /// A number that only grows, of the journal's entry for this release: a gateway publishes none below one it has published.
    var fence: Int64

    /// One node of the way.
    struct Step: Sendable, Hashable {
        /// VDA 5050 `sequenceId` of the node: even, growing along the order; the edge before it has the odd number below.
        var sequence: Int
        var node: String
        var edge: String?
        var map: String
        var x: Double, y: Double
        /// The most that may be driven towards it, m/s.
        var speed: Double?
        var actions: [RouteAction] = []
    }
}

/// What a vehicle does at a node.
struct RouteAction: Sendable, Hashable {
    /// VDA 5050 `actionId`, the same however often the order is sent.
    var id: String
    /// `pick`, `drop`, `startCharging`, `stopCharging`, `waitForTrigger`, `openLift` … as the factsheet offers.
    var type: String
    /// Parameters by key.
    var parameters: [String: JSON] = [:]
}

/// What a vehicle says of itself, whichever version it speaks; from its last valid state.
struct VehicleReport: Sendable, Hashable {
    var vehicle: VehicleID
    /// When it was said by the vehicle's clock, and when it came.
    var said: Timestamp, came: Timestamp
    /// The order it drives; empty where it has none.
    var order: String = ""
    var orderUpdate: Int = 0
    /// The last node it reached, empty where it is on none that it knows; and that node's sequence in the order.
    var lastNode: String = ""
    var lastSequence: Int = 0
    /// Where it is, where it knows.
    var position: Position?
    var isDriving = false
    var isPaused = false
    /// Whether the vehicle says at all whether it is paused (optional in 2.1): else `isPaused` says nothing.
    var isPauseKnown = true
    /// How many nodes of the order are still before it (released and not).
    var nodesAhead: Int = 0
    /// How its actions stand: WAITING, INITIALIZING, RUNNING, PAUSED, FINISHED, FAILED (3.0 also RETRIABLE), by action id.
    var actions: [String: String] = [:]
    /// Charge of the battery, 0…100; nil where unknown.
    var charge: Double?
    var isCharging = false
    /// AUTOMATIC, SEMIAUTOMATIC, MANUAL …
    var mode: String = "AUTOMATIC"
    var emergencyStop = false
    var errors: [VehicleError] = []
    /// m/s, where the vehicle says it.
    var speed: Double?
    /// Whether it can be counted on; whatever is not ``Presence/here`` is unknown and never safe.
    var presence: Presence = .here
    /// The order is wholly done: no way before it, nothing left to do, and nothing of it unreleased.
    var isOrderDone = false
    /// How many seconds the vehicle's clock stands behind ours; negative where ahead.
    var skew: Double = 0

    /// How a vehicle stands to us.
    enum Presence: String, Sendable, Hashable, CaseIterable {
        /// Nothing was heard of it since this process began.
        case unheard
        case here
        /// Its last state is too old to say anything.
        case silent
        /// It signed off.
        case offline
        /// It was cut off: its last will came.
        case broken
        /// It sleeps and says nothing (3.0).
        case asleep
        /// Two speak under its name: nothing is believed until a person decides.
        case contested
    }

    struct Position: Sendable, Hashable {
        var map: String
        var x: Double, y: Double, heading: Double
        var isLocalised: Bool = true
    }

    /// A fault a vehicle reports.
    struct VehicleError: Sendable, Hashable {
        var type: String
        /// WARNING, URGENT, CRITICAL or FATAL.
        var level: String
        var text: String?
    }
}
