import District
import Record
import Series
import Store

/// Holds every reading against its series' detector and its hard limits, and raises and clears alarms.
///
/// Detection is a use of AI and can be switched off; hard limits are none and cannot.
actor Watch {
    /// The band a detector expected at a moment.
    struct Band: Sendable, Hashable {
        let time: Timestamp
        let low: Double
        let high: Double
    }

    /// How many bands are kept for the pages, per series.
    static let keptBands = 600
    /// How long the value must be back before the alarm clears, in seconds of event time.
    static let clearAfter: Double = 10

    private struct Watched {
        var detector = Detector()
        var limit: LimitTable.Limit?
        var deviation: Open?
        var breach: Open?
        var bands: [Band] = []
    }

    /// An alarm that is not cleared yet, and since when its cause is away.
    private struct Open {
        let alarm: String
        let correlation: Identifier
        var calmSince: Timestamp?
    }

    private let spine: Spine
    private let placing: Placing
    private let origin: String
    private var series: [SeriesKey: Watched] = [:]

    init(spine: Spine, placing: Placing, origin: String) {
        self.spine = spine
        self.placing = placing
        self.origin = origin
    }

    /// Goes on where the house stood: open alarms, hard limits, and detectors warmed by what was measured last.
    func resume() async throws {
        let (alarms, limits) = try await spine.district.store.read {
            (try AlarmTable.open(in: $0), try LimitTable.all(in: $0))
        }
        for limit in limits { apply(limit) }
        for info in spine.series.series().prefix(20_000) {
            let past = try await spine.series.readings(
                info.key, from: info.last.advanced(bySeconds: -1800), to: info.last.advanced(bySeconds: 1), limit: 2000)
            for reading in past where reading.quality == .good {
                note(series[info.key, default: Watched()].detector.observe(reading), info.key, reading)
            }
        }
        for alarm in alarms where alarm.origin == origin && alarm.state.isActive {
            guard let property = alarm.property else { continue }
            let open = Open(alarm: alarm.id, correlation: alarm.correlation)
            let key = SeriesKey(alarm.thing, property)
            if alarm.priority == AlarmPriority.critical.rawValue {
                series[key, default: Watched()].breach = open
            } else {
                series[key, default: Watched()].deviation = open
            }
        }
    }

    /// A limit that a person set.
    func apply(_ limit: LimitTable.Limit) {
        series[SeriesKey(limit.thing, limit.property), default: Watched()].limit = limit
    }

    /// A person cleared an alarm: a new one is raised should the cause still be there.
    func forget(_ alarm: String) {
        for (key, watched) in series {
            if watched.deviation?.alarm == alarm { series[key]?.deviation = nil }
            if watched.breach?.alarm == alarm { series[key]?.breach = nil }
        }
    }

    /// The bands of a series since a moment.
    func bands(_ key: SeriesKey, from: Timestamp) -> [Band] { (series[key]?.bands ?? []).filter { $0.time >= from } }

    /// Judges readings that are durable.
    func observe(_ samples: [Sample], arrived: Timestamp) async {
        for sample in samples where sample.reading.quality == .good {
            let (key, reading) = (sample.series, sample.reading)
            let verdict = series[key, default: Watched()].detector.observe(reading)
            note(verdict, key, reading)
            do {
                try await judgeLimit(sample, arrived)
                try await judge(verdict, sample, arrived)
            } catch let refusal as Refusal where refusal.code.hasPrefix("ai.") {
                spine.gauges.add("slipway_detections_withheld_total")
            } catch {
                // The reading is stored, and the state was left as it was: the next reading brings the alarm.
                spine.district.report("an alarm could not be recorded", error)
            }
        }
    }

    private func note(_ verdict: Verdict, _ key: SeriesKey, _ reading: Reading) {
        guard let low = verdict.low, let high = verdict.high else { return }
        series[key]?.bands.append(Band(time: reading.time, low: low, high: high))
        if let count = series[key]?.bands.count, count > Self.keptBands * 2 {
            series[key]?.bands.removeFirst(count - Self.keptBands)
        }
    }

    private func judge(_ verdict: Verdict, _ sample: Sample, _ arrived: Timestamp) async throws {
        let (key, reading) = (sample.series, sample.reading)
        if verdict.kind == .anomalous {
            series[key]?.deviation?.calmSince = nil
            guard series[key]?.deviation == nil, let reason = verdict.reason else { return }
            var evidence = evidence(sample, arrived)
            evidence["p"] = .number(verdict.p)
            evidence["score"] = .number(verdict.score)
            evidence["detector"] = .string(Declarations.tail.model)
            if let low = verdict.low { evidence["expected_low"] = .number(low) }
            if let high = verdict.high { evidence["expected_high"] = .number(high) }
            let why = AlarmWords.deviation(
                key.property, reason.words, value: reading.value, unit: sample.unit, low: verdict.low,
                high: verdict.high)
            series[key]?.deviation = try await raise(
                sample, why: why, priority: .of(reason, p: verdict.p), reason: reason.rawValue, evidence,
                author: .model(Declarations.tail.id))
        } else if let open = series[key]?.deviation {
            series[key]?.deviation = try await settle(open, key, reading, author: .model(Declarations.tail.id))
        }
    }

    private func judgeLimit(_ sample: Sample, _ arrived: Timestamp) async throws {
        let (key, value) = (sample.series, sample.reading.value)
        guard let limit = series[key]?.limit else { return }
        let isOut = limit.low.map { value < $0 } ?? false || limit.high.map { value > $0 } ?? false
        let author = Author.rule("sensing.limit")
        if isOut {
            series[key]?.breach?.calmSince = nil
            guard series[key]?.breach == nil else { return }
            var evidence = evidence(sample, arrived)
            if let low = limit.low { evidence["expected_low"] = .number(low) }
            if let high = limit.high { evidence["expected_high"] = .number(high) }
            let why = AlarmWords.limit(key.property, value: value, unit: sample.unit, low: limit.low, high: limit.high)
            series[key]?.breach = try await raise(
                sample, why: why, priority: .critical, reason: "limit", evidence, author: author)
        } else if let open = series[key]?.breach {
            series[key]?.breach = try await settle(open, key, sample.reading, author: author)
        }
    }

    private func evidence(_ sample: Sample, _ arrived: Timestamp) -> [String: JSON] {
        var evidence: [String: JSON] = [
            "thing": .string(sample.series.thing.rawValue), "property": .string(sample.series.property),
            "observed": .string(sample.reading.time.description), "arrived": .string(arrived.description),
            "value": .number(sample.reading.value),
        ]
        if let unit = sample.unit { evidence["unit"] = .string(unit) }
        return evidence
    }

    private func raise(
        _ sample: Sample, why: Words, priority: AlarmPriority, reason: String, _ evidence: [String: JSON],
        author: Author
    ) async throws -> Open {
        let alarm = Identifier(at: spine.district.clock())
        let correlation = Identifier(at: spine.district.clock())
        let scope = await placing.scope(of: sample.series.thing)
        try await spine.district.record(
            [
                Draft(
                    "sensing.alarm.raised", stream: "alarm/\(alarm)", scope: scope, observed: sample.reading.time,
                    payload: [
                        "alarm": .string(alarm.description), "thing": .string(sample.series.thing.rawValue),
                        "property": .string(sample.series.property), "priority": .string(priority.rawValue),
                        "origin": .string(origin), "reason": .string(reason),
                        "why": ["ko": .string(why.ko), "en": .string(why.en)], "evidence": .object(evidence),
                    ])
            ], origin: Origin(author: author, correlation: correlation))
        spine.gauges.add("slipway_alarms_raised_total", labels: "origin=\"\(origin)\"")
        return Open(alarm: alarm.description, correlation: correlation)
    }

    /// Waits until the value has been back for a while, then clears.
    /// - Returns: the alarm while it stays open; nil once it is cleared.
    private func settle(_ open: Open, _ key: SeriesKey, _ reading: Reading, author: Author) async throws -> Open? {
        var open = open
        guard let since = open.calmSince else {
            open.calmSince = reading.time
            return open
        }
        guard reading.time.seconds(since: since) >= Self.clearAfter else { return open }
        let scope = await placing.scope(of: key.thing)
        let state = try await spine.district.store.read { [alarm = open.alarm] in
            try AlarmTable.state(of: alarm, in: $0)
        }
        if state?.isActive == true {
            try await spine.district.record(
                [
                    Draft(
                        "sensing.alarm.cleared", stream: "alarm/\(open.alarm)", scope: scope, observed: reading.time,
                        payload: [
                            "alarm": .string(open.alarm), "thing": .string(key.thing.rawValue), "by": "reading",
                        ])
                ], origin: Origin(author: author, correlation: open.correlation))
        }
        return nil
    }
}
