import Foundation
import Record
import Series
import Store
import TestKit
import Testing

@Suite("Recovery")
struct RecoveryTests {
    /// What a series store ought to hold, kept the simplest way there is.
    struct Model {
        var content: [SeriesKey: [Timestamp: Reading]] = [:]

        mutating func append(_ samples: [Sample]) -> Appended {
            var outcome = Appended()
            for sample in samples {
                let reading = sample.reading
                let key = sample.series
                if content[key] == nil { outcome.newSeries += 1 }
                let found = content[key]?[reading.time]
                if found == reading {
                    outcome.duplicates += 1
                    continue
                }
                outcome.stored += 1
                if found != nil { outcome.corrected += 1 }
                if let last = content[key]?.keys.max(), last > reading.time { outcome.late += 1 }
                content[key, default: [:]][reading.time] = reading
            }
            return outcome
        }

        func sorted(_ key: SeriesKey) -> [Reading] { (content[key] ?? [:]).values.sorted { $0.time < $1.time } }
    }

    private func batch(_ round: Int, _ generator: inout SeededGenerator) -> [Sample] {
        (0..<Int.random(in: 1...25, using: &generator)).map { _ in
            let back = [0, 0, 0, 30, 400].randomElement(using: &generator) ?? 0
            let second = round * 4 + .random(in: 0...3, using: &generator) - .random(in: 0...back, using: &generator)
            return Sample(
                SeriesKey(ThingID("m\(Int.random(in: 0..<4, using: &generator))"), "p"),
                Reading(time: .second(second), value: Double(Int.random(in: 0...1, using: &generator))))
        }
    }

    private func expect(_ series: SeriesStore, holds model: Model, _ note: String) async throws {
        #expect(Set(series.series().map(\.key)) == Set(model.content.keys), "\(note)")
        for info in series.series() {
            let wanted = model.sorted(info.key)
            #expect(try await series.all(info.key) == wanted, "\(note)")
            #expect(info.count == wanted.count && info.first == wanted.first?.time, "\(note)")
            #expect(series.latest(info.key) == wanted.last, "\(note)")
        }
    }

    @Test(
        "whatever comes, is sealed or is cut short: a reopened store answers as a plain dictionary would",
        arguments: Database.available, [11, 12, 13, 14])
    func model(_ database: Database, _ seed: UInt64) async throws {
        var generator = SeededGenerator(seed)
        try await database.withStore { store in
            let clock = HandClock()
            var model = Model()
            var series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            for round in 0..<120 {
                let samples = batch(round, &generator)
                #expect(try await series.append(samples) == model.append(samples), "seed \(seed), round \(round)")
                clock.advance(seconds: .random(in: 0...10, using: &generator))
                switch Int.random(in: 0..<12, using: &generator) {
                case 0: try await series.sealStale()
                case 1:
                    // Not closed: whatever was only in memory is lost, and what it still seals is refused.
                    series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
                    try await expect(series, holds: model, "seed \(seed), round \(round)")
                case 2: try await expect(series, holds: model, "seed \(seed), round \(round)")
                default: break
                }
            }
            try await expect(series, holds: model, "seed \(seed), at the end")
            #expect(try await series.verify().isEmpty)
            await series.close()
        }
    }

