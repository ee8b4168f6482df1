import Record
import Store
import Testing

@testable import Access

@Suite struct SetupLinkTests {
    @Test("A link makes the first account: administrator and zone officer")
    func first() async throws {
        try await withStores { store in
            #expect(try await store.read { try Credentials.areEmpty(in: $0) })
            let token = try await store.write {
                try SetupLink.issue(roles: SetupLink.firstRoles, at: noon, in: $0)
            }
            let caller = try await store.write { transaction in
                let link = try SetupLink.use(token, at: later(10), in: transaction)
                try apply(link.drafts(person: "kim", name: "김하나", language: .ko), in: transaction)
                return try Directory.caller("kim", in: transaction)
            }
            #expect(caller?.roles == [.administrator, .zoneOfficer])
            #expect(try caller?.tenant.firm == nil)
        }
    }

    @Test("A link works once, and not after its end; looking does not use it up")
    func once() async throws {
        try await withStores { store in
            func use(_ token: String, at now: Timestamp) async -> AccessError.Code? {
                do {
                    _ = try await store.write { try SetupLink.use(token, at: now, in: $0) }
                    return nil
                } catch {
                    return (error as? AccessError)?.code
                }
            }
            let token = try await store.write { try SetupLink.issue(roles: [.worker], firm: "f1", at: noon, in: $0) }
            let seen = try await store.read { try SetupLink.look(token, at: later(1), in: $0) }
            #expect(seen.firm == "f1" && seen.roles == [.worker])
            #expect(await use(token, at: later(2)) == nil)
            #expect(await use(token, at: later(3)) == .linkNotValid)
            let late = try await store.write {
                try SetupLink.issue(roles: [.worker], lifetime: 60, at: noon, in: $0)
            }
            #expect(await use(late, at: later(60)) == .linkNotValid)
            #expect(await use(late, at: later(59)) == nil)
            #expect(await use("made-up", at: noon) == .linkNotValid)
            let rows = try await store.read { try $0.query("SELECT * FROM access_setup_links") }
            #expect(rows.count == 2)
            #expect(!rows.contains { $0.values.contains(.text(token)) })
        }
    }

    @Test("A rolled back use leaves the link whole; revoked links are gone")
    func rolledBack() async throws {
        struct Refused: Error {}
        try await withStores { store in
            let token = try await store.write { try SetupLink.issue(roles: [], at: noon, in: $0) }
            await #expect(throws: Refused.self) {
                try await store.write { transaction -> Void in
                    _ = try SetupLink.use(token, at: noon, in: transaction)
                    throw Refused()
                }
            }
            #expect(try await store.read { try SetupLink.look(token, at: noon, in: $0) }.roles.isEmpty)
            try await store.write { try SetupLink.revokeAll(in: $0) }
            await #expect(throws: AccessError.self) {
                _ = try await store.read { try SetupLink.look(token, at: noon, in: $0) }
            }
        }
    }
}
