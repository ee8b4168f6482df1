import Foundation
import Logging
import Record
import Series
import Store

/// Readings a second, durable before the answer, sealing included.
struct SeriesBench {
    let path: String
    let seconds: Double
    let logger: Logger

    func run() async throws -> [Figure] {
        let store = try await Store.open(.sqlite(path), logger: logger)
        let series = try await SeriesStore.open(store, clock: { Timestamp.now() }, logger: logger)
        var figures: [Figure] = []
        for writers in [1, 8] {
            let before = ProcessUse.seconds()
            let start = ContinuousClock.now
            let end = start + .seconds(seconds)
            let base = Timestamp.now().microseconds
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        var round = 0
                        while ContinuousClock.now < end {
                            let time = Timestamp(microseconds: base + Int64(round) * 1_000_000)
                            let samples = (0..<1000).map { index in
                                Sample(
                                    SeriesKey(ThingID("b\(writers)-\(writer)-\(index)"), "value"),
                                    Reading(time: time, value: Double((index * 31 + round * 17) % 10_000) / 100))
                            }
                            _ = try await series.append(samples)
                            round += 1
                        }
                        return round * 1000
                    }
                }
                return try await group.reduce(0, +)
            }
            let how =
                "\(writers) writer\(writers == 1 ? "" : "s") × batches of 1,000 series, SQLite, fsync before the answer"
            figures.append(
                Figure(
                    name: "readings durable, wall", value: Double(count) / Elapsed.seconds(since: start),
                    unit: "readings/s", how: how))
            figures.append(
                Figure(
                    name: "readings durable, per CPU-second", value: Double(count) / (ProcessUse.seconds() - before),
                    unit: "readings/cpu-s", how: how))
        }
        await series.close()
        await store.close()
        return figures
    }
}

/// What this process has used.
enum ProcessUse {
    /// Its processor time.
    static func seconds() -> Double {
        let usage = usage()
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    /// The most memory that it ever had, in bytes.
    static func memory() -> Int { usage().ru_maxrss * 1024 }

    private static func usage() -> rusage {
        var usage = rusage()
        // RUSAGE_SELF is 0; the constant does not match the function's type here.
        getrusage(__rusage_who_t(0), &usage)
        return usage
    }
}