    @Test(
        "a crash at any byte of the write-ahead log leaves whole appends, and all that were acknowledged by then",
        arguments: [21, 22])
    func crash(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed)
        try await Database.sqlite.withLocation { location in
            guard case .sqlite(let path) = location else { return }
            let clock = HandClock()
            let store = try await Store.open(location, logger: .quiet)
            let series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            var models = [Model()]
            var sizes = [0]
            for round in 0..<60 {
                let samples = batch(round, &generator)
                var model = models[round]
                _ = model.append(samples)
                _ = try await series.append(samples)
                models.append(model)
                sizes.append(try Data(contentsOf: URL(fileURLWithPath: path + "-wal")).count)
                clock.advance(seconds: 5)
                if round % 20 == 19 { try await series.sealStale() }
            }
            try await series.finishSealing()
            let main = try Data(contentsOf: URL(fileURLWithPath: path))
            let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
            await series.close()
            await store.close()
            var cuts = (0..<40).map { _ in Int.random(in: 0...log.count, using: &generator) }.sorted()
            cuts.append(log.count)
            for cut in cuts {
                let copy = path + ".\(cut)"
                try main.write(to: URL(fileURLWithPath: copy))
                try log.prefix(cut).write(to: URL(fileURLWithPath: copy + "-wal"))
                let store = try await Store.open(.sqlite(copy), logger: .quiet)
                let series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
                let acknowledged = sizes.lastIndex { $0 <= cut } ?? 0
                var held: [SeriesKey: [Reading]] = [:]
                for one in series.series() { held[one.key] = try await series.all(one.key) }
                let match = models.indices.last { at in
                    held.count == models[at].content.count && held.allSatisfy { models[at].sorted($0.key) == $0.value }
                }
                #expect(try #require(match, "seed \(seed), cut \(cut)") >= acknowledged, "seed \(seed), cut \(cut)")
                if let match { try await expect(series, holds: models[match], "seed \(seed), cut \(cut)") }
                await series.close()
                await store.close()
            }
        }
    }

    @Test("an emptied journal does not make new readings look sealed", arguments: Database.available)
    func emptyJournal(_ database: Database) async throws {
        let key = SeriesKey("m", "p")
        try await database.withStore { store in
            let clock = HandClock()
            for start in [0, 8, 16, 17] {
                let series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
                let count = start == 16 ? 1 : 8
                _ = try await series.append(
                    (start..<start + count).map {
                        Sample(key, Reading(time: .second($0), value: 1))
                    })
                try await series.finishSealing()
                let rows = try await store.read {
                    try $0.first("SELECT COUNT(*) AS n FROM series_journal")?.integer("n")
                }
                #expect(rows == (start == 16 ? 1 : 0))
            }
            let series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            #expect(try await series.all(key).map(\.time) == (0..<25).map { .second($0) })
            await series.close()
        }
    }

    @Test("a crash between two rounds of sealing loses nothing of the second")
    func betweenRounds() async throws {
        try await Database.sqlite.withStore { store in
            let clock = HandClock()
            var series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            try await store.write {
                _ = try $0.execute(
                    """
                    CREATE TRIGGER refusal BEFORE INSERT ON series_chunks WHEN NEW.series = 99
                    BEGIN SELECT RAISE(ABORT, 'no'); END
                    """)
            }
            _ = try await series.append(
                (0..<100).flatMap { thing in
                    (0..<8).map {
                        Sample(SeriesKey(ThingID("m\(thing)"), "p"), Reading(time: .second($0), value: Double(thing)))
                    }
                })
            await #expect(throws: StoreError.self) { try await series.finishSealing() }
            let sealed = try await series.unanchored(limit: 1000).count
            #expect((1..<100).contains(sealed))
            series = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            for info in series.series() { #expect(try await series.all(info.key).count == 8 && info.count == 8) }
            #expect(series.series().count == 100)
        }
    }

    @Test("a damaged journal row stops the start, by name")
    func damagedJournal() async throws {
        try await Database.sqlite.withStore { store in
            let clock = HandClock()
            let series = try await SeriesStore.open(store, clock: clock.source, logger: .quiet)
            _ = try await series.append([Sample(SeriesKey("m", "p"), Reading(time: .second(1), value: 1))])
            try await store.write { _ = try $0.execute("UPDATE series_journal SET body = ?", [.blob([1, 2, 3])]) }
            let error = await #expect(throws: SeriesError.self) {
                try await SeriesStore.open(store, clock: clock.source, logger: .quiet)
            }
            #expect(error?.code == .damaged)
        }
    }
}
