import Access
import District
import Record
import Store
import Twin

/// Knows whose each thing is, and declares a thing that nobody has declared when its first reading comes.
actor Placing {
    private let district: District
    private var scopes: [ThingID: Scope] = [:]

    init(district: District) { self.district = district }

    /// The things a sender may send readings for, each with whose it is; unknown ones become the sender's own.
    func scopes(of things: Set<ThingID>, for sender: Sender) async throws -> [ThingID: Scope] {
        let unknown = things.filter { scopes[$0] == nil }
        if !unknown.isEmpty { try await learn(unknown, sender) }
        return scopes.filter { things.contains($0.key) && sender.takes($0.value) }
    }

    /// Whose a thing is; the zone's where nobody knows.
    func scope(of thing: ThingID) -> Scope { scopes[thing] ?? .zone }

    private func learn(_ unknown: Set<ThingID>, _ sender: Sender) async throws {
        let zone = try Caller.system("sensing").tenant
        let found = try await district.transact { transaction in
            var scopes: [ThingID: Scope] = [:]
            for id in unknown.sorted() {
                if let thing = try Things.find(id, for: zone, in: transaction.writer) {
                    scopes[id] = thing.scope
                    continue
                }
                let thing = Thing(
                    id: id, kind: .machine, name: Words(id.rawValue, id.rawValue), firm: sender.firm,
                    scope: sender.scope)
                let drafts = try TwinEvents.declared([thing], for: zone, in: transaction.writer)
                try transaction.record(drafts, origin: Origin(author: sender.author))
                scopes[id] = sender.scope
            }
            return scopes
        }
        scopes.merge(found) { $1 }
    }
}

/// For whom readings are sent: a firm's token sends for its own things, the zone's for any.
struct Sender: Sendable {
    let firm: FirmID?
    let author: Author

    /// - Throws: `AccessError` where nobody is known; a token without a firm is the zone's, for only its officers make one.
    init(_ caller: Caller) throws {
        guard caller.isKnown else { throw AccessError.signInRequired }
        // A program's token says for whom it was made; a person without a firm must be the zone's officer.
        firm = if case .token = caller.identity { caller.firm } else { try caller.tenant.firm }
        author = caller.author
    }

    /// Whose a thing becomes that this sender is the first to speak of.
    var scope: Scope { firm.map { .firm($0) } ?? .zone }

    /// Whether readings for a thing of this scope are taken.
    func takes(_ scope: Scope) -> Bool { firm == nil || scope == self.scope }
}
