import Record
import Store
import Testing

@testable import Access

@Suite struct SessionTests {
    static func withSession(_ body: (Store, OpenedSession) async throws -> Void) async throws {
        try await withStores { store in
            let opened = try await store.write { transaction in
                try add(Person(id: "kim", name: "김하나", roles: [.zoneOfficer]), in: transaction)
                return try Sessions.open("kim", address: "a", agent: "b", at: noon, in: transaction)
            }
            try await body(store, opened)
        }
    }

    static func isAlive(_ store: Store, _ token: String, at now: Timestamp) async throws -> Bool {
        try await store.read { try Sessions.find(token: token, at: now, in: $0) != nil }
    }

    @Test("A session ends twelve hours after its last use")
    func idle() async throws {
        try await Self.withSession { store, opened in
            #expect(try await Self.isAlive(store, opened.token, at: later(12 * 3600 - 1)))
            #expect(try await !Self.isAlive(store, opened.token, at: later(12 * 3600)))
            try await store.write { try Sessions.touch(opened.session, at: later(3600), in: $0) }
            #expect(try await Self.isAlive(store, opened.token, at: later(13 * 3600 - 1)))
            #expect(try await !Self.isAlive(store, opened.token, at: later(13 * 3600)))
        }
    }

    @Test("A session ends seven days after it was opened, however much it is used")
    func absolute() async throws {
        try await Self.withSession { store, opened in
            for hour in stride(from: 6.0, to: 7 * 24, by: 6) {
                #expect(try await Self.isAlive(store, opened.token, at: later(hour * 3600)))
                try await store.write { try Sessions.touch(opened.session, at: later(hour * 3600), in: $0) }
            }
            #expect(try await Self.isAlive(store, opened.token, at: later(7 * 86_400 - 1)))
            #expect(try await !Self.isAlive(store, opened.token, at: later(7 * 86_400)))
            try await store.write { try AccessTables.prune(at: later(7 * 86_400), in: $0) }
            #expect(try await store.read { try $0.query("SELECT * FROM access_sessions") }.isEmpty)
        }
    }

    @Test("Use is written down once a minute")
    func touches() async throws {
        try await Self.withSession { _, opened in
            #expect(!opened.session.needsTouch(at: later(59)))
            #expect(opened.session.needsTouch(at: later(60)))
        }
    }

    @Test("A person sees and ends their own sessions, and nobody else's")
    func revoke() async throws {
        try await Self.withSession { store, opened in
            let second = try await store.write {
                try Sessions.open("kim", address: "c", agent: "d", at: later(5), in: $0)
            }
            let listed = try await store.read { try Sessions.list(of: "kim", at: later(6), in: $0) }
            #expect(listed.map(\.id) == [second.session.id, opened.session.id])
            #expect(try await store.write { try !Sessions.revoke(opened.session.id, of: "lee", in: $0) })
            #expect(try await store.write { try Sessions.revoke(opened.session.id, of: "kim", in: $0) })
            #expect(try await !Self.isAlive(store, opened.token, at: later(6)))
            let third = try await store.write {
                try Sessions.open("kim", address: "c", agent: "d", at: later(6), in: $0)
            }
            try await store.write { try Sessions.revokeAll(of: "kim", except: third.session.id, in: $0) }
            #expect(try await !Self.isAlive(store, second.token, at: later(7)))
            #expect(try await Self.isAlive(store, third.token, at: later(7)))
        }
    }
}
