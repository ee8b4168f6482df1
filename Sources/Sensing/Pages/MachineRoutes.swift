import Access
import District
import Record
import Series
import Store
import Twin
import Web

/// A machine: how it stands, its sensors with live charts, its alarms.
struct MachineRoutes {
    let desks: Desks

    private static let periods = [("hour", 3600.0), ("day", 86_400.0), ("week", 604_800.0)]

    var routes: [Route] {
        [
            .get("/machines/{thing}", .signedIn) { try await page($0) },
            .get("/api/v1/series/{thing}/{property}/chart", .signedIn.orToken("read")) { try await chart($0) },
            .get("/api/v1/series/{thing}/{property}", .signedIn.orToken("read")) { try await readings($0) },
        ]
    }

    /// The thing a request names, where the caller may see it.
    private func thing(_ visit: Visit) async throws -> Thing {
        let (tenant, id) = (try visit.tenant, ThingID(visit.parameters["thing"] ?? ""))
        guard let thing = try await visit.spine.district.store.read({ try Things.find(id, for: tenant, in: $0) }) else {
            throw Refusal(.notFound, "thing.unknown", Words("그런 설비나 장소가 없습니다.", "There is no such thing."))
        }
        return thing
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, language) = (try visit.tenant, visit.language)
        let thing = try await thing(visit)
        try await visit.look(at: thing.scope, "thing/\(thing.id)")
        let (path, alarms) = try await visit.spine.district.store.read { reader in
            (
                try Things.path(to: thing.id, for: tenant, in: reader),
                try AlarmTable.latest(of: thing.id, for: tenant, in: reader)
            )
        }
        let isReplay = thing.attributes["replay"]?.bool == true
        let latest = visit.spine.series.latest().filter { $0.key.thing == thing.id }
            .sorted { $0.key.property < $1.key.property }
        let view = AlarmView(visit: visit, names: [thing.id: thing.name])
        let active = alarms.filter { $0.state != .normal }
        let period = visit.query["period"].flatMap { name in Self.periods.first { $0.0 == name } } ?? ("now", 600)
        var sensors: [JSON] = []
        for one in latest { sensors.append(try await sensor(one, visit, span: period.1, isReplay: isReplay)) }
        let state = state(latest, active, visit, isReplay: isReplay)
        var machine: [String: JSON] = [
            "name": .string(thing.name[language]), "kind": .string(thing.kind.words[language]),
            "place": .string(path.dropLast().map { $0.name[language] }.joined(separator: " › ")),
            "state": Show.badge(state.kind, visit.word(state.word)), "state_text": .string(state.text),
            "things_href": "/things",
        ]
        if let newest = latest.map(\.reading.time).max() {
            machine["updated"] = Show.time(newest, language, now: isReplay ? nil : visit.now)
        }
        var context: [String: JSON] = [
            "machine": .object(machine), "alarms": .array(active.map(view.row)), "sensors": .array(sensors),
            "periods": .array(periods(visit, current: period.0)),
            "facts": [
                ["label": .string(visit.word("machine_id")), "text": .string(thing.id.rawValue)]
            ],
        ]
        if isReplay { context["replay"] = true }
        try await AlarmRoutes.detection(visit, &context)
        return .page("machine", title: thing.name[language], .object(context), live: true)
    }

    private func periods(_ visit: Visit, current: String) -> [JSON] {
        [("now", "machine_now"), ("hour", "machine_hour"), ("day", "machine_day"), ("week", "machine_week")].map {
            name, word in
            var entry: [String: JSON] = [
                "label": .string(visit.word(word)), "href": .string("\(visit.path)?period=\(name)"),
            ]
            if name == current { entry["current"] = true }
            return .object(entry)
        }
    }

    private func sensor(_ latest: LatestReading, _ visit: Visit, span: Double, isReplay: Bool) async throws -> JSON {
        let (key, language) = (latest.key, visit.language)
        // A replay lies in the past: its page shows where its own clock has come to.
        let end = isReplay ? latest.reading.time.advanced(bySeconds: 1) : visit.now.advanced(bySeconds: 1)
        let live = "/api/v1/series/\(key.thing)/\(key.property)/chart?last=\(Int(span))"
        var members: [String: JSON] = [
            "id": .string("sensor-\(key.property)"), "name": .string(PropertyName.words(key.property)[language]),
            "unit": .string(latest.unit.map(UnitName.symbol) ?? ""),
            "latest": [
                "value": .string(Show.number(latest.reading.value)),
                "time": Show.time(latest.reading.time, language, now: isReplay ? nil : visit.now),
                "badge": isReplay
                    ? Show.badge("replay", visit.word("shell_replay_short")) : Freshness.badge(latest, visit),
            ],
            "chart": try await ChartView.context(
                key, unit: latest.unit, from: end.advanced(bySeconds: -span), to: end, id: "chart-\(key.property)",
                visit: visit, isLive: true, href: live),
        ]
        if !isReplay, Freshness.isStale(latest, now: visit.now) {
            let span = Show.span(visit.now.seconds(since: latest.reading.time), language)
            members["stale"] = .string(
                language == .ko
                    ? "\(span)째 값이 들어오지 않습니다. 보이는 값은 마지막 값입니다." : "No value for \(span). What you see is the last one.")
        }
        if let band = await desks.desk(visit.spine).watch.bands(key, from: latest.reading.time.advanced(bySeconds: -60))
            .last
        {
            members["expected_text"] = .string("\(Show.number(band.low))–\(Show.number(band.high))")
        }
        return .object(members)
    }

    private func state(
        _ latest: [LatestReading], _ active: [AlarmRow], _ visit: Visit, isReplay: Bool
    ) -> (kind: String, word: String, text: String) {
        if let worst = active.max(by: {
            ($0.state.isActive ? 1 : 0, $0.raised) < ($1.state.isActive ? 1 : 0, $1.raised)
        }),
            worst.state.isActive
        {
            return ("danger", "machine_state_alarm", worst.why[visit.language])
        }
        guard !latest.isEmpty else { return ("unknown", "machine_state_unknown", visit.word("machine_no_reading")) }
        if !isReplay, latest.allSatisfy({ Freshness.isStale($0, now: visit.now) }) {
            return ("stale", "machine_state_stale", visit.word("machine_stale_text"))
        }
        return ("ok", "machine_state_normal", visit.word("machine_normal_text"))
    }

    /// The window that a request asks for: `from` and `to` in milliseconds, or the `last` so many seconds.
    private static func window(_ visit: Visit, _ key: SeriesKey) -> (Timestamp, Timestamp) {
        if let from = visit.query["from"].flatMap({ Int64($0) }), let to = visit.query["to"].flatMap({ Int64($0) }),
            from < to, from.magnitude < 1 << 50, to.magnitude < 1 << 50
        {
            return (Timestamp(microseconds: from * 1000), Timestamp(microseconds: to * 1000))
        }
        let span = max(1, min(31 * 86_400, visit.query["last"].flatMap { Double($0) } ?? 600))
        let newest = visit.spine.series.latest(key)?.time ?? visit.now
        // Where nothing came for long (a replay, a dead sensor) the window ends with what there is.
        let end = visit.now.seconds(since: newest) > span ? newest : visit.now
        return (end.advanced(bySeconds: -span), end.advanced(bySeconds: 1))
    }

    private func chart(_ visit: Visit) async throws -> Reply {
        let (thing, tenant) = (try await thing(visit), try visit.tenant)
        let key = SeriesKey(thing.id, visit.parameters["property"] ?? "")
        let (from, to) = Self.window(visit, key)
        let (limit, alarms) = try await visit.spine.district.store.read { reader in
            (try LimitTable.find(key, in: reader), try AlarmTable.latest(of: thing.id, for: tenant, in: reader))
        }
        let unit = visit.spine.series.latest().first { $0.key == key }?.unit
        return .json(
            try await ChartView.json(
                key, unit: unit, from: from, to: to, desk: desks.desk(visit.spine), limit: limit, alarms: alarms,
                language: visit.language))
    }

    private func readings(_ visit: Visit) async throws -> Reply {
        let thing = try await thing(visit)
        let key = SeriesKey(thing.id, visit.parameters["property"] ?? "")
        let (from, to) = Self.window(visit, key)
        let limit = max(1, min(10_000, visit.query["limit"].flatMap { Int($0) } ?? 1000))
        let readings = try await visit.spine.series.readings(key, from: from, to: to, limit: limit)
        return .json([
            "series": .string(key.description),
            "readings": .array(
                readings.map { reading in
                    [
                        "time": .string(reading.time.description), "value": .number(reading.value),
                        "quality": .string("\(reading.quality)"),
                    ]
                }),
        ])
    }
}
