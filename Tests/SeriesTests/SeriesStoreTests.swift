import Record
import Series
import Store
import TestKit
import Testing

@Suite("A series store, on both databases")
struct SeriesStoreTests {
    private let press = SeriesKey("press-1", "vibration")
    private let oven = SeriesKey("oven-1", "temperature")

    private func sample(_ key: SeriesKey, _ second: Int, _ value: Double, unit: String? = nil) -> Sample {
        Sample(key, unit: unit, Reading(time: .second(second), value: value))
    }

    private func withSeries(
        _ database: Database, _ settings: SeriesSettings = .small,
        _ body: (SeriesStore, Store, HandClock) async throws -> Void
    ) async throws {
        try await database.withStore { store in
            let clock = HandClock()
            let series = try await SeriesStore.open(store, clock: clock.source, settings: settings, logger: .quiet)
            try await body(series, store, clock)
            await series.close()
        }
    }

    @Test("what was appended is found by time, from open and from sealed chunks", arguments: Database.available)
    func appendAndQuery(_ database: Database) async throws {
        try await withSeries(database) { series, _, clock in
            for start in stride(from: 0, to: 100, by: 5) {
                let outcome = try await series.append((start..<start + 5).map { sample(press, $0, Double($0)) })
                #expect(outcome.stored == 5)
                #expect(outcome.newSeries == (start == 0 ? 1 : 0))
            }
            #expect(try await series.all(press).map(\.value) == (0..<100).map(Double.init))
            let middle = try await series.readings(press, from: .second(10), to: .second(20), limit: 100)
            #expect(middle.map(\.value) == (10..<20).map(Double.init))
            let few = try await series.readings(press, from: .second(10), to: .second(90), limit: 7)
            #expect(few.map(\.value) == (10..<17).map(Double.init))
            #expect(try await series.readings(press, from: .second(20), to: .second(20), limit: 9).isEmpty)
            #expect(try await series.all(oven).isEmpty)
            let info = try #require(series.series().first)
            #expect(info.first == .second(0) && info.last == .second(99) && info.count == 100)
            clock.advance(seconds: 61)
            try await series.sealStale()
            #expect(try await series.all(press).map(\.value) == (0..<100).map(Double.init))
            let chunks = try await series.unanchored(limit: 1000)
            #expect(chunks.reduce(0) { $0 + $1.count } == 100)
        }
    }

    @Test("a shuffle by ten minutes leaves the same content as order does", arguments: Database.available)
    func shuffled(_ database: Database) async throws {
        var generator = SeededGenerator(7)
        let ordered = (0..<4000).map { sample(press, $0, Double($0 % 17)) }
        let shuffled = ordered.map {
            (Double($0.reading.time.seconds) + .random(in: -600...600, using: &generator), $0)
        }
        .sorted { $0.0 < $1.0 }.map(\.1)
        try await withSeries(database, SeriesSettings(chunkReadings: 128)) { series, _, _ in
            for start in stride(from: 0, to: 4000, by: 250) {
                _ = try await series.append(Array(shuffled[start..<start + 250]))
            }
            #expect(try await series.all(press) == ordered.map(\.reading))
            #expect(series.latest(press) == ordered.last?.reading)
            #expect(series.series().first?.count == 4000)
            for start in stride(from: 0, to: 4000, by: 400) {
                let page = try await series.readings(
                    press, from: .second(start), to: .second(start + 50), limit: 1000)
                #expect(page == ordered[start..<start + 50].map(\.reading))
            }
        }
    }

    @Test("a day of backfill beside live data is counted late and found in its place", arguments: Database.available)
    func backfill(_ database: Database) async throws {
        try await withSeries(database) { series, _, _ in
            for second in stride(from: 86_400, to: 86_500, by: 10) {
                let live = (second..<second + 10).map { sample(press, $0, 1) }
                #expect(try await series.append(live).late == 0)
                let old = (second - 86_400..<second - 86_390).map { sample(press, $0, 2) }
                #expect(try await series.append(old).late == 10)
            }
            let readings = try await series.all(press)
            #expect(readings.map(\.time) == (Array(0..<100) + Array(86_400..<86_500)).map { .second($0) })
            #expect(readings.map(\.value) == Array(repeating: 2, count: 100) + Array(repeating: 1, count: 100))
            #expect(series.latest(press)?.time == .second(86_499))
        }
    }

    @Test("any number of chunks may overlap at one moment", arguments: Database.available, [1, 3, 70, 1000])
    func overlapping(_ database: Database, _ limit: Int) async throws {
        try await withSeries(database) { series, _, _ in
            for start in 0..<80 {
                _ = try await series.append((0..<8).map { sample(press, start + 80 * $0, Double(start)) })
            }
            try await series.finishSealing()
            for from in [3, 100] {
                let readings = try await series.readings(press, from: .second(from), to: .second(600), limit: limit)
                #expect(readings.map(\.time) == (from..<600).prefix(limit).map { .second($0) })
                #expect(readings.map(\.value) == (from..<600).prefix(limit).map { Double($0 % 80) })
            }
        }
    }

