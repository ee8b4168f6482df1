import Record
import Series
import TestKit
import Testing

@Suite("Buckets")
struct BucketTests {
    @Test("agree with what one would reckon by hand", arguments: Database.available, [1, 2, 3])
    func bruteForce(_ database: Database, _ seed: UInt64) async throws {
        var generator = SeededGenerator(seed)
        let key = SeriesKey("m", "p")
        let readings = Set((0..<700).map { _ in Int64.random(in: -9_000_000...9_000_000, using: &generator) }).map {
            Reading(
                time: Timestamp(microseconds: $0), value: .random(in: -5...5, using: &generator),
                quality: Quality.allCases.randomElement(using: &generator) ?? .good)
        }
        try await database.withStore { store in
            let series = try await SeriesStore.open(store, clock: HandClock().source, settings: .small, logger: .quiet)
            for start in stride(from: 0, to: readings.count, by: 40) {
                _ = try await series.append(readings[start..<min(start + 40, readings.count)].map { Sample(key, $0) })
            }
            for count in [1, 7, 100, 4000] {
                let from = Timestamp(microseconds: .random(in: -9_500_000...0, using: &generator))
                let to = Timestamp(microseconds: .random(in: 1...9_500_000, using: &generator))
                let buckets = try await series.buckets(key, from: from, to: to, count: count)
                let inside = readings.filter { $0.time >= from && $0.time < to }
                #expect(buckets.reduce(0) { $0 + $1.count } == inside.count, "seed \(seed)")
                #expect(buckets.count <= count)
                let width = buckets.first.map { $0.end.microseconds - $0.start.microseconds }
                for bucket in buckets {
                    let own = inside.filter { $0.time >= bucket.start && $0.time < bucket.end }
                    let values = own.map(\.value)
                    #expect(!own.isEmpty && bucket.count == own.count)
                    #expect(bucket.min == values.min() && bucket.max == values.max())
                    #expect(abs(bucket.mean - values.reduce(0, +) / Double(own.count)) < 1e-12)
                    #expect(bucket.worst.rawValue == own.map(\.quality.rawValue).max())
                    #expect(bucket.end.microseconds - bucket.start.microseconds == width)
                    #expect((bucket.start.microseconds - from.microseconds) % (width ?? 1) == 0)
                }
            }
            await series.close()
        }
    }

    @Test("hold at the ends of time and of the doubles")
    func extremes() async throws {
        let key = SeriesKey("m", "p")
        try await Database.sqlite.withStore { store in
            let series = try await SeriesStore.open(store, clock: HandClock().source, settings: .small, logger: .quiet)
            let top = Double.greatestFiniteMagnitude
            _ = try await series.append([
                Sample(key, Reading(time: .never, value: top)),
                Sample(key, Reading(time: Timestamp(microseconds: .min + 1), value: top)),
                Sample(key, Reading(time: Timestamp(microseconds: .max - 1), value: -top)),
            ])
            let one = try await series.buckets(key, from: .never, to: .ever, count: 1)
            #expect(one.count == 1 && one[0].count == 3)
            #expect(one[0].mean.isFinite && one[0].min == -top && one[0].max == top)
            let two = try await series.buckets(key, from: .never, to: .ever, count: 2)
            #expect(two.map(\.count) == [2, 1])
            #expect(two[0].mean == top)
            #expect(try await series.buckets(key, from: .ever, to: .never, count: 5).isEmpty)
            #expect(try await series.buckets(key, from: .never, to: .ever, count: 0).isEmpty)
            await series.close()
        }
    }
}
