import Record

/// Something to be brought, fetched, looked after: what people ask of the fleet.
struct Mission: Sendable, Hashable {
    /// The stream `mission/…`.
    var id: String
    var kind: Kind
    /// The site it is in.
    var site: String
    /// Where it goes, in order; each is one order of a vehicle.
    var stops: [Stop]
    var priority: Priority
    /// When it is wanted.
    var deadline: Timestamp?
    /// What is carried, in words; personal content is not among it.
    var items: String = ""
    /// Kilograms, where known.
    var load: Double?
    /// Who asked, and whose it is.
    var scope: Scope
    var asked: Timestamp
    var state: State = .asked
    /// The vehicle it was given to.
    var vehicle: VehicleID?
    /// Index of the stop that is being driven to.
    var leg: Int = 0
    /// Whether the vehicle stands at that stop.
    var isAtStop = false
    /// Whether what was to be done there is done: then the next leg may begin.
    var isServed = false

    enum Kind: String, Sendable, Hashable, CaseIterable { case deliver, fetch, patrol, round }

    /// Clinical before everything; food and parcels wait.
    enum Priority: Int, Sendable, Hashable, Comparable, CaseIterable {
        case clinical = 0, urgent, normal, low
        static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    enum State: String, Sendable, Hashable, CaseIterable {
        /// Asked for, with nobody yet who drives it.
        case asked
        /// A vehicle has it.
        case assigned
        /// It is being driven.
        case underway
        /// It waits at a stop for somebody (hand-over, code, badge, an answer).
        case waiting
        case completed, cancelled, failed
    }

    /// One stop.
    struct Stop: Sendable, Hashable {
        /// The node.
        var node: String
        var task: Task
        /// How the hand-over is confirmed.
        var proof: Proof = .none
        /// How long somebody is waited for, in seconds, before a person is called.
        var patience: Double = 180
        /// Who puts goods aboard, where some are.
        var loading: Loading = .automatic

        enum Task: String, Sendable, Hashable, CaseIterable { case pick, drop, visit, look }
        enum Loading: String, Sendable, Hashable, CaseIterable {
            /// A conveyor, or the vehicle itself.
            case automatic
            /// A person, who says when it is done.
            case person
        }
        enum Proof: String, Sendable, Hashable, CaseIterable {
            case none
            /// Digits that only the recipient was told.
            case code
            /// A badge that Access knows.
            case badge
        }
    }
}
