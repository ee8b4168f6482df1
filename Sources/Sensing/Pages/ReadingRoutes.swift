import Access
import District
import Record
import Series
import Store
import Twin
import Web

/// Every sensor with its latest value: reporting or silent, at a glance.
struct ReadingRoutes {
    let desks: Desks

    var routes: [Route] {
        [.get("/readings", .member) { try await page($0) }]
    }

    /// The latest values of the series whose things the caller may see.
    static func visible(_ visit: Visit) async throws -> [(latest: LatestReading, thing: Thing)] {
        let tenant = try visit.tenant
        let latest = visit.spine.series.latest()
        let things = try await visit.spine.district.store.read { reader in
            var things: [ThingID: Thing] = [:]
            for id in Set(latest.map(\.key.thing)) { things[id] = try Things.find(id, for: tenant, in: reader) }
            return things
        }
        return latest.compactMap { one in things[one.key.thing].map { (one, $0) } }
            .filter { $0.thing.attributes["replay"]?.bool != true }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let language = visit.language
        let query = TableQuery(visit.query, columns: ["sensor", "value", "time", "machine"], sortedBy: "machine")
        let all = try await Self.visible(visit)
        let stale = all.filter { Freshness.isStale($0.latest, now: visit.now) }
        let isStaleOnly = visit.query["view"] == "stale"
        var rows = isStaleOnly ? stale : all
        if !query.filter.isEmpty {
            let words = query.filter.lowercased()
            rows = rows.filter { row in
                [
                    row.latest.key.description, row.thing.name.ko, row.thing.name.en,
                    PropertyName.words(row.latest.key.property).ko,
                ]
                .contains { $0.lowercased().contains(words) }
            }
        }
        rows.sort { left, right in
            let isBefore: Bool =
                switch query.sort {
                case "value": left.latest.reading.value < right.latest.reading.value
                case "time": left.latest.reading.time < right.latest.reading.time
                case "sensor": left.latest.key.property < right.latest.key.property
                default: (left.thing.name[language], left.latest.key) < (right.thing.name[language], right.latest.key)
                }
            return isBefore != query.descending
        }
        let kept = isStaleOnly ? ["view": "stale"] : [:]
        let table = Table(
            "readings", caption: visit.word("readings_title"), path: "/readings", query,
            columns: [
                .init("machine", visit.word("readings_column_machine")),
                .init("sensor", visit.word("readings_column_sensor")),
                .init("value", visit.word("readings_column_value"), isNumber: true),
                .init(nil, visit.word("readings_column_quality")), .init("time", visit.word("readings_column_time")),
            ],
            rows: rows.dropFirst(query.offset).prefix(query.size).map { row in
                let badge = Freshness.badge(row.latest, visit)
                return [
                    Table.Cell(row.thing.name[language], href: "/machines/\(row.thing.id)", isHead: true),
                    Table.Cell(PropertyName.words(row.latest.key.property)[language]),
                    Table.Cell(Show.number(row.latest.reading.value), unit: row.latest.unit.map(UnitName.symbol)),
                    Table.Cell(badge: badge["kind"]?.text ?? "", badge["label"]?.text ?? ""),
                    Table.Cell(time: Show.time(row.latest.reading.time, language, now: visit.now)),
                ]
            }, total: Int64(rows.count), filter: .init(visit.word("readings_filter")),
            empty: visit.word("readings_empty"), kept: kept)
        return .page(
            "readings", title: visit.word("readings_title"),
            [
                "headline": headline(visit, all.count, stale.count), "table": table.json, "import_href": "/import",
                "views": .array([
                    entry(visit, "readings_view_all", "/readings", all.count, current: !isStaleOnly),
                    entry(visit, "readings_view_stale", "/readings?view=stale", stale.count, current: isStaleOnly),
                ]),
            ], live: true)
    }

    private func entry(_ visit: Visit, _ word: String, _ href: String, _ count: Int, current: Bool) -> JSON {
        var entry: [String: JSON] = [
            "label": .string(visit.word(word)), "href": .string(href), "count": .string(Show.count(count)),
        ]
        if current { entry["current"] = true }
        return .object(entry)
    }

    private func headline(_ visit: Visit, _ all: Int, _ stale: Int) -> JSON {
        let ko = visit.language == .ko
        if all == 0 {
            return ["kind": "stale", "text": .string(ko ? "아직 들어온 측정값이 없습니다." : "No readings yet.")]
        }
        if stale > 0 {
            return [
                "kind": "warn",
                "text": .string(
                    ko ? "센서 \(all)개 가운데 \(stale)개의 값이 끊겼습니다." : "\(stale) of \(all) sensors are not reporting."),
            ]
        }
        return [
            "kind": "ok", "text": .string(ko ? "센서 \(all)개의 값이 모두 들어오고 있습니다." : "All \(all) sensors are reporting."),
        ]
    }
}
