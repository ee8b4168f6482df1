import Record

/// Tells a vehicle's messages in order, doubled, late or after a restart, and whether two speak under one name.
struct SenderWatch: Sendable, Hashable {
    /// What was heard last.
    private(set) var last: Heard?
    /// Where the count stood before the sender last began anew.
    private var former: Heard?
    /// The last two places, newest last.
    private var places: [Place] = []
    /// Messages that all seem late but follow one another: a sender whose clock was set back.
    private var lateRun: [Heard] = []
    private var connection: VDAHeader?
    /// Where the count stood when a second ONLINE came without a goodbye before it.
    private var doubt: Heard?

    struct Heard: Sendable, Hashable {
        var header: VDAHeader
        var came: Timestamp
    }

    private struct Place: Sendable, Hashable {
        var position: VehicleReport.Position
        var came: Timestamp
    }

    enum Verdict: Sendable, Hashable {
        case fresh, duplicate, late, restarted
        case contested(Contest)
    }

    /// How two senders gave themselves away.
    enum Contest: String, Sendable, Hashable, CaseIterable {
        /// Two counts of messages run beside each other.
        case counters
        /// It is in two places in turn.
        case places
        /// Another signed on while this one went on speaking.
        case connections
    }

    /// How many messages may be missing between two of one count, for them to be one count.
    private static let gap: Int64 = 64
    /// How long two counts are held against each other, in seconds.
    private static let memory = 120.0
    /// Faster than any of our vehicles drives, m/s.
    private static let impossible = 8.0

    /// What a state is worth; only a fresh one, or the first after a restart, may be believed.
    mutating func judge(_ header: VDAHeader, _ position: VehicleReport.Position?, came: Timestamp) -> Verdict {
        let verdict = order(header, came)
        guard verdict == .fresh || verdict == .restarted else { return verdict }
        lateRun = []
        if let position, position.isLocalised, isInTwoPlaces(position, came) { return .contested(.places) }
        last = Heard(header: header, came: came)
        return verdict
    }

    private mutating func order(_ header: VDAHeader, _ came: Timestamp) -> Verdict {
        guard let last else { return .fresh }
        if let doubt {
            self.doubt = nil
            if header.id > doubt.header.id, header.id <= doubt.header.id + Self.gap, header.said > doubt.header.said {
                return .contested(.connections)
            }
        }
        if header.id == last.header.id {
            if header.said == last.header.said { return .duplicate }
            return header.said > last.header.said ? .fresh : .late
        }
        if header.id > last.header.id {
            guard let former, came.seconds(since: former.came) < Self.memory, former.header.id > last.header.id,
                abs(header.id - former.header.id) <= Self.gap
            else { return .fresh }
            // It follows the count from before the restart: said before that it is late, said after it is another's.
            return header.said > last.header.said ? .contested(.counters) : .late
        }
        // The count is 32 bits wide and begins anew when they are used up.
        if last.header.id > 4_294_000_000, header.id < 1000 { return .fresh }
        guard header.said > last.header.said else { return late(header, came) }
        former = last
        return .restarted
    }

    /// A single message that is behind in count and clock is late. A row of them, with nothing else between and seconds
    /// apart, comes from a sender that began anew with its clock set back.
    private mutating func late(_ header: VDAHeader, _ came: Timestamp) -> Verdict {
        if let end = lateRun.last, header.id <= end.header.id { lateRun = [] }
        lateRun.append(Heard(header: header, came: came))
        guard lateRun.count >= 3, let first = lateRun.first, came.seconds(since: first.came) >= 2 else { return .late }
        former = last
        return .restarted
    }

    /// Whether the vehicle was here, there and here again faster than it can drive. One jump alone is a vehicle that was
    /// carried, or found its place again.
    private mutating func isInTwoPlaces(_ position: VehicleReport.Position, _ came: Timestamp) -> Bool {
        let here = Place(position: position, came: came)
        defer { places = Array((places + [here]).suffix(2)) }
        guard places.count == 2, came.seconds(since: places[0].came) < 30 else { return false }
        return Self.jumps(places[0], places[1]) && Self.jumps(places[1], here) && !Self.jumps(places[0], here)
    }

    private static func jumps(_ one: Place, _ other: Place) -> Bool {
        guard one.position.map == other.position.map else { return false }
        let (x, y) = (one.position.x - other.position.x, one.position.y - other.position.y)
        let seconds = abs(other.came.seconds(since: one.came))
        return (x * x + y * y).squareRoot() > 3 + impossible * seconds
    }

    /// Notes a word about the connection.
    /// - Returns: whether it says something new.
    mutating func connect(_ state: VDAConnection, _ header: VDAHeader, wasOnline: Bool, came: Timestamp) -> Bool {
        // A will was written when its connection began, so its clock and count say nothing, and may be those of the
        // sign-on itself.
        guard state != .broken else { return true }
        let before = connection
        if let before, before == header { return false }
        connection = header
        if state == .online, wasOnline, let before, header.id != before.id + 1, let last,
            came.seconds(since: last.came) < 5
        {
            doubt = last
        }
        return true
    }
}
