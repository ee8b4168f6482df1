import Foundation
import Store
import TestKit
import Testing

@Suite("Many writers at once")
struct ConcurrencyTests {
    @Test("concurrent writers are all durable: a second store reads every one", arguments: StoreUnderTest.all)
    func allDurable(_ kind: StoreUnderTest) async throws {
        try await kind.withLocation { location in
            let store = try await Store.open(location, logger: .quiet)
            try await store.migrate(Box.migrations)
            let other = try await Store.open(location, logger: .quiet)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<200 {
                    group.addTask {
                        try await store.write { try Box.insert(id, "row", in: $0) }
                        // Acknowledged: whoever asks now, over another connection, must see it.
                        let row = try await other.read {
                            try $0.first("SELECT words FROM box WHERE id = ?", [.integer(Int64(id))])
                        }
                        #expect(row?["words"] == "row")
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Box.count(other) == 200)
            await store.close()
            await other.close()
        }
    }

    @Test("two hundred increments of one counter under contention lose none", arguments: StoreUnderTest.all)
    func counter(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            try await store.write { try Box.insert(1, 0, in: $0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await store.write { writer in
                            let now = try writer.first("SELECT whole FROM box WHERE id = 1")?.integer("whole") ?? 0
                            try writer.execute("UPDATE box SET whole = ? WHERE id = 1", [.integer(now + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.read { try $0.first("SELECT whole FROM box")?["whole"] } == 200)
        }
    }

    @Test("a write that fails in a group takes none of its neighbours with it", arguments: StoreUnderTest.all)
    func neighbours(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            let refused = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<90 {
                    group.addTask {
                        do {
                            try await store.write { writer in
                                try Box.insert(id, "row", in: writer)
                                if id % 3 == 0 { throw TransactionTests.Mishap() }
                            }
                        } catch is TransactionTests.Mishap {
                            refused.next()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(refused.count == 30)
            #expect(try await Box.count(store) == 60)
        }
    }

    @Test("on SQLite, writes that wait together share one transaction and one epilogue")
    func groupCommit() async throws {
        let epilogues = Tally()
        let gate = Gate()
        try await StoreUnderTest.sqlite.withLocation { location in
            let store = try await Store.open(
                location, epilogue: { _ in epilogues.next() }, logger: .quiet)
            try await store.migrate(Box.migrations)
            epilogues.reset()
            let writes = 500
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await store.write { _ in gate.wait() } }
                for id in 0..<writes {
                    group.addTask { try await store.write { try Box.insert(id, "row", in: $0) } }
                }
                // Time for the writes to queue behind the one that holds the thread.
                try await Task.sleep(for: .milliseconds(300))
                gate.open()
                try await group.waitForAll()
            }
            #expect(try await Box.count(store) == Int64(writes))
            #expect(epilogues.count < writes / 10, "\(epilogues.count) commits")
            await store.close()
        }
    }

    @Test("on SQLite, an epilogue that fails fails every write of its group, and leaves none")
    func failingEpilogue() async throws {
        let fails = Tally()
        try await StoreUnderTest.sqlite.withLocation { location in
            let store = try await Store.open(
                location, epilogue: { _ in if fails.count > 0 { throw TransactionTests.Mishap() } },
                logger: .quiet)
            try await store.migrate(Box.migrations)
            fails.next()
            await #expect(throws: TransactionTests.Mishap.self) {
                try await store.write { try Box.insert(1, "row", in: $0) }
            }
            fails.reset()
            #expect(try await Box.count(store) == 0)
            try await store.write { try Box.insert(1, "row", in: $0) }
            await store.close()
        }
    }

    @Test("two stores that share one SQLite file take turns")
    func twoStores() async throws {
        try await StoreUnderTest.sqlite.withLocation { location in
            let stores = [
                try await Store.open(location, logger: .quiet), try await Store.open(location, logger: .quiet),
            ]
            try await stores[0].migrate(Box.migrations)
            try await stores[1].migrate(Box.migrations)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<100 {
                    group.addTask { try await stores[id % 2].write { try Box.insert(id, "row", in: $0) } }
                }
                try await group.waitForAll()
            }
            for store in stores {
                #expect(try await Box.count(store) == 100)
                await store.close()
            }
        }
    }

    @Test("another process writes to an open SQLite file, and both see it")
    func twoProcesses() async throws {
        // SQLite's own shell; where it is missing there is no second process to speak of.
        let shell = "/usr/bin/sqlite3"
        guard FileManager.default.isExecutableFile(atPath: shell) else {
            print("no second process is tested: \(shell) is absent")
            return
        }
        try await withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("shared.sqlite").path
            let store = try await Store.open(.sqlite(file), logger: .quiet)
            try await store.migrate(Box.migrations)
            try await store.write { try Box.insert(1, "ours", in: $0) }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: shell)
            process.arguments = [
                "-cmd", ".timeout 10000", "-bail", file,
                "INSERT INTO box (id, words) SELECT 2, words || ' and theirs' FROM box WHERE id = 1",
            ]
            process.standardInput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let theirs = try await store.read { try $0.first("SELECT words FROM box WHERE id = 2") }
            #expect(theirs?["words"] == "ours and theirs")
            try await store.write { try Box.insert(3, "ours again", in: $0) }
            #expect(try await Box.count(store) == 3)
            await store.close()
        }
    }
}
