public import Record

/// What a room tells Robots: something is to be carried, or looked at. Robots answers with `robots.mission.asked`, and in
/// the end with ``MissionEnded``, which carries the same purpose; a mission that cannot be is `robots.mission.failed` at once.
public struct MissionWanted: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "district.mission.wanted"

    /// `deliver`, `fetch`, `patrol` or `round`.
    public var kind: String
    /// The site: a thing.
    public var site: String
    /// The nodes of the site, in order; a delivery has two.
    public var stops: [String]
    /// What it is for, in the room that asks: `order/…`. Asked for twice, it is one mission.
    public var purpose: String
    /// What is carried, in words that are about nobody.
    public var items: String
    /// Kilograms, where known.
    public var load: Double?
    /// When it is wanted.
    public var deadline: Timestamp?
    /// `clinical`, `urgent`, `normal` or `low`.
    public var priority: String
    /// How the hand-over is confirmed: `none`, `code` or `badge`.
    public var proof: String
    /// Whom it concerns: a firm, or the two of a contract.
    public var scope: Scope

    /// Something to be carried, or looked at.
    public init(
        kind: String = "deliver", site: String, stops: [String], purpose: String, items: String, load: Double? = nil,
        deadline: Timestamp? = nil, priority: String = "normal", proof: String = "none", scope: Scope
    ) {
        self.kind = kind
        self.site = site
        self.stops = stops
        self.purpose = purpose
        self.items = items
        self.load = load
        self.deadline = deadline
        self.priority = priority
        self.proof = proof
        self.scope = scope
    }

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        let payload = event.payload
        guard event.type == Self.type, let site = payload["site"]?.text, let purpose = payload["purpose"]?.text,
            let stops = payload["stops"]?.elements?.compactMap(\.text)
        else { return nil }
        self.init(
            kind: payload["kind"]?.text ?? "deliver", site: site, stops: stops, purpose: purpose,
            items: payload["items"]?.text ?? "", load: payload["load"]?.double,
            deadline: payload["deadline"]?.text.flatMap { Timestamp(iso8601: $0) },
            priority: payload["priority"]?.text ?? "normal", proof: payload["proof"]?.text ?? "none",
            scope: event.scope)
    }

    /// The event to append; on the asking room's own stream where it has one.
    public func draft(stream: String? = nil) -> Draft {
        var payload: [String: JSON] = [
            "kind": .string(kind), "site": .string(site), "stops": .array(stops.map { .string($0) }),
            "purpose": .string(purpose), "items": .string(items), "priority": .string(priority),
            "proof": .string(proof),
        ]
        if let load { payload["load"] = .number(load) }
        if let deadline { payload["deadline"] = .string(deadline.description) }
        return Draft(Self.type, stream: stream ?? purpose, scope: scope, payload: payload)
    }
}
