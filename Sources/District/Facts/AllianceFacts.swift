public import Record

/// What Alliance tells the other rooms: a working group was formed, for an opportunity where it names one.
public struct WorkingGroupFormed: Sendable, Hashable {
    /// The event type that carries it; the stream is `working-group/…`.
    public static let type = "alliance.group.formed"

    /// The group, and what it is called.
    public let group: String, title: Words
    /// The opportunity that it works on.
    public let opportunity: String?

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let group = event.payload["group"]?.text,
            let title = Words(event.payload["title"])
        else { return nil }
        self.group = group
        self.title = title
        opportunity = event.payload["opportunity"]?.text
    }
}

/// What Alliance tells the other rooms: a milestone stands on a roadmap, has moved, was reached or was given up.
public struct MilestoneChanged: Sendable, Hashable {
    /// What became of a milestone.
    public enum Change: String, Sendable, CaseIterable {
        /// It was set, with its first due day.
        case set
        /// Its due day was moved by a person, with a reason.
        case moved
        /// Its due day passed and it was not reached.
        case slipped
        /// It was reached.
        case reached
        /// It was given up, with a reason.
        case dropped

        /// The event type that carries it; the stream is `milestone/…`.
        public var type: String { "alliance.milestone.\(rawValue)" }
    }

    /// What became of it.
    public let change: Change
    /// The milestone, and what it is called.
    public let milestone: String, title: Words
    /// The working group whose roadmap it stands on.
    public let group: String
    /// The day it is due: `2026-11-21`.
    public let due: String
    /// Why it was moved or given up.
    public let reason: String?
    /// The promise to citizens that it keeps, where it came from one.
    public let promise: String?

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard let change = Change.allCases.first(where: { $0.type == event.type }),
            let milestone = event.payload["milestone"]?.text, let title = Words(event.payload["title"]),
            let group = event.payload["group"]?.text, let due = event.payload["due"]?.text
        else { return nil }
        self.change = change
        self.milestone = milestone
        self.title = title
        self.group = group
        self.due = due
        reason = event.payload["reason"]?.text
        promise = event.payload["promise"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// What Alliance tells the other rooms: what came of a milestone was measured.
public struct OutcomeMeasured: Sendable, Hashable {
    /// The event type that carries it; the stream is the milestone's.
    public static let type = "alliance.outcome.measured"

    /// The outcome, and the milestone that it is of.
    public let outcome: String, milestone: String
    /// What was measured, in which unit.
    public let metric: Words, unit: String
    /// How much it was before, where that is known, and how much it is.
    public let before: Double?, value: Double
    /// The day for which it holds: `2026-11-21`.
    public let day: String
    /// Where the figure is from.
    public let source: String
    /// How sure it is that the milestone brought it about, 1 to 5 on the Maryland Scientific Methods Scale; nil where
    /// nobody said.
    public let level: Int64?

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let outcome = event.payload["outcome"]?.text,
            let milestone = event.payload["milestone"]?.text, let metric = Words(event.payload["metric"]),
            let value = event.payload["value"]?.double
        else { return nil }
        self.outcome = outcome
        self.milestone = milestone
        self.metric = metric
        self.value = value
        unit = event.payload["unit"]?.text ?? ""
        before = event.payload["before"]?.double
        day = event.payload["day"]?.text ?? ""
        source = event.payload["source"]?.text ?? ""
        level = event.payload["level"]?.integer.flatMap { (1...5).contains($0) ? $0 : nil }
    }
}
