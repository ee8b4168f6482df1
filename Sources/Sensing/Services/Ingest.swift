import Access
import District
import Record
import Series

/// Takes parsed readings in: whose are they, what does their clock say, stored durably, and told to whoever watches.
struct Ingest: Sendable {
    let spine: Spine
    let placing: Placing
    let clockRule: ClockRule

    /// What became of an input.
    struct Receipt: Sendable {
        var appended = Appended()
        var rejections: [Rejection] = []
        /// Rejections beyond those listed.
        var unlisted = 0
        /// How many were rejected.
        var rejected: Int { rejections.count + unlisted }
        /// Stored, but by a clock that cannot be right.
        var skewed = 0
        /// Stored, but too old to tell how things stand: no detector saw them.
        var backfilled = 0
    }

    init(spine: Spine, clockRule: ClockRule = ClockRule()) {
        self.spine = spine
        self.clockRule = clockRule
        placing = Placing(district: spine.district)
    }

    /// Stores readings; durable on return.
    /// - Throws: `StoreError` where nothing could be stored; the sender sends again.
    func take(_ parsed: Parsed, by caller: Caller, source: String) async throws -> Receipt {
        var receipt = Receipt(rejections: parsed.rejections, unlisted: parsed.unlisted)
        let arrived = spine.district.clock()
        let things = Set(parsed.samples.map(\.series.thing))
        let scopes = things.isEmpty ? [:] : try await placing.scopes(of: things, for: Sender(caller))
        receipt.rejections += Self.foreign(parsed, scopes)
        var samples: [Sample] = []
        var live: [Sample] = []
        samples.reserveCapacity(parsed.samples.count)
        for var sample in parsed.samples where scopes[sample.series.thing] != nil {
            switch clockRule.judge(sample.reading.time, arrived: arrived) {
            case .live: live.append(sample)
            case .backfill: receipt.backfilled += 1
            case .skewed:
                if sample.reading.quality == .good { sample.reading.quality = .uncertain }
                receipt.skewed += 1
            }
            samples.append(sample)
        }
        if !samples.isEmpty { receipt.appended = try await spine.series.append(samples) }
        if !live.isEmpty { spine.arrivals.send(live) }
        count(receipt, samples.count, source)
        return receipt
    }

    /// A rejection for each line that speaks of another's thing.
    private static func foreign(_ parsed: Parsed, _ scopes: [ThingID: Scope]) -> [Rejection] {
        var rejected: [Rejection] = []
        for (sample, line) in zip(parsed.samples, parsed.lines) where scopes[sample.series.thing] == nil {
            let rejection = Rejection(line: Int(line), field: sample.series.thing.rawValue, .notYours)
            // A line's fields follow one another.
            if rejected.last != rejection, rejected.count < Parsed.listed { rejected.append(rejection) }
        }
        return rejected
    }

    private func count(_ receipt: Receipt, _ many: Int, _ source: String) {
        let labels = "source=\"\(source)\""
        spine.gauges.add("slipway_readings_total", Double(many), labels: labels)
        spine.gauges.add("slipway_readings_rejected_total", Double(receipt.rejected), labels: labels)
        spine.gauges.add("slipway_readings_skewed_total", Double(receipt.skewed), labels: labels)
        spine.gauges.add("slipway_readings_duplicate_total", Double(receipt.appended.duplicates), labels: labels)
    }
}
