public import Record

/// What Fulfilment tells the other rooms: an order was placed and promised.
public struct OrderPlaced: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "fulfilment.order.placed"

    /// The order, `order/…`.
    public let order: String
    /// The centre, a thing.
    public let centre: String
    /// When it is promised; nil while nobody knows.
    public let due: Timestamp?

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let centre = event.payload["centre"]?.text else { return nil }
        order = event.stream
        self.centre = centre
        due = event.payload["due"]?.text.flatMap { Timestamp(iso8601: $0) }
    }
}

/// What Fulfilment tells the other rooms: an order will be there at another time than was promised.
public struct OrderPromised: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "fulfilment.order.promised"

    /// The order, `order/…`.
    public let order: String
    /// When it is expected now; nil while nobody knows.
    public let due: Timestamp?
    /// short, quarantined, expired, arrived, inbound, closed, robot, person or address.
    public let why: String
    /// The reason, as whoever ordered reads it.
    public let words: Words

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let why = event.payload["why"]?.text else { return nil }
        order = event.stream
        due = event.payload["due"]?.text.flatMap { Timestamp(iso8601: $0) }
        self.why = why
        let ko = event.payload["ko"]?.text ?? ""
        words = Words(ko, event.payload["en"]?.text ?? ko)
    }
}

/// What Fulfilment tells the other rooms: an order has reached whoever ordered it.
public struct OrderDelivered: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "fulfilment.order.delivered"

    /// The order, `order/…`.
    public let order: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type else { return nil }
        order = event.stream
    }
}
