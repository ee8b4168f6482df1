import Record

/// A mission with all that is known of it: what it carries on paper, whom it is for, what was promised, how it stands.
struct MissionCase: Sendable, Hashable {
    var mission: Mission
    /// Whose turn it counts as, for fairness: a firm, or the room that asked.
    var sender: String
    /// What it is for in the room that asked: `order/…`.
    var purpose: String?
    /// Who asked: an author's text.
    var author: String
    /// What must stay cold.
    var cold: ColdLimit?
    /// When it is expected at the last stop, and by when in nine of ten cases.
    var promise: Promise?
    /// When that was said.
    var promised: Timestamp?
    /// Why nobody drives it yet: a ``DispatchDecision/Wait``.
    var waits: String?
    /// Who gave it to its vehicle: an author's text.
    var assignedBy: String?
    var started: Timestamp?
    /// Since when it stands at its stop.
    var arrived: Timestamp?
    /// When a person was last called to it, and why; nil once that is settled.
    var called: Timestamp?
    var callReason: String?
    /// When a person was called because it is late; not said twice.
    var lateCalled: Timestamp?
    var ended: Timestamp?
    var reason: String?
    /// How many wrong codes were entered at this stop.
    var mistakes = 0
    /// Whether it belongs to the sample.
    var isSample = false
    var secret = Secrets()

    var id: String { mission.id }
    /// Why nobody drives it yet, in words; nil where somebody does, or nothing is known.
    var waitWords: Words? {
        mission.state == .asked ? waits.flatMap { DispatchDecision.Wait(rawValue: $0)?.words } : nil
    }
    /// Whether it stands and nobody knows when it goes on: whoever is waited for did not come in time, or may not have it.
    var isStuckAtStop: Bool {
        guard mission.state == .waiting, let reason = callReason.flatMap({ MissionReason(rawValue: $0) }) else {
            return false
        }
        return [.nobody, .notLoaded, .tries, .cold, .coldUnknown].contains(reason)
    }
    /// Whether a person, or whoever acts for one from outside, chose its vehicle: then no rule chooses another.
    var isChosen: Bool {
        switch assignedBy.flatMap({ Author($0) }) {
        case .person, .machine: true
        default: false
        }
    }
    /// Its number without the kind of stream.
    var number: String { String(mission.id.dropFirst("mission/".count)) }

    /// What stands in the vault, and is nil once it is forgotten.
    struct Secrets: Sendable, Hashable {
        /// Whom it is for.
        var recipient: String?
        /// What more must be known: a ward's bed.
        var note: String?
        /// What is said at each visit, by the stop's index.
        var says: [Int: String] = [:]
        /// The recipient's link, and the digits that open it at the hand-over.
        var track: String?
        var digits: String?
        /// Whether the digits were shown to whoever asked.
        var isShown = false
    }
}

/// The most that what is carried may be warm, and what measures it.
struct ColdLimit: Sendable, Hashable {
    /// °C.
    var celsius: Double
    /// The sensor.
    var thing: ThingID
    /// Its property.
    var property: String
}

/// When it is expected, and by when in nine of ten cases.
struct Promise: Sendable, Hashable {
    var due: Timestamp
    var late: Timestamp
}
