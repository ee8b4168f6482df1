public import Access
public import District
import HTTPTypes
public import Record
public import ServiceLifecycle
public import Store

/// One subject of a room (duties, permits, inspections …): what it owns, in one value. A room of many subjects is the
/// list of them.
public struct Part: Sendable {
    /// Its tables.
    public var migrations: [Migration] = []
    /// What can be asked of it.
    public var commands: [Command] = []
    /// The questions that it answers at once, by voice, as a tool of agents and in turns of text.
    public var answers: [Inquiry] = []
    /// How its tables follow from events.
    public var projections: [Projection] = []
    /// What it does when an event happens.
    public var reactions: [Reaction] = []
    /// Its uses of AI.
    public var aiUses: [AIUse] = []
    /// Its pages and calls.
    public var routes: [Route] = []
    /// Its ways in, on the room's first page.
    public var doors: [Door] = []
    /// What it puts on the first page: `tasks` of all parts stand together, so do the steps of `loop`.
    public var home: @Sendable (Visit) async throws -> [String: JSON] = { _ in [:] }
    /// What references of its kinds may be, for whoever asks: `hazard`, `permit` …
    public var names: [String: @Sendable (Caller, any Reader) throws -> [Named]] = [:]
    /// Which of its pages whoever looks may need without a connection: their phones keep a copy.
    public var offline: @Sendable (Visit) async throws -> [OfflinePage] = { _ in [] }
    /// Which of its events change which live topic.
    public var topics: [(prefix: String, name: String)] = []
    /// Its long-running parts.
    public var services: @Sendable (Spine) -> [any Service] = { _ in [] }
    /// What it must do before any room's sample is founded or service begins.
    public var prepare: @Sendable (Spine) async throws -> Void = { _ in }
    /// What it has in the sample district; founds nothing twice.
    public var sample: @Sendable (Spine, UInt64) async throws -> Void = { _, _ in }

    /// A subject that owns nothing yet.
    public init() {}
}

/// A way into a subject, as a card on the room's first page: only for those who may come in.
public struct Door: Sendable {
    /// Where it leads.
    public let path: String
    /// What it says.
    public let label: Words
    /// What is done there, in a sentence.
    public let about: Words
    /// Who sees it; nil for everybody, known or not.
    public let roles: Set<Role>?
    /// Who may open its page.
    var permission = Permission.anyone

    /// A way into a subject.
    public init(_ path: String, _ label: Words, _ about: Words, roles: Set<Role>?) {
        self.path = path
        self.label = label
        self.about = about
        self.roles = roles
    }

    /// Whether somebody sees it.
    public func isOpen(to caller: Caller) -> Bool {
        permission.allows(caller) && roles.map { !$0.isDisjoint(with: caller.roles) } ?? true
    }
}

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// A room of many subjects (whoever reads its members by its own type must import Web), whose first page `/name` is a card for each.
public protocol PartedRoom: Room {
    /// Its subjects; a later one may read the tables of an earlier one.
    var parts: [Part] { get }
    /// Who may see its first page.
    var door: Permission { get }
    /// What its first page shows, in a sentence, where it is more than the cards of its subjects; nil where it is not.
    var front: Words? { get }
}

// What a room answers is documented at Capability and Room.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PartedRoom {
    public var door: Permission { .signedIn }
    public var front: Words? { nil }
    public var migrations: [Migration] { parts.flatMap(\.migrations) }
    public var commands: [Command] { parts.flatMap(\.commands) }
    public var answers: [Inquiry] { parts.flatMap(\.answers) }
    public var projections: [Projection] { parts.flatMap(\.projections) }
    public var reactions: [Reaction] { parts.flatMap(\.reactions) }
    public var aiUses: [AIUse] { parts.flatMap(\.aiUses) }

    public var menu: [MenuEntry] { [MenuEntry("/\(name)", title)] }
    public var topics: [(prefix: String, name: String)] { parts.flatMap(\.topics) }
    /// Its ways in, each for those whom its page lets in.
    public var doors: [Door] {
        let pages = Dictionary(
            parts.flatMap(\.routes).filter { $0.method == .get }.map { ($0.path, $0.permission) },
            uniquingKeysWith: { $1 })
        return parts.flatMap(\.doors).map { door in
            var door = door
            door.permission = pages[door.path] ?? .anyone
            return door
        }
    }
    public var routes: [Route] {
        DoorRoutes(path: "/\(name)", title: title, permission: door, doors: doors).routes + parts.flatMap(\.routes)
    }

    public func home(_ visit: Visit) async throws -> JSON {
        var (home, tasks, loop): ([String: JSON], [JSON], [String: JSON]) = ([:], [], [:])
        for part in parts {
            for (key, value) in try await part.home(visit) {
                switch key {
                case "tasks": tasks += value.elements ?? []
                case "loop": loop.merge(value.members ?? [:]) { $1 }
                default: home[key] = value
                }
            }
        }
        home["tasks"] = .array(tasks)
        home["loop"] = .object(loop)
        return .object(home)
    }

    public func offlinePages(_ visit: Visit) async throws -> [OfflinePage] {
        var pages: [OfflinePage] = []
        for part in parts { pages += try await part.offline(visit) }
        return pages
    }

    public func named(_ kind: String, for caller: Caller, in reader: any Reader) throws -> [Named]? {
        for part in parts {
            if let names = part.names[kind] { return try names(caller, reader) }
        }
        return nil
    }

    public func services(in spine: Spine) -> [any Service] { parts.flatMap { $0.services(spine) } }

    public func prepare(_ spine: Spine) async throws {
        for part in parts { try await part.prepare(spine) }
    }

    public func foundSample(_ spine: Spine, seed: UInt64) async throws {
        for part in parts { try await part.sample(spine, seed) }
    }
}
