public import Record

/// What Stewardship tells the house: a use of AI may run, as declared, until a day.
public struct AIUsePermitted: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "stewardship.use.permitted"

    /// The use.
    public let use: String
    /// The hash of the declaration that was approved; another declaration is another use.
    public let hash: String
    /// Until when.
    public let until: Timestamp
    /// How many acts a Korean day a pilot may have; nil where it has no cap.
    public let cap: Int64?

    /// Lets a use run.
    public init(use: String, hash: String, until: Timestamp, cap: Int64?) {
        self.use = use
        self.hash = hash
        self.until = until
        self.cap = cap
    }

    /// As the event carries it.
    public var payload: [String: JSON] {
        var members: [String: JSON] = [
            "use": .string(use), "hash": .string(hash), "until": .string(until.description),
        ]
        if let cap { members["cap"] = .decimal(cap) }
        return members
    }

    init?(_ payload: [String: JSON]) {
        guard let use = payload["use"]?.text, let hash = payload["hash"]?.text,
            let until = payload["until"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        self.init(use: use, hash: hash, until: until, cap: payload["cap"]?.integer)
    }
}

/// What Stewardship tells the house: a use of AI may no longer run (retired, expired, reopened, stopped after harm).
public enum AIUseWithdrawn {
    /// The event type that carries it; its payload names `use` and `reason`.
    public static let type = "stewardship.use.withdrawn"
}

/// What Stewardship tells the house: what somebody who meets a use of AI is to be told.
public struct AIUseNoticed: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "stewardship.use.noticed"

    /// The use.
    public let use: String
    /// What people are told.
    public let words: Words

    /// Has people told something.
    public init(use: String, words: Words) {
        self.use = use
        self.words = words
    }

    /// As the event carries it.
    public var payload: [String: JSON] {
        ["use": .string(use), "ko": .string(words.ko), "en": .string(words.en)]
    }

    init?(_ payload: [String: JSON]) {
        guard let use = payload["use"]?.text, let ko = payload["ko"]?.text, let en = payload["en"]?.text else {
            return nil
        }
        self.init(use: use, words: Words(ko, en))
    }
}

/// What a room tells the house: something was done by the help of an AI, and counts as one act of it. The frame appends it
/// itself where ``District/perform(_:_:by:key:correlation:confirmed:offline:means:)`` names the use; a room appends it
/// beside an event of its own that is an act and has another author (a conversation that a person takes over).
public struct AIUseActed: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "district.ai.acted"

    /// The use.
    public let use: String
    /// The event that the act is, where it stands on the Record before this.
    public let act: Identifier?

    /// One act.
    public init(_ use: String, act: Identifier? = nil) {
        self.use = use
        self.act = act
    }

    /// The event to append.
    public var draft: Draft {
        var payload: [String: JSON] = ["use": .string(use)]
        if let act { payload["act"] = .string(act.description) }
        return Draft(Self.type, stream: "ai-use/\(use)", scope: .zone, payload: payload)
    }

    /// Whose act an event is; nil where it is none.
    static func use(in event: Event) -> String? {
        if event.type == type { return event.payload["use"]?.text }
        guard case .model(let use) = event.author, event.type != AIUseJudged.type else { return nil }
        return use
    }
}

/// What a room tells Stewardship: how an act of an AI turned out. Rooms append it beside their own event, in the same
/// decision, so that every use is watched alike.
public struct AIUseJudged: Sendable, Hashable {
    /// The event type that carries it.
    public static let type = "district.ai.judged"

    /// How it turned out.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// A person, or the service's own answer, took it over as it was.
        case kept
        /// A person decided otherwise.
        case overruled
        /// It was handed to a person before it came to an end.
        case escalated
        /// It led to something that nobody had asked for.
        case wrong
    }

    /// The use.
    public let use: String
    /// How it turned out.
    public let verdict: Verdict
    /// The event that the AI's act was, where it stands on the Record.
    public let act: Identifier?
    /// Groups that whom it served belongs to, by dimension: `age: "70+"`, `speech: "gyeongsang"`; no more than these.
    public let groups: [String: String]

    /// A judgement.
    public init(_ use: String, _ verdict: Verdict, act: Identifier? = nil, groups: [String: String] = [:]) {
        self.use = use
        self.verdict = verdict
        self.act = act
        self.groups = groups
    }

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let use = event.payload["use"]?.text,
            let verdict = event.payload["verdict"]?.text.flatMap({ Verdict(rawValue: $0) })
        else { return nil }
        let groups = (event.payload["groups"]?.members ?? [:]).compactMapValues(\.text)
        self.init(use, verdict, act: event.payload["act"]?.text.flatMap { Identifier($0) }, groups: groups)
    }

    /// The event to append.
    public var draft: Draft {
        var payload: [String: JSON] = ["use": .string(use), "verdict": .string(verdict.rawValue)]
        if let act { payload["act"] = .string(act.description) }
        if !groups.isEmpty { payload["groups"] = .object(groups.mapValues { .string($0) }) }
        return Draft(Self.type, stream: "ai-use/\(use)", scope: .zone, payload: payload)
    }
}
