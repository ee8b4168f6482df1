import Record
import Series
import Store
import TestKit
import Testing

@Suite("Sealed chunks as evidence")
struct AnchorTests {
    private let press = SeriesKey("press-1", "vibration")

    private func withSealed(_ database: Database, _ body: (SeriesStore, Store) async throws -> Void) async throws {
        try await database.withStore { store in
            let clock = HandClock()
            let series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            for key in [press, SeriesKey("oven-1", "temperature")] {
                _ = try await series.append(
                    (0..<40).map { Sample(key, unit: "mm/s", Reading(time: .second($0), value: 1)) })
            }
            try await series.sealStale()
            _ = try await series.append([Sample(press, Reading(time: .second(99), value: 1))])
            try await body(series, store)
            await series.close()
        }
    }

    @Test("a reading leads to the event that anchored it", arguments: Database.available)
    func anchoring(_ database: Database) async throws {
        try await withSealed(database) { series, _ in
            let chunks = try await series.unanchored(limit: 100)
            #expect(chunks.count == 10 && chunks.allSatisfy { $0.count == 8 && $0.sha256.count == 32 })
            #expect(try await series.unanchored(limit: 3) == Array(chunks.prefix(3)))
            #expect(try await series.anchor(of: press, at: .second(4)) == nil)
            let (one, other) = (Identifier(), Identifier())
            try await series.markAnchored(chunks.prefix(3).map(\.id), event: one)
            try await series.markAnchored(chunks.map(\.id), event: other)
            #expect(try await series.unanchored(limit: 100).isEmpty)
            let first = try #require(chunks.first { $0.key == press && $0.from == .second(0) })
            let last = try #require(chunks.last { $0.key == press })
            #expect(try await series.anchor(of: press, at: first.to) == one)
            #expect(try await series.anchor(of: press, at: last.to) == other)
            #expect(try await series.anchor(of: press, at: .second(99)) == nil)
            #expect(try await series.anchor(of: press, at: Timestamp(microseconds: 1)) == nil)
            _ = try await series.append([Sample(press, Reading(time: first.to, value: 5))])
            #expect(try await series.anchor(of: press, at: first.to) == nil)
        }
    }

    @Test("untouched chunks are intact, and pages lead through all of them", arguments: Database.available)
    func intact(_ database: Database) async throws {
        try await withSealed(database) { series, _ in
            #expect(try await series.verify().isEmpty)
            var ids: [Int64] = []
            while true {
                let page = try await series.verdicts(after: ids.last ?? 0, limit: 3)
                if page.isEmpty { break }
                #expect(page.allSatisfy { $0.intact && $0.digest == $0.chunk.sha256 })
                ids += page.map(\.chunk.id)
            }
            #expect(ids == Array(1...10))
        }
    }

    @Test(
        "every way of meddling with a chunk shows",
        arguments: Database.available,
        [
            "UPDATE series_chunks SET series = 1 - series WHERE id = 2",
            "UPDATE series_chunks SET series = 77 WHERE id = 2",
            "UPDATE series_chunks SET to_time = to_time + 1 WHERE id = 2",
            "UPDATE series_chunks SET from_time = from_time - 1 WHERE id = 2",
            "UPDATE series_chunks SET count = 7 WHERE id = 2",
            "UPDATE series_chunks SET sha256 = (SELECT sha256 FROM series_chunks WHERE id = 1) WHERE id = 2",
            "UPDATE series_chunks SET body = (SELECT body FROM series_chunks WHERE id = 1) WHERE id = 2",
            "UPDATE series_chunks SET body = (SELECT sha256 FROM series_chunks WHERE id = 1) WHERE id = 2",
        ])
    func tampered(_ database: Database, _ sql: String) async throws {
        try await withSealed(database) { series, store in
            try await store.write { _ = try $0.execute(sql) }
            #expect(try await series.verify().map(\.chunk.id) == [2])
        }
    }

    @Test("one altered value shows, and a rewritten hash differs from the anchored one", arguments: Database.available)
    func rewritten(_ database: Database) async throws {
        try await withSealed(database) { series, store in
            let before = try await series.unanchored(limit: 100)
            let body = try await store.read {
                try $0.first("SELECT body FROM series_chunks WHERE id = 2")?.blob("body")
            }
            var chunk = try ChunkCodec.decode(try #require(body))
            chunk.readings[3].value = 4
            let forged = ChunkCodec.encode(chunk)
            try await store.write {
                _ = try $0.execute("UPDATE series_chunks SET body = ? WHERE id = 2", [.blob(forged)])
            }
            #expect(try await series.verify().map(\.chunk.id) == [2])
            let digest = ChunkCodec.digest(of: forged, key: before[1].key)
            try await store.write {
                _ = try $0.execute("UPDATE series_chunks SET sha256 = ? WHERE id = 2", [.blob(digest)])
            }
            #expect(try await series.verify().isEmpty)
            let verdicts = try await series.verdicts()
            #expect(zip(verdicts, before).filter { $0.digest != $1.sha256 }.map(\.0.chunk.id) == [2])
        }
    }

    @Test("a series renamed in the database no longer fits its hashes", arguments: Database.available)
    func renamed(_ database: Database) async throws {
        try await withSealed(database) { series, store in
            try await store.write {
                _ = try $0.execute("UPDATE series_names SET thing = 'press-2' WHERE thing = 'press-1'")
            }
            #expect(try await series.verify().count == 5)
        }
    }
}
