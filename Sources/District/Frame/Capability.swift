public import Access
public import Record
public import ServiceLifecycle
public import Store

/// A room of the house: what it owns, said in one screen.
public protocol Capability: Sendable {
    /// Its name, which begins its events' and commands' names: `sensing`.
    var name: String { get }
    /// What people call it.
    var title: Words { get }
    /// Its tables.
    var migrations: [Migration] { get }
    /// What can be asked of it.
    var commands: [Command] { get }
    /// How its tables follow from events.
    var projections: [Projection] { get }
    /// What it does when another's event happens: all of it, in one place.
    var reactions: [Reaction] { get }
    /// Its uses of AI; one that is not declared here does not run.
    var aiUses: [AIUse] { get }
    /// How payloads of earlier releases are read today.
    var upcasts: [Upcast] { get }
    /// The questions that it answers at once, where nothing is recorded.
    var answers: [Inquiry] { get }
    /// How people ask for its commands, and its questions, in their own words.
    var phrasings: [Phrasing] { get }
    /// What a reference of a kind may be, for whoever asks; nil where the kind is not this room's.
    func named(_ kind: String, for caller: Caller, in reader: any Reader) throws -> [Named]?
    /// Whether it keeps the register of uses of AI: then none runs that the register does not permit.
    var keepsRegister: Bool { get }
    /// Refuses where whoever asks may not switch a use of AI on. Nobody is asked before one is switched off.
    func checkSwitchingOn(_ use: String, _ ask: Ask, in tables: any Reader) throws
    /// Uses of AI that it knows of and this house does not run.
    func usesElsewhere(in reader: any Reader, at now: Timestamp) throws -> [AIUseElsewhere]
    /// Switches one of them as the ask says; nothing where it knows none of that name.
    func switchElsewhere(_ use: String, _ ask: Ask, in tables: any Reader) throws -> [Draft]
    /// Its long-running parts.
    func services(in spine: Spine) -> [any Service]
}

extension Capability {
    /// None.
    public var migrations: [Migration] { [] }
    /// None.
    public var commands: [Command] { [] }
    /// None.
    public var projections: [Projection] { [] }
    /// None.
    public var reactions: [Reaction] { [] }
    /// None.
    public var aiUses: [AIUse] { [] }
    /// None.
    public var upcasts: [Upcast] { [] }
    /// None.
    public var answers: [Inquiry] { [] }
    /// None.
    public var phrasings: [Phrasing] { [] }
    /// It knows none.
    public func named(_ kind: String, for caller: Caller, in reader: any Reader) throws -> [Named]? { nil }
    /// It does not.
    public var keepsRegister: Bool { false }
    /// The role alone decides.
    public func checkSwitchingOn(_ use: String, _ ask: Ask, in tables: any Reader) throws {}
    /// None.
    public func usesElsewhere(in reader: any Reader, at now: Timestamp) throws -> [AIUseElsewhere] { [] }
    /// It knows none.
    public func switchElsewhere(_ use: String, _ ask: Ask, in tables: any Reader) throws -> [Draft] { [] }
    /// None.
    public func services(in spine: Spine) -> [any Service] { [] }
}

/// How tables follow from events: run in the event's own transaction, and again by a rebuild.
public struct Projection: Sendable {
    /// The tables it fills, which a rebuild empties first.
    public let tables: [String]
    /// The types of events it follows; ``every`` stands for all.
    public let types: [String]
    /// Follows events of every type.
    public static let every = "*"
    /// Writes what an event changes. Personal content is in `payload` as disclosed: present, or marked erased.
    public let apply: @Sendable (_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws -> Void

    /// How tables follow from events of these types.
    public init(
        tables: [String], types: [String],
        apply: @escaping @Sendable (_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws -> Void
    ) {
        self.tables = tables
        self.types = types
        self.apply = apply
    }
}

extension Projection {
    /// Whether it follows events of a type.
    func follows(_ type: String) -> Bool { types.contains(type) || types.contains(Self.every) }
}

/// What a room does when an event happens: appends events of its own, in the same transaction, in a savepoint.
public struct Reaction: Sendable {
    /// `room.what-it-does`: `safety.propose-hazard`.
    public let name: String
    /// The type of event it answers.
    public let type: String
    /// The types it may append, so that a cycle is found at start.
    public let yields: [String]
    /// Reads what it needs and says what is to be appended. If it throws, the cause stands and the failure is recorded.
    public let respond: @Sendable (Event, any Reader) throws -> [Draft]

    /// What a room does when an event of this type happens.
    public init(
        _ name: String, to type: String, yields: [String],
        respond: @escaping @Sendable (Event, any Reader) throws -> [Draft]
    ) {
        self.name = name
        self.type = type
        self.yields = yields
        self.respond = respond
    }
}

/// How the payload of an earlier version of an event type reads today.
public struct Upcast: Sendable {
    /// The event type.
    public let type: String
    /// The version it takes; it gives the next one.
    public let version: Int
    /// The payload as the next version has it.
    public let payload: @Sendable ([String: JSON]) -> [String: JSON]

    /// From one version of an event type to the next.
    public init(_ type: String, from version: Int, payload: @escaping @Sendable ([String: JSON]) -> [String: JSON]) {
        self.type = type
        self.version = version
        self.payload = payload
    }
}
