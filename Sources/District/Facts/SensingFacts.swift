public import Record

/// What Sensing tells the other rooms: an alarm was raised.
public struct AlarmRaised: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "sensing.alarm.raised"

    /// The alarm.
    public let alarm: String
    /// The thing it is about.
    public let thing: ThingID
    /// The property that is measured, where one is.
    public let property: String?
    /// low, medium, high or critical (ISA-18.2 priority).
    public let priority: String
    /// live, replay or system.
    public let origin: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let alarm = event.payload["alarm"]?.text,
            let thing = event.payload["thing"]?.text, let priority = event.payload["priority"]?.text
        else { return nil }
        self.alarm = alarm
        self.thing = ThingID(thing)
        property = event.payload["property"]?.text
        self.priority = priority
        origin = event.payload["origin"]?.text ?? "live"
    }
}

/// What the frame tells every room: an answer to an event failed; the event stands, the answer is retried.
public struct ReactionFailed: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "district.reaction.failed"

    /// The reaction that failed.
    public let reaction: String
    /// The event it should have answered.
    public let event: String
    /// That event's type.
    public let eventType: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let reaction = event.payload["reaction"]?.text,
            let failed = event.payload["event"]?.text, let type = event.payload["type"]?.text
        else { return nil }
        self.reaction = reaction
        self.event = failed
        eventType = type
    }
}
