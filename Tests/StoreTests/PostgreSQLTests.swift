import Store
import TestKit
import Testing

@Suite("What only PostgreSQL can suffer")
struct PostgreSQLTests {
    @Test("a connection that was cut is replaced: the next write succeeds", arguments: StoreUnderTest.postgresqlOnly)
    func cut(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            try await store.write { try Box.insert(1, "before", in: $0) }
            let schema = try await store.read {
                try $0.first("SELECT current_schema() AS name")?.text("name") ?? ""
            }
            // Of this store's connections those that have been used; each test has a schema and so statements of its own.
            let mine = try await store.read { try $0.first("SELECT pg_backend_pid() AS pid")?.integer("pid") ?? 0 }
            let other = try await Store.open(.postgresql(StoreUnderTest.server ?? ""), logger: .quiet)
            let killed = try await other.write {
                try $0.first("SELECT pg_terminate_backend(?::int) AS done", [.integer(mine)])?.integer("done")
            }
            #expect(killed == 1)
            await other.close()
            try await store.write { try Box.insert(2, "after", in: $0) }
            #expect(try await Box.count(store) == 2)
            let again = try await store.read { try $0.first("SELECT current_schema() AS name")?.text("name") }
            #expect(again == schema)
        }
    }

    @Test(
        "a connection cut in the middle of a write: the write is repeated whole",
        arguments: StoreUnderTest.postgresqlOnly)
    func cutInside(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            let other = try await Store.open(.postgresql(StoreUnderTest.server ?? ""), logger: .quiet)
            let runs = Tally()
            try await store.write { writer in
                try Box.insert(1, "row", in: writer)
                if runs.next() == 1 {
                    // The server ends this very connection; the statement that asks for it never returns well.
                    _ = try writer.query("SELECT pg_terminate_backend(pg_backend_pid())")
                }
                try Box.insert(2, "row", in: writer)
            }
            #expect(runs.count == 2)
            #expect(try await Box.count(store) == 2)
            await other.close()
        }
    }

    @Test("a wrong password fails at once and is not told", arguments: StoreUnderTest.postgresqlOnly)
    func wrongPassword(_ kind: StoreUnderTest) async throws {
        let server = StoreUnderTest.server ?? ""
        let admin = try await Store.open(.postgresql(server), logger: .quiet)
        let role = "t_\(UInt64.random(in: 0 ... .max))"
        // Trust authentication, as test servers have it, takes any password: an unknown role is refused by all.
        let host = server.split(separator: "@").last.map(String.init) ?? ""
        let began = ContinuousClock.now
        do {
            _ = try await Store.open(.postgresql("postgres://\(role):very-s3cret@\(host)"), logger: .quiet)
            Issue.record("a role that does not exist came in")
        } catch let error as StoreError {
            #expect(error.code == .unavailable)
            #expect(error.message.contains(role))
            #expect(!"\(error)".contains("very-s3cret"))
        }
        #expect(ContinuousClock.now - began < .seconds(3))
        await admin.close()
    }

    @Test(
        "text with a zero byte is kept up to PostgreSQL's ability and never splits a row in bulk",
        arguments: StoreUnderTest.postgresqlOnly)
    func zeroByte(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            try await store.write { writer in
                try Box.insert(1, "a\u{0}b", in: writer)
                try writer.insert(into: "box", columns: ["id"] + Box.columns, rows: [Box.row(2, "a\u{0}b")])
            }
            let words = try await store.read { try $0.query("SELECT words FROM box ORDER BY id").map { $0["words"] } }
            #expect(words == ["ab", "ab"])
        }
    }
}
