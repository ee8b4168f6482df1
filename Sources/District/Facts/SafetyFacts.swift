public import Record

/// What Safety tells the other rooms: a hazard was accepted by a person, with its band of risk.
public struct HazardAccepted: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "safety.hazard.accepted"

    /// The hazard.
    public let hazard: String
    /// The thing or place it is at.
    public let thing: ThingID
    /// low, medium, high or severe.
    public let band: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let hazard = event.payload["hazard"]?.text,
            let thing = event.payload["thing"]?.text, let band = event.payload["band"]?.text
        else { return nil }
        self.hazard = hazard
        self.thing = ThingID(thing)
        self.band = band
    }
}

/// What Safety tells the other rooms: nobody and nothing may work or drive here until it is opened again.
public struct ZoneClosed: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "safety.zone.closed"

    /// The closure, which its opening names again.
    public let closure: String
    /// The thing or place that is closed, with all it holds.
    public let thing: ThingID
    /// hazard, stop-work, incident or emergency.
    public let reason: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let closure = event.payload["closure"]?.text,
            let thing = event.payload["thing"]?.text
        else { return nil }
        self.closure = closure
        self.thing = ThingID(thing)
        reason = event.payload["reason"]?.text ?? "hazard"
    }
}

/// What Safety tells the other rooms: a closure has ended, because what caused it was verified as mended.
public struct ZoneOpened: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "safety.zone.opened"

    /// The closure that ended.
    public let closure: String
    /// The thing or place.
    public let thing: ThingID

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let closure = event.payload["closure"]?.text,
            let thing = event.payload["thing"]?.text
        else { return nil }
        self.closure = closure
        self.thing = ThingID(thing)
    }
}

/// What Safety tells the other rooms: a worker stopped work because of urgent danger (OSH 52).
public struct WorkStopped: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "safety.work.stopped"

    /// The stop.
    public let stop: String
    /// The thing or place.
    public let thing: ThingID

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let stop = event.payload["stop"]?.text, let thing = event.payload["thing"]?.text
        else { return nil }
        self.stop = stop
        self.thing = ThingID(thing)
    }
}

/// What Safety tells the other rooms: an accident was reported; its records are held from then on (OSH 56(5)).
public struct IncidentReported: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "safety.incident.reported"

    /// The incident.
    public let incident: String
    /// The thing or place.
    public let thing: ThingID
    /// The firm whose place it is.
    public let firm: FirmID
    /// The firm that employs whoever came to harm.
    public let employer: FirmID

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let incident = event.payload["incident"]?.text,
            let thing = event.payload["thing"]?.text, let firm = event.payload["firm"]?.text
        else { return nil }
        self.incident = incident
        self.thing = ThingID(thing)
        self.firm = FirmID(firm)
        employer = FirmID(event.payload["employer"]?.text ?? firm)
    }
}

/// What Safety tells the other rooms: an emergency was declared somewhere, or a drill of one.
public struct EmergencyDeclared: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "safety.emergency.declared"

    /// The emergency.
    public let emergency: String
    /// The thing or place that is evacuated.
    public let thing: ThingID
    /// A drill is an exercise and must never leave as anything else.
    public let isDrill: Bool

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let emergency = event.payload["emergency"]?.text,
            let thing = event.payload["thing"]?.text, let drill = event.payload["drill"]?.bool
        else { return nil }
        self.emergency = emergency
        self.thing = ThingID(thing)
        isDrill = drill
    }
}

/// What Safety tells the other rooms: an emergency, or a drill of one, is over.
public struct EmergencyEnded: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "safety.emergency.cleared"

    /// The emergency.
    public let emergency: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let emergency = event.payload["emergency"]?.text else { return nil }
        self.emergency = emergency
    }
}

/// What Safety tells the other rooms: an action against a risk is late, and the next level of its firm was told.
public struct ActionEscalated: Sendable, Hashable {
    /// The event type that carries it; the event's scope is the firm's.
    public static let type = "safety.action.escalated"

    /// The action.
    public let action: String
    /// How many days it is overdue.
    public let overdueDays: Int64

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let action = event.payload["action"]?.text else { return nil }
        self.action = action
        overdueDays = event.payload["overdue_days"]?.integer ?? 0
    }
}
