import Store
import TestKit
import Testing

@Suite("Transactions, on every store")
struct TransactionTests {
    struct Mishap: Error {}

    @Test("a savepoint that fails undoes its part only, also when nested", arguments: StoreUnderTest.all)
    func savepoints(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            try await store.write { writer in
                try Box.insert(1, "kept", in: writer)
                do {
                    try writer.savepoint {
                        try Box.insert(2, "undone", in: writer)
                        throw Mishap()
                    }
                } catch is Mishap {}
                try writer.savepoint {
                    try Box.insert(3, "kept", in: writer)
                    #expect(throws: StoreError.self) {
                        try writer.savepoint { try Box.insert(1, "there already", in: writer) }
                    }
                    try Box.insert(4, "kept", in: writer)
                }
            }
            let kept = try await store.read { try $0.query("SELECT id FROM box ORDER BY id").map { $0["id"] } }
            #expect(kept == [1, 3, 4])
        }
    }

    @Test("a write that throws leaves nothing, and the next one works", arguments: StoreUnderTest.all)
    func failedWrite(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            await #expect(throws: Mishap.self) {
                try await store.write { writer in
                    try Box.insert(1, "gone", in: writer)
                    throw Mishap()
                }
            }
            #expect(try await Box.count(store) == 0)
            try await store.write { try Box.insert(1, "here", in: $0) }
            #expect(try await Box.count(store) == 1)
        }
    }

    static let broken: [(String, StoreError.Code)] = [
        ("INSERT INTO strict (id, name, size) VALUES (1, 'twice', 1)", .constraint),
        ("INSERT INTO strict (id, name, size) VALUES (2, NULL, 1)", .constraint),
        ("INSERT INTO strict (id, name, size) VALUES (2, 'too big', 100)", .constraint),
        ("INSERT INTO strict (id, name, size, parent) VALUES (2, 'orphan', 1, 77)", .constraint),
        ("INSERT INTO nowhere VALUES (1)", .statement),
        ("SELEKT 1", .statement),
    ]

    @Test("what the schema or the grammar refuses has its own code", arguments: StoreUnderTest.all, broken)
    func codes(_ kind: StoreUnderTest, _ broken: (sql: String, code: StoreError.Code)) async throws {
        try await kind.withStore { store in
            try await store.migrate([
                Migration(
                    "strict.001",
                    [
                        """
                        CREATE TABLE strict (id BIGINT PRIMARY KEY, name TEXT NOT NULL, size BIGINT CHECK (size < 10),
                            parent BIGINT REFERENCES strict (id))
                        """,
                        "INSERT INTO strict (id, name, size) VALUES (1, 'first', 1)",
                    ])
            ])
            do {
                _ = try await store.write { try $0.execute(broken.sql) }
                Issue.record("\(broken.sql) was taken")
            } catch let error as StoreError {
                #expect(error.code == broken.code, "\(error)")
            }
        }
    }

    @Test("a read sees one moment, whatever is written meanwhile", arguments: StoreUnderTest.all)
    func snapshot(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            try await store.write { try Box.insert(1, "one", in: $0) }
            let (seen, sight) = AsyncStream.makeStream(of: Void.self)
            let gate = Gate()
            async let counts = store.read { reader -> (Int, Int) in
                let before = try reader.query("SELECT id FROM box").count
                sight.finish()
                gate.wait()
                return (before, try reader.query("SELECT id FROM box").count)
            }
            for await _ in seen {}
            try await store.write { try Box.insert(2, "two", in: $0) }
            gate.open()
            let (before, after) = try await counts
            #expect(before == 1)
            #expect(after == 1)
            #expect(try await Box.count(store) == 2)
        }
    }

    @Test("a closed store refuses, and what was acknowledged before is there", arguments: StoreUnderTest.all)
    func closed(_ kind: StoreUnderTest) async throws {
        try await kind.withLocation { location in
            let store = try await Store.open(location, logger: .quiet)
            try await store.migrate(Box.migrations)
            let acknowledged = Tally()
            await withTaskGroup(of: Void.self) { group in
                for id in 0..<40 {
                    group.addTask {
                        do {
                            try await store.write { try Box.insert(id, "row", in: $0) }
                            acknowledged.next()
                        } catch {
                            #expect((error as? StoreError)?.code == .closed, "\(error)")
                        }
                    }
                }
                group.addTask { await store.close() }
            }
            do {
                _ = try await store.write { try $0.execute("DELETE FROM box") }
                Issue.record("a closed store was written to")
            } catch let error as StoreError {
                #expect(error.code == .closed)
            }
            do {
                _ = try await store.read { try $0.query("SELECT 1") }
                Issue.record("a closed store was read from")
            } catch let error as StoreError {
                #expect(error.code == .closed)
            }
            await store.close()
            let again = try await Store.open(location, logger: .quiet)
            #expect(try await Box.count(again) == Int64(acknowledged.count))
            await again.close()
        }
    }
}
