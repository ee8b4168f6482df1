public import Record

/// What Robots tells the other rooms: a mission has come to an end, well or not.
public struct MissionEnded: Sendable, Hashable {
    /// The event types that carry it.
    public static let completed = "robots.mission.completed"
    /// It was called off.
    public static let cancelled = "robots.mission.cancelled"
    /// It could not be done.
    public static let failed = "robots.mission.failed"

    /// The mission.
    public let mission: String
    /// What it was for, in the room that asked: `order/…`; nil where people asked.
    public let purpose: String?
    /// Whether what was asked for was done.
    public let isDone: Bool

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard [Self.completed, Self.cancelled, Self.failed].contains(event.type),
            let mission = event.payload["mission"]?.text
        else { return nil }
        self.mission = mission
        purpose = event.payload["purpose"]?.text
        isDone = event.type == Self.completed
    }
}

/// What Robots tells the other rooms: a mission will be there at another time than was promised.
public struct MissionPromised: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "robots.mission.promised"

    /// The mission.
    public let mission: String
    /// What it was for, in the room that asked.
    public let purpose: String?
    /// When it is expected now.
    public let due: Timestamp

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let mission = event.payload["mission"]?.text,
            let due = event.payload["due"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        self.mission = mission
        purpose = event.payload["purpose"]?.text
        self.due = due
    }
}

/// What Robots tells the other rooms: a vehicle reports a fault, or is lost.
public struct VehicleFaulted: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "robots.vehicle.faulted"
    /// The fault is over.
    public static let recovered = "robots.vehicle.recovered"

    /// The vehicle, a thing.
    public let thing: ThingID
    /// VDA 5050 errorType, or `lost`, `manual`, `blocked`.
    public let fault: String
    /// WARNING, URGENT, CRITICAL or FATAL.
    public let level: String

    /// Whether somebody could have been hurt: it hit something, something stood before it, or it was stopped by the red
    /// button. Makers name these as they like.
    public var endangersPeople: Bool {
        let word = fault.lowercased()
        return ["collision", "bumper", "obstacle", "emergencystop", "protective", "person", "human"].contains {
            word.contains($0)
        }
    }

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let thing = event.payload["thing"]?.text,
            let fault = event.payload["fault"]?.text
        else { return nil }
        self.thing = ThingID(thing)
        self.fault = fault
        level = event.payload["level"]?.text ?? "WARNING"
    }
}

/// What Robots tells the other rooms: a vehicle's fault is over.
public struct VehicleRecovered: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = VehicleFaulted.recovered

    /// The vehicle, a thing.
    public let thing: ThingID
    /// What it had.
    public let fault: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let thing = event.payload["thing"]?.text,
            let fault = event.payload["fault"]?.text
        else { return nil }
        self.thing = ThingID(thing)
        self.fault = fault
    }
}
