import Access
import District
import Record
import ServiceLifecycle
import Store
import Web

/// One subject of the room (duties, permits, inspections …): what it owns, in one value. The room is the list of them.
struct Part: Sendable {
    /// Its tables.
    var migrations: [Migration] = []
    /// What can be asked of it.
    var commands: [Command] = []
    /// How its tables follow from events.
    var projections: [Projection] = []
    /// What it does when an event happens.
    var reactions: [Reaction] = []
    /// Its uses of AI.
    var aiUses: [AIUse] = []
    /// Its pages and calls.
    var routes: [Route] = []
    /// Its ways in, on the room's first page.
    var doors: [Door] = []
    /// What it puts on the first page: `tasks` of all parts stand together, so do the steps of `loop`.
    var home: @Sendable (Visit) async throws -> [String: JSON] = { _ in [:] }
    /// Which of its pages whoever looks may need without a connection: their phones keep a copy.
    var offline: @Sendable (Visit) async throws -> [OfflinePage] = { _ in [] }
    /// Which of its events change which live topic.
    var topics: [(prefix: String, name: String)] = []
    /// Its long-running parts.
    var services: @Sendable (Spine) -> [any Service] = { _ in [] }
    /// What it has in the sample district; founds nothing twice.
    var sample: @Sendable (Spine, UInt64) async throws -> Void = { _, _ in }
}

/// A way into a subject, as a card on the room's first page: only for those who may come in.
struct Door: Sendable {
    /// Where it leads.
    let path: String
    /// What it says.
    let label: Words
    /// What is done there, in a sentence.
    let about: Words
    /// Who sees it.
    let roles: Set<Role>

    /// A way into a subject.
    init(_ path: String, _ label: Words, _ about: Words, roles: Set<Role>) {
        self.path = path
        self.label = label
        self.about = about
        self.roles = roles
    }
}
