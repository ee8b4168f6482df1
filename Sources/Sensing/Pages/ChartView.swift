import District
import Record
import Series
import Web

/// A series over a while, as the `chart` partial and its script take it.
enum ChartView {
    /// Rows of the table beside a chart.
    private static let tableRows = 30

    /// The partial's context: what is shown in words, and the newest values as a table.
    static func context(
        _ key: SeriesKey, unit: String?, from: Timestamp, to: Timestamp, id: String, visit: Visit, isLive: Bool = false,
        href: String? = nil
    ) async throws -> JSON {
        let language = visit.language
        let readings = try await visit.spine.series.readings(
            key, from: max(from, to.advanced(bySeconds: -600)), to: to, limit: 5000)
        let name = PropertyName.words(key.property)[language]
        let symbol = unit.map(UnitName.symbol) ?? ""
        let values = readings.map(\.value)
        let summary: String
        if let low = values.min(), let high = values.max(), let last = values.last {
            summary =
                language == .ko
                ? "\(name): 가장 낮은 값 \(Show.number(low)), 가장 높은 값 \(Show.number(high)), 마지막 값 \(Show.number(last)) \(symbol)"
                : "\(name): lowest \(Show.number(low)), highest \(Show.number(high)), last \(Show.number(last)) \(symbol)"
        } else {
            summary = "\(name): \(visit.word("chart_empty"))"
        }
        let window = "from=\(from.milliseconds)&to=\(to.milliseconds)"
        var members: [String: JSON] = [
            "id": .string(id), "label": .string(name), "summary": .string(summary), "unit": .string(symbol),
            "expected": true,
            "href": .string(href ?? "/api/v1/series/\(key.thing)/\(key.property)/chart?\(window)"),
            "table": [
                "rows": .array(
                    readings.reversed().prefix(tableRows).map { reading in
                        [
                            "time": Show.time(reading.time, language), "value": .string(Show.number(reading.value)),
                            "badge": badge(reading.quality, visit),
                        ]
                    })
            ],
        ]
        if isLive { members["topic"] = "readings" }
        return .object(members)
    }

    /// What the script draws: seen values, the expected band, limits and alarms, on one axis of time.
    static func json(
        _ key: SeriesKey, unit: String?, from: Timestamp, to: Timestamp, desk: Desk, limit: LimitTable.Limit?,
        alarms: [AlarmRow], language: Language
    ) async throws -> JSON {
        let series = desk.spine.series
        var times: [Timestamp] = []
        var seen: [Double] = []
        if to.seconds(since: from) <= 1900 {
            for reading in try await series.readings(key, from: from, to: to, limit: 4000) {
                times.append(reading.time)
                seen.append(reading.value)
            }
        } else {
            for bucket in try await series.buckets(key, from: from, to: to, count: 600) {
                times.append(bucket.start)
                seen.append(bucket.mean)
            }
        }
        let bands = Dictionary(
            await desk.watch.bands(key, from: from).map { ($0.time, $0) }, uniquingKeysWith: { _, last in last })
        let gap = max(10, to.seconds(since: from) / 60)
        var rows: [(time: Timestamp, seen: JSON, low: JSON, high: JSON)] = []
        for (time, value) in zip(times, seen) {
            // A gap in the data is a gap in the line: nobody knows what was between.
            if let last = rows.last, time.seconds(since: last.time) > gap {
                rows.append((last.time.advanced(bySeconds: 0.001), .null, .null, .null))
            }
            let band = bands[time]
            rows.append(
                (time, .number(value), band.map { .number($0.low) } ?? .null, band.map { .number($0.high) } ?? .null))
        }
        var limits: [JSON] = []
        let word = language == .ko ? "한계" : "limit"
        for bound in [limit?.low, limit?.high].compactMap({ $0 }) {
            limits.append(["value": .number(bound), "label": .string("\(word) \(Show.number(bound))")])
        }
        let marks: [JSON] = alarms.filter { $0.property == key.property && $0.observed >= from && $0.observed <= to }
            .map { alarm in
                [
                    "time": .number(Double(alarm.observed.milliseconds)),
                    "label": .string(language == .ko ? "경보" : "alarm"),
                ]
            }
        return [
            "unit": .string(unit.map(UnitName.symbol) ?? ""), "zone": "Asia/Seoul",
            "time": .array(rows.map { .number(Double($0.time.milliseconds)) }), "seen": .array(rows.map(\.seen)),
            "low": .array(rows.map(\.low)), "high": .array(rows.map(\.high)), "limits": .array(limits),
            "marks": .array(marks),
        ]
    }

    static func badge(_ quality: Quality, _ visit: Visit) -> JSON {
        switch quality {
        case .good: Show.badge("ok", visit.word("quality_good"))
        case .uncertain: Show.badge("warn", visit.word("quality_uncertain"))
        case .bad: Show.badge("danger", visit.word("quality_bad"))
        }
    }
}