    @Test("duplicates are folded, open or sealed, in one append or over many", arguments: Database.available)
    func duplicates(_ database: Database) async throws {
        try await withSeries(database) { series, _, _ in
            let batch = (0..<30).map { sample(press, $0, Double($0)) }
            let first = try await series.append(batch + batch)
            #expect(first.stored == 30 && first.duplicates == 30)
            try await series.sealStale()
            let again = try await series.append(batch)
            #expect(again.stored == 0 && again.duplicates == 30 && again.late == 0)
            #expect(try await series.all(press) == batch.map(\.reading))
            #expect(series.series().first?.count == 30)
        }
    }

    @Test("a later arrival at the same time wins, open or sealed", arguments: Database.available)
    func corrections(_ database: Database) async throws {
        try await withSeries(database) { series, _, clock in
            _ = try await series.append((0..<20).map { sample(press, $0, 1) })
            let outcome = try await series.append([sample(press, 3, 9), sample(press, 19, 8)])
            #expect(outcome.stored == 2 && outcome.corrected == 2 && outcome.late == 1)
            func values() async throws -> [Double] { try await series.all(press).map(\.value) }
            var expected = [Double](repeating: 1, count: 20)
            (expected[3], expected[19]) = (9, 8)
            #expect(try await values() == expected)
            #expect(series.latest(press)?.value == 8)
            clock.advance(seconds: 61)
            try await series.sealStale()
            #expect(try await values() == expected)
            let back = try await series.append([sample(press, 3, 1)])
            #expect(back.corrected == 1)
            expected[3] = 1
            #expect(try await values() == expected)
            #expect(series.series().first?.count == 20)
        }
    }

    @Test("zero and minus zero are two values", arguments: Database.available)
    func minusZero(_ database: Database) async throws {
        try await withSeries(database) { series, _, _ in
            _ = try await series.append([sample(press, 0, 0)])
            #expect(try await series.append([sample(press, 0, -0.0)]).corrected == 1)
            #expect(try await series.all(press).first?.value.sign == .minus)
        }
    }

    @Test("latest is the latest observed, not the latest arrived", arguments: Database.available)
    func latest(_ database: Database) async throws {
        try await withSeries(database) { series, _, clock in
            _ = try await series.append([sample(press, 100, 1, unit: "mm/s")])
            let arrived = clock.now
            clock.advance(seconds: 5)
            _ = try await series.append([sample(press, 50, 2), sample(oven, 70, 3)])
            #expect(series.latest(press) == Reading(time: .second(100), value: 1))
            let all = series.latest()
            #expect(all.map(\.key) == [press, oven])
            #expect(all.map(\.arrived) == [arrived, clock.now])
            #expect(all.map(\.unit) == ["mm/s", nil])
            #expect(all.map(\.count) == [2, 1])
            #expect(series.latest(SeriesKey("nothing", "at-all")) == nil)
        }
    }

    @Test("a strange unit is kept as uncertain and named once", arguments: Database.available)
    func units(_ database: Database) async throws {
        try await withSeries(database) { series, _, _ in
            let first = try await series.append([sample(oven, 0, 20), sample(oven, 1, 21, unit: "Cel")])
            #expect(first.unitMismatch == 0)
            let second = try await series.append([
                sample(oven, 2, 70, unit: "[degF]"), sample(oven, 3, 71, unit: "[degF]"), sample(oven, 4, 22),
                Sample(oven, unit: "[degF]", Reading(time: .second(5), value: 72, quality: .bad)),
            ])
            #expect(second.stored == 4 && second.unitMismatch == 3)
            #expect(second.unitSuspects == [UnitSuspect(series: oven, expected: "Cel", given: "[degF]")])
            let qualities = try await series.all(oven).map(\.quality)
            #expect(qualities == [.good, .good, .uncertain, .uncertain, .good, .bad])
            #expect(series.series().first?.unit == "Cel")
        }
    }

    @Test(
        "a value that is no number is refused by its index, and nothing of its batch is kept",
        arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func notFinite(_ value: Double) async throws {
        try await withSeries(.sqlite) { series, _, _ in
            let error = await #expect(throws: SeriesError.self) {
                try await series.append([self.sample(press, 0, 1), self.sample(press, 1, value)])
            }
            #expect(error?.code == .value && error?.index == 1)
            #expect(series.latest(press) == nil)
            let nothing = try await series.append([])
            #expect(nothing == Appended())
        }
    }

