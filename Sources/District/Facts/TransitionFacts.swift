public import Record

/// What Transition tells the other rooms: the district takes up an opportunity, an industry it means to grow into. The
/// first link of the chain opportunity, case, working group, milestone, outcome.
public struct OpportunityOpened: Sendable, Hashable {
    /// The event type that carries it; the stream is `opportunity/…`.
    public static let type = "transition.opportunity.opened"

    /// The opportunity.
    public let opportunity: String
    /// What it is called.
    public let title: Words
    /// The economy, the region and the industry it is about, as the statistics write them.
    public let economy: String, region: String, industry: String

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let opportunity = event.payload["opportunity"]?.text,
            let title = Words(event.payload["title"])
        else { return nil }
        self.opportunity = opportunity
        self.title = title
        economy = event.payload["economy"]?.text ?? ""
        region = event.payload["region"]?.text ?? ""
        industry = event.payload["industry"]?.text ?? ""
    }
}

/// What Transition tells the other rooms: an opportunity rests on the experience of another city, with what of it can be
/// carried over.
public struct CaseLinked: Sendable, Hashable {
    /// The event type that carries it; the stream is the opportunity's.
    public static let type = "transition.opportunity.case-linked"

    /// The opportunity.
    public let opportunity: String
    /// The case, and what it is called.
    public let caseID: String, title: Words
    /// How sure its outcomes are: 1 to 5 on the Maryland Scientific Methods Scale.
    public let level: Int64

    /// Reads the fact from its event; nil where the event is another.
    public init?(_ event: Event) {
        guard event.type == Self.type, let opportunity = event.payload["opportunity"]?.text,
            let caseID = event.payload["case"]?.text, let title = Words(event.payload["title"])
        else { return nil }
        self.opportunity = opportunity
        self.caseID = caseID
        self.title = title
        level = event.payload["level"]?.integer ?? 1
    }
}
