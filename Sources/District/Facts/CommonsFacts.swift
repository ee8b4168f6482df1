public import Record

/// What Commons tells the other rooms: citizens adopted a rule for a place of the district, and the vote says why.
///
/// A rule is a limit where robots drive: those who drive there obey it from then on, with this event as the cause.
public struct RuleAdopted: Sendable, Hashable {
    /// What a rule can be about.
    public enum Kind: String, Sendable, CaseIterable {
        /// At most so fast.
        case speedLimit = "speed-limit"
        /// No robot drives there.
        case noDriving = "no-driving"
    }

    /// The event type that carries it; the stream is `civic-rule/…`.
    public static let type = "commons.rule.adopted"

    /// The rule, and what it is called.
    public let rule: String, title: Words
    /// What it is about.
    public let kind: Kind
    /// The site whose map it holds for, and the area on that map; nil for the whole site.
    public let site: String, area: String?
    /// At most so fast, in metres per second; zero where nobody drives.
    public let limit: Double
    /// The vote by which it was adopted, and the option that was chosen.
    public let vote: String, option: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let rule = event.payload["rule"]?.text,
            let title = Words(event.payload["title"]),
            let kind = event.payload["kind"]?.text.flatMap({ Kind(rawValue: $0) }),
            let site = event.payload["site"]?.text
        else { return nil }
        self.rule = rule
        self.title = title
        self.kind = kind
        self.site = site
        area = event.payload["area"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        limit = event.payload["limit"]?.double ?? 0
        vote = event.payload["vote"]?.text ?? ""
        option = event.payload["option"]?.text ?? ""
    }
}

/// What Commons tells the other rooms: an adopted rule no longer holds.
public struct RuleEnded: Sendable, Hashable {
    /// The event type that carries it; the stream is the rule's.
    public static let type = "commons.rule.ended"

    /// The rule.
    public let rule: String
    /// Why it no longer holds.
    public let reason: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let rule = event.payload["rule"]?.text else { return nil }
        self.rule = rule
        reason = event.payload["reason"]?.text ?? ""
    }
}

/// What Commons tells the other rooms: the zone promised its citizens to do something by a day.
public struct PromiseMade: Sendable, Hashable {
    /// The event type that carries it; the stream is `outcome/…`.
    public static let type = "commons.outcome.promised"

    /// The promise, what it is called, and what it means in plain words.
    public let promise: String, title: String, summary: String
    /// The day it is due (`2026-11-21`), where one is set.
    public let due: String?
    /// The working group that is to do it, where one is named: it becomes a milestone on the group's roadmap.
    public let group: String?
    /// The vote, and the proposal, it came from.
    public let vote: String?, proposal: String?

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, event.stream.hasPrefix("outcome/"), let title = event.payload["title"]?.text
        else { return nil }
        func some(_ key: String) -> String? { event.payload[key]?.text.flatMap { $0.isEmpty ? nil : $0 } }
        promise = String(event.stream.dropFirst("outcome/".count))
        self.title = title
        summary = some("summary") ?? ""
        due = some("due")
        group = some("group")
        vote = some("vote")
        proposal = some("proposal")
    }
}
