public import District
public import Record

/// A capability with pages: what it shows, and where it stands in the menu.
public protocol Room: Capability {
    /// Its pages and calls.
    var routes: [Route] { get }
    /// Its entries in the menu.
    var menu: [MenuEntry] { get }
    /// The folder of its templates and their `wording.json`; nil where it has none.
    var templates: String? { get }
    /// Which of its events change which live topic: a type's beginning, and the topic's name (`alarms`).
    var topics: [(prefix: String, name: String)] { get }
    /// Which of its pages whoever looks may need where there is no connection: their devices keep a copy.
    func offlinePages(_ visit: Visit) async throws -> [OfflinePage]
    /// What it puts on the first page: members of the `home` template's context.
    func home(_ visit: Visit) async throws -> JSON
    /// What must be done before any room's sample is founded or service begins; called at every start, on every node.
    func prepare(_ spine: Spine) async throws
    /// Founds what the room has in the fictitious sample district, drawn from a seed; once, however often it is called.
    func foundSample(_ spine: Spine, seed: UInt64) async throws
}

extension Room {
    /// None.
    public var routes: [Route] { [] }
    /// None.
    public var menu: [MenuEntry] { [] }
    /// None.
    public var templates: String? { nil }
    /// None.
    public var topics: [(prefix: String, name: String)] { [] }
    /// None.
    public func offlinePages(_ visit: Visit) async throws -> [OfflinePage] { [] }
    /// Nothing.
    public func home(_ visit: Visit) async throws -> JSON { .null }
    /// Nothing.
    public func prepare(_ spine: Spine) async throws {}
    /// Nothing.
    public func foundSample(_ spine: Spine, seed: UInt64) async throws {}
}

/// One entry of the menu.
public struct MenuEntry: Sendable {
    /// Where it leads.
    public let path: String
    /// What it says.
    public let label: Words

    /// One entry of the menu.
    public init(_ path: String, _ label: Words) {
        self.path = path
        self.label = label
    }
}

/// A page of which a device keeps a copy for when there is no connection.
public struct OfflinePage: Sendable, Hashable {
    /// Its path, with its query where it has one.
    public let path: String
    /// What it is called, in the list that a person sees without a connection.
    public let title: String
    /// Changes whenever the page does: a device fetches it again only then, and once a day.
    public let tag: String

    /// A page of which a device keeps a copy.
    public init(_ path: String, title: String, tag: String) {
        self.path = path
        self.title = title
        self.tag = tag
    }
}
