import Record

/// One vehicle as fleet control deals with it: takes routes and messages, gives messages and news. Pure: whoever holds it
/// does what the effects say, in their order, and hands in the time.
struct VehicleSession: Sendable {
    let vehicle: VehicleID
    /// Under which topics it is spoken to; follows the vehicle's own.
    var address: VDAAddress
    /// The order it was sent last; nil where none is open.
    var sent: SentOrder?
    /// The route that is to be published as soon as it may be.
    var pending: Route?
    /// The cancellation that is waited for.
    var cancelling: Cancelling?
    /// Orders that were called off or are over, the last ones: what is still under way for them is not begun anew.
    var over: [String] = []
    /// Whether it was told to pause: no order is sent again before it may go on.
    var isHeld = false
    /// Actions at once whose end the vehicle has not told yet.
    var instants: [String: Instant] = [:]
    /// The highest fence that was published or asked for.
    var fence: Int64 = 0
    /// The last state that was believed.
    var state: VDAState?
    var report: VehicleReport?
    var presence: VehicleReport.Presence = .unheard
    var watch = SenderWatch()
    /// How two senders gave themselves away, while nobody has decided.
    var contest: SenderWatch.Contest?
    var factsheet: VDAFactsheet?
    /// When the factsheet was last asked for.
    var greeted: Timestamp?
    /// What it carried at most by the factsheet of an earlier start, kg.
    var lastLoad: Double?
    /// Faults that are open.
    var faults: [String: OpenFault] = [:]
    /// What was heard and not believed, by why.
    var ignored: [String: Int] = [:]
    /// The last clocks' differences, in seconds.
    var skews: [Double] = []
    /// When the vehicle last came on.
    var progressed: Timestamp?
    /// When an order last left.
    var published: Timestamp?
    /// Requests of the vehicle that stand, by what they were answered (3.0).
    var answered: [String: Answer] = [:]
    /// The zones of its site (3.0).
    var zones = ZoneTelling()
    /// It was found on a node that is not on its way; over with the next order.
    var wasMoved = false
    /// An order was sent in vain; over with the next one taken.
    var wasIgnored = false
    /// Counts of messages sent, by topic.
    var headers: [VDATopic: Int64] = [:]
    var patience = Patience()

    struct Cancelling: Sendable, Hashable {
        var order: String
        var action: String
        var sent: Timestamp
        var attempts = 1
        /// Whether anybody asked for it, who is told of its end; else it only makes room for another order.
        var isAsked: Bool
    }

    struct Instant: Sendable, Hashable {
        var action: VDAAction
        var sent: Timestamp
        var attempts = 1
        /// Whether the vehicle lists it: then it is not sent again.
        var isShown = false
    }

    struct OpenFault: Sendable, Hashable {
        var level: String
        var text: String?
        /// When it was last there.
        var seen: Timestamp
    }

    /// How long is waited, in seconds.
    struct Patience: Sendable, Hashable {
        /// A vehicle speaks at least every 30 s (VDA 5050), and a message may be 3 s under way; one that does not is unknown.
        var silence = 33.0
        /// The first wait for a vehicle to take an order; doubles with each attempt.
        var answer = 4.0
        var attempts = 6
        /// As long a vehicle may stand with a way before it.
        var standstill = 60.0
        /// As long a fault must be gone to be over.
        var relapse = 10.0
        /// As long a grant holds that is not renewed.
        var grant = 30.0
        /// A factsheet that did not come is asked for again after so long.
        var greeting = 30.0
        /// The clocks may differ by so much.
        var skew = 5.0
    }

    /// What is to be done, in order.
    enum Effect: Sendable, Hashable {
        /// To be made durable before anything after it leaves.
        case keep(SentOrder?)
        case send(VDATopic, JSON)
        case tell(FleetNews)
        case faulted(String, level: String, text: String?)
        case recovered(String)
    }

    init(_ vehicle: VehicleID, version: VDAVersion, resuming sent: SentOrder? = nil, fence: Int64 = 0) {
        self.vehicle = vehicle
        address = VDAAddress(vehicle, version: version)
        self.sent = sent
        self.fence = max(fence, sent?.fence ?? 0)
    }

    /// Whether orders may be sent now: the vehicle is itself, and can go on by itself.
    var takesOrders: Bool { contest == nil && presence == .here && report?.isReadyToDrive == true }

    /// The next message of a topic.
    mutating func header(_ topic: VDATopic, at now: Timestamp) -> VDAHeader {
        // Begun from the clock, so that a vehicle never sees our count go back when this process begins anew.
        let id = headers[topic].map { $0 + 1 } ?? now.milliseconds / 100 % 4_000_000_000
        headers[topic] = id
        return VDAHeader(id: id, said: now)
    }

    /// Notes that nothing more is to be sent for an order.
    mutating func close(_ order: String) {
        guard !over.contains(order) else { return }
        over = Array((over + [order]).suffix(32))
    }

    mutating func count(_ why: String) { ignored[why, default: 0] += 1 }

    /// Takes over what is known of the vehicle from whoever spoke to it before: what was sent last, and its open faults.
    /// What the vehicle itself has said meanwhile stays.
    mutating func resume(_ order: SentOrder?, fence: Int64, faults rows: [VehicleFaultRow], at now: Timestamp) {
        sent = order
        (pending, cancelling, instants) = (nil, nil, [:])
        self.fence = max(self.fence, fence, order?.fence ?? 0)
        faults = Dictionary(
            rows.map { ($0.fault, OpenFault(level: $0.level, text: $0.text, seen: now)) }, uniquingKeysWith: { $1 })
        // Two under one name were seen, and no person has decided: nothing is believed before.
        if let row = rows.first(where: { $0.fault == "contested" }) {
            contest = row.text.flatMap { SenderWatch.Contest(rawValue: $0) } ?? .counters
            _ = become(.contested)
        }
    }

    /// Another node speaks to the vehicle from now on: this one only listens.
    mutating func rest() { (sent, pending, cancelling, instants) = (nil, nil, nil, [:]) }

    /// A person has decided who speaks under this name: everything is heard anew.
    mutating func settle() {
        contest = nil
        watch = SenderWatch()
        presence = .unheard
        state = nil
    }
}

extension VDAState {
    /// Whether fleet control drives it; in every other mode a person does.
    var drivesItself: Bool { mode == "AUTOMATIC" || mode == "SEMIAUTOMATIC" }
}
