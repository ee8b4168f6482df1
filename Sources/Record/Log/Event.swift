/// Something that happened and matters, in the past tense.
public struct Event: Sendable, Hashable {
    /// Its own identifier.
    public let id: Identifier
    /// `room.subject.verb-in-the-past`: `sensing.alarm.raised`.
    public let type: String
    /// The shape of the payload; grows when a field is added.
    public let version: Int
    /// What it happened to: `alarm/018f…`. Events of a stream are ordered by ``streamVersion``, from 1 without gaps.
    public let stream: String
    /// Its place in the stream.
    public let streamVersion: Int64
    /// Whom it concerns.
    public let scope: Scope
    /// Who did it.
    public let author: Author
    /// Joins everything that one beginning led to.
    public let correlation: Identifier
    /// The event that led to this one, if one did.
    public let cause: Identifier?
    /// When it happened.
    public let observed: Timestamp
    /// When the Record learnt of it.
    public let recorded: Timestamp
    /// What is known of it. Personal content stands here only as a commitment; see ``Draft/personal``.
    public let payload: [String: JSON]
    /// Its leaf number in the tree, from 0; nil until the sequencer has been by.
    public let leaf: Int64?
}

/// An event that a command or a reaction asks to have recorded.
public struct Draft: Sendable {
    /// `room.subject.verb-in-the-past`.
    public var type: String
    /// The shape of the payload.
    public var version: Int
    /// What it happened to.
    public var stream: String
    /// Whom it concerns.
    public var scope: Scope
    /// When it happened; now where nil.
    public var observed: Timestamp?
    /// What is known of it.
    public var payload: [String: JSON]
    /// Payload fields whose content goes to the vault; on the Record stands a salted commitment in their place.
    public var personal: [String: PersonalContent]
    /// The stream's version this rests on; where another event came first, appending fails with `conflict`.
    public var expectedVersion: Int64?
    /// The event this one answers: it becomes the cause, and its correlation is joined, whatever the origin says.
    public var answers: Identifier?

    /// An event to be recorded.
    public init(
        _ type: String, stream: String, scope: Scope, version: Int = 1, observed: Timestamp? = nil,
        payload: [String: JSON] = [:], personal: [String: PersonalContent] = [:], expectedVersion: Int64? = nil,
        answers: Identifier? = nil
    ) {
        self.type = type
        self.version = version
        self.stream = stream
        self.scope = scope
        self.observed = observed
        self.payload = payload
        self.personal = personal
        self.expectedVersion = expectedVersion
        self.answers = answers
    }
}

/// Content about a person, kept in the vault under that person's key and forgotten with it.
public struct PersonalContent: Sendable, Hashable {
    /// Whose content it is.
    public let subject: PersonID
    /// The content.
    public let content: JSON

    /// Content about a person.
    public init(of subject: PersonID, _ content: JSON) {
        self.subject = subject
        self.content = content
    }
}

/// What an append inherits: who acts, in which correlation, caused by which event.
public struct Origin: Sendable, Hashable {
    /// Who acts.
    public let author: Author
    /// Joins everything that one beginning led to.
    public let correlation: Identifier
    /// The event that led to this.
    public let cause: Identifier?

    /// Who acts, in which correlation, caused by which event.
    public init(author: Author, correlation: Identifier = Identifier(), cause: Identifier? = nil) {
        self.author = author
        self.correlation = correlation
        self.cause = cause
    }
}