    @Test("appends from many tasks are all kept, once", arguments: Database.available)
    func concurrent(_ database: Database) async throws {
        try await withSeries(database) { series, _, _ in
            let stored = try await withThrowingTaskGroup(of: Int.self) { group in
                for task in 0..<20 {
                    group.addTask {
                        var stored = 0
                        for second in 0..<20 {
                            let samples = (0..<3).map { property in
                                Sample(
                                    SeriesKey(ThingID("m\(task % 5)"), "p\(property)"),
                                    Reading(time: .second(second * 4 + task / 5), value: Double(task)))
                            }
                            stored += try await series.append(samples).stored
                        }
                        return stored
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(stored == 1200)
            #expect(series.series().count == 15)
            for one in series.series() {
                #expect(one.count == 80)
                #expect(try await series.all(one.key).map(\.time) == (0..<80).map { .second($0) })
            }
        }
    }

    @Test("memory stays within bounds, and so does the journal", arguments: Database.available)
    func bounded(_ database: Database) async throws {
        let settings = SeriesSettings(
            chunkReadings: 512, maxOpenReadings: 1000, maxJournalReadings: 600, groupReadings: 200)
        try await withSeries(database, settings) { series, store, _ in
            for round in 0..<30 {
                let samples = (0..<100).map {
                    Sample(SeriesKey(ThingID("m\($0)"), "p"), Reading(time: .second(round), value: 1))
                }
                _ = try await series.append(samples)
                #expect(series.openReadings <= 1100)
            }
            try await series.sealStale()
            let rows = try await store.read { try $0.first("SELECT COUNT(*) AS n FROM series_journal")?.integer("n") }
            #expect(try #require(rows) <= 8)
            for one in series.series() { #expect(try await series.all(one.key).count == 30) }
        }
    }

    @Test("after close appends are refused, queries are not", arguments: Database.available)
    func closed(_ database: Database) async throws {
        try await withSeries(database) { series, _, _ in
            _ = try await series.append([sample(press, 0, 1)])
            await series.close()
            let error = await #expect(throws: SeriesError.self) { try await series.append([self.sample(press, 1, 1)]) }
            #expect(error?.code == .closed)
            #expect(try await series.all(press).count == 1)
        }
    }

    @Test(
        "whoever opens the readings last takes them over; the one before neither appends nor seals",
        arguments: Database.available)
    func superseded(_ database: Database) async throws {
        try await withSeries(database) { series, store, clock in
            _ = try await series.append([sample(press, 0, 1)])
            let other = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            _ = try await other.append([sample(press, 1, 2)])
            clock.advance(seconds: 61)
            let append = await #expect(throws: SeriesError.self) { try await series.append([self.sample(oven, 0, 1)]) }
            #expect(append?.code == .superseded)
            let seal = await #expect(throws: SeriesError.self) { try await series.sealStale() }
            #expect(seal?.code == .superseded)
            #expect(series.latest(oven) == nil)
            #expect(try await other.unanchored(limit: 9).isEmpty)
            #expect(try await other.all(press).map(\.value) == [1, 2])
        }
    }

    @Test("a commit whose answer was lost is looked up, unless another has taken over", arguments: Database.available)
    func lostAnswer(_ database: Database) async throws {
        try await withSeries(database) { series, store, clock in
            _ = try await series.append([sample(press, 0, 1)])
            #expect(try await series.wasWritten(row: 1))
            #expect(try await !series.wasWritten(row: 2))
            _ = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            let error = await #expect(throws: SeriesError.self) { try await series.wasWritten(row: 1) }
            #expect(error?.code == .superseded)
        }
    }

    @Test("what the database refuses is not acknowledged, and works again once it does not")
    func refused() async throws {
        try await withSeries(.sqlite) { series, store, clock in
            func refuse(_ table: String) async throws {
                try await store.write {
                    _ = try $0.execute(
                        "CREATE TRIGGER refusal BEFORE INSERT ON \(table) BEGIN SELECT RAISE(ABORT, 'no'); END")
                }
            }
            func allow() async throws { try await store.write { _ = try $0.execute("DROP TRIGGER refusal") } }
            try await refuse("series_journal")
            await #expect(throws: StoreError.self) { try await series.append([self.sample(press, 0, 1, unit: "mm/s")]) }
            #expect(series.latest().isEmpty && series.openReadings == 0)
            try await allow()
            #expect(try await series.append([sample(press, 0, 1, unit: "mm/s")]).newSeries == 1)
            try await refuse("series_chunks")
            #expect(try await series.append((1..<20).map { sample(press, $0, 1) }).stored == 19)
            await #expect(throws: StoreError.self) { try await series.sealStale() }
            #expect(try await series.all(press).count == 20)
            try await allow()
            try await series.sealStale()
            #expect(try await series.unanchored(limit: 9).reduce(0) { $0 + $1.count } == 20)
            #expect(try await series.all(press).count == 20)
            let again = try await SeriesStore.open(store, clock: clock.source, settings: .small, logger: .quiet)
            #expect(again.series() == series.series())
        }
    }
}
