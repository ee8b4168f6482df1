public import Access
public import Record
public import Store

/// Something a person, a machine or an agent asks for: its form, and the pure rule that decides what then happens.
///
/// ```swift
/// Command(Form("toys.boat.launch", …)) { ask, tables in
///     guard try Boats.find(ask.values.text("boat"), for: ask.tenant, in: tables) != nil else { throw ToyRefusals.noSuchBoat }
///     return [Draft("toys.boat.launched", stream: "boat/…", scope: …)]
/// }
/// ```
public struct Command: Sendable {
    /// What is asked, of whom, and how it is confirmed.
    public let form: Form
    /// Reads what it needs and yields the events to record, or throws a ``Refusal``. It has no other effect, for it may
    /// run more than once.
    public let decide: @Sendable (Ask, any Reader) throws -> [Draft]
    /// What it takes the optional fields to be that were left out, by their names: whoever confirms is shown that too.
    public let assume: @Sendable (Ask, any Reader) throws -> [String: JSON]

    /// A form with its rule.
    public init(
        _ form: Form, assume: @escaping @Sendable (Ask, any Reader) throws -> [String: JSON] = { _, _ in [:] },
        decide: @escaping @Sendable (Ask, any Reader) throws -> [Draft]
    ) {
        self.form = form
        self.assume = assume
        self.decide = decide
    }
}

/// A command being asked for: the checked values, and by whom.
public struct Ask: Sendable {
    /// The values, held against the form.
    public let values: FormValues
    /// Who asks.
    public let caller: Caller
    /// When.
    public let now: Timestamp
    /// The second person who signed, where the form asks for one.
    public let cosigner: PersonID?
    /// What a phone says of when this was filled in, where it was without a connection.
    public let offline: Offline?

    /// Something that was filled in without a connection and arrived later.
    public struct Offline: Sendable, Hashable {
        /// When it was filled in, by the phone's clock.
        public let claimed: Timestamp
        /// How far the phone's clock stood ahead when it sent, in seconds; negative where it stood behind.
        public let skew: Double
        /// The version of the form that it was filled in by.
        public let form: String

        /// Something that was filled in without a connection.
        public init(claimed: Timestamp, skew: Double, form: String) {
            self.claimed = claimed
            self.skew = skew
            self.form = form
        }

        /// The moment it was filled in by the house's clock.
        public var corrected: Timestamp { claimed.advanced(bySeconds: -skew) }

        /// As events carry it, under `offline`.
        public var json: JSON {
            ["claimed": .string(claimed.description), "skew": .number(skew), "form": .string(form)]
        }
    }

    /// On whose behalf tables may be read.
    /// - Throws: ``Refusal`` where the caller stands for neither a firm nor the zone.
    public var tenant: Tenant {
        get throws(Refusal) {
            do throws(AccessError) {
                return try caller.tenant
            } catch {
                throw Refusal(error)
            }
        }
    }
}

/// What a command did.
public struct Outcome: Sendable, Hashable {
    /// Joins everything it led to; `/trace/{correlation}` shows it.
    public let correlation: Identifier
    /// The events it recorded, reactions included, in order.
    public let events: [Recorded]
    /// True where the same request had been done before and this is its first answer again.
    public let repeated: Bool

    /// An event that was recorded.
    public struct Recorded: Sendable, Hashable {
        /// The event.
        public let id: Identifier
        /// Its type.
        public let type: String
        /// Its stream.
        public let stream: String
    }

    /// As the JSON call answers.
    public var json: JSON {
        [
            "correlation": .string(correlation.description), "repeated": .bool(repeated),
            "events": .array(
                events.map {
                    ["id": .string($0.id.description), "type": .string($0.type), "stream": .string($0.stream)]
                }),
        ]
    }

    init(correlation: Identifier, events: [Recorded], repeated: Bool) {
        self.correlation = correlation
        self.events = events
        self.repeated = repeated
    }

    init?(stored: JSON) {
        guard let correlation = stored["correlation"]?.text.flatMap({ Identifier($0) }),
            let events = stored["events"]?.elements
        else { return nil }
        self.init(
            correlation: correlation,
            events: events.compactMap { event in
                guard let id = event["id"]?.text.flatMap({ Identifier($0) }), let type = event["type"]?.text,
                    let stream = event["stream"]?.text
                else { return nil }
                return Recorded(id: id, type: type, stream: stream)
            }, repeated: true)
    }
}
