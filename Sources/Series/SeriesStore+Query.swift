public import Record
import Store
import Synchronization

extension SeriesStore {
    /// The readings of a series in order of the time they were observed, each time once, corrections applied.
    /// - Parameters:
    ///   - from: the first moment that counts.
    ///   - to: the first moment that no longer counts.
    ///   - limit: at most so many, the earliest ones.
    /// - Throws: `StoreError`; ``SeriesError`` with code `damaged` where a chunk does not decode.
    public func readings(
        _ key: SeriesKey, from: Timestamp, to: Timestamp, limit: Int
    ) async throws -> [Reading] {
        guard limit > 0 else { return [] }
        var readings: [Reading] = []
        try await scan(key, from, to, chunksAtOnce: min(limit / settings.chunkReadings + 4, 64)) { page in
            readings.append(contentsOf: page.prefix(limit - readings.count))
            return readings.count < limit
        }
        return readings
    }

    /// What the readings of a series amount to in equal steps of time, for a chart. A step without readings is absent.
    /// - Parameters:
    ///   - from: the beginning of the first step.
    ///   - to: the first moment that no longer counts; the last step may end after it by less than `count` µs.
    ///   - count: into so many steps the range is cut; each is a whole number of microseconds.
    public func buckets(
        _ key: SeriesKey, from: Timestamp, to: Timestamp, count: Int
    ) async throws -> [Bucket] {
        guard count > 0, from < to else { return [] }
        let span = UInt64(bitPattern: to.microseconds &- from.microseconds)
        let step = (span - 1) / UInt64(count) + 1
        func moment(_ steps: UInt64) -> Timestamp {
            Timestamp(microseconds: Int64(clamping: Int128(from.microseconds) + Int128(steps) * Int128(step)))
        }
        var buckets: [Bucket] = []
        try await scan(key, from, to, chunksAtOnce: 64) { page in
            for reading in page {
                if let last = buckets.indices.last, reading.time < buckets[last].end {
                    buckets[last].add(reading)
                } else {
                    let steps = UInt64(bitPattern: reading.time.microseconds &- from.microseconds) / step
                    buckets.append(Bucket(start: moment(steps), end: moment(steps + 1), reading))
                }
            }
            return true
        }
        return buckets
    }

    /// Hands the readings of a range over, page by page, until the body has had enough.
    private func scan(
        _ key: SeriesKey, _ from: Timestamp, _ to: Timestamp, chunksAtOnce: Int, _ body: ([Reading]) -> Bool
    ) async throws {
        guard from < to else { return }
        // Memory first, then the database: what is sealed in between is found twice rather than never.
        let snapshot = state.withLock { state in
            state.memory.index[key].map { number in
                (number, state.memory.series[number].classes, state.memory.unsealed(number, from, to))
            }
        }
        guard let (number, classes, unsealed) = snapshot else { return }
        var start = from
        var limit = chunksAtOnce
        while start < to {
            let (pageStart, pageLimit) = (start, limit)
            let page = try await store.read { reader in
                try ChunkTable.overlapping(
                    number, classes: classes, from: pageStart,
                    through: Timestamp(microseconds: to.microseconds - 1), limit: pageLimit, in: reader)
            }
            let end = min(page.completeBefore ?? to, to)
            guard end > start else {
                // More chunks than that overlap right here.
                limit *= 2
                continue
            }
            var merged: [Reading] = []
            for chunk in page.chunks { merged.overlay(chunk.readings.within(start, end)) }
            merged.overlay(unsealed.within(start, end))
            guard body(merged) else { return }
            start = end
        }
    }
}
