import Store
import TestKit
import Testing

@Suite("Migrations, on every store")
struct MigrationTests {
    static let first = Migration("m.001", ["CREATE TABLE m (id IDENTITY KEY, words TEXT)"])
    static let second = Migration("m.002", ["ALTER TABLE m ADD COLUMN more BLOB"])
    static let third = Migration("m.003", ["INSERT INTO m (words, more) VALUES ('made by 003', NULL)"])

    @Test("steps run once and in the order given", arguments: StoreUnderTest.all)
    func once(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate([Self.first])
            try await store.migrate([Self.first, Self.second, Self.third])
            try await store.migrate([Self.first, Self.second, Self.third])
            let rows = try await store.read { try $0.query("SELECT words, more FROM m") }
            #expect(rows.map { $0["words"] } == ["made by 003"])
        }
    }

    @Test("a step in the wrong order fails and leaves nothing", arguments: StoreUnderTest.all)
    func order(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            await #expect(throws: StoreError.self) { try await store.migrate([Self.second, Self.first]) }
            try await store.migrate([Self.first, Self.second])
        }
    }

    @Test("a step that was edited after it ran is refused by name", arguments: StoreUnderTest.all)
    func edited(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate([Self.first])
            do {
                try await store.migrate([Migration("m.001", ["CREATE TABLE m (id IDENTITY KEY, words BLOB)"])])
                Issue.record("an edited migration was taken")
            } catch let error as StoreError {
                #expect(error.code == .migration)
                #expect(error.message.contains("m.001"))
            }
        }
    }

    @Test("an identity key rises and is never given twice", arguments: StoreUnderTest.all)
    func identity(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate([Self.first])
            for words in ["a", "b", "c"] {
                _ = try await store.write { try $0.execute("INSERT INTO m (words) VALUES (?)", [.text(words)]) }
            }
            _ = try await store.write { try $0.execute("DELETE FROM m WHERE words = 'c'") }
            _ = try await store.write { try $0.execute("INSERT INTO m (words) VALUES ('d')") }
            let ids = try await store.read { try $0.query("SELECT id FROM m ORDER BY id").map { try $0.integer("id") } }
            #expect(ids.count == 3)
            #expect(try #require(ids.last) > 3)
        }
    }

    @Test("several stores that start at once migrate once", arguments: StoreUnderTest.all)
    func together(_ kind: StoreUnderTest) async throws {
        try await kind.withLocation { location in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let store = try await Store.open(location, logger: .quiet)
                        try await store.migrate([Self.first, Self.second, Self.third])
                        await store.close()
                    }
                }
                try await group.waitForAll()
            }
            let store = try await Store.open(location, logger: .quiet)
            #expect(try await store.read { try $0.query("SELECT id FROM m").count } == 1)
            await store.close()
        }
    }

    @Test("an epilogue never sees a store without the tables of the first migration")
    func epilogue() async throws {
        try await StoreUnderTest.sqlite.withStore(epilogue: { _ = try $0.query("SELECT id FROM m") }) { store in
            try await store.migrate([Self.first])
            try await store.migrate([Self.first, Self.second])
        }
    }
}
