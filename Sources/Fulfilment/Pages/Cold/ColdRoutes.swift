import Access
import District
import Record
import Series
import Store
import Twin
import Web

/// The cold rooms: how they stand, what is kept back and which orders that meets.
struct ColdRoutes {
    let settings: ColdSettings

    static let readers = Permission.roles([.worker, .operator, .safetyManager, .executive, .zoneOfficer])

    var routes: [Web.Route] { [.get("/fulfilment/cold", Self.readers) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let (watches, names, kept) = try await visit.spine.district.store.read { reader in
            let watches = try ColdTable.list(for: tenant, in: reader)
            var names: [String: String] = [:]
            for id in watches.flatMap({ [$0.centre, $0.sensor.rawValue] }) where names[id] == nil {
                names[id] = try Things.find(ThingID(id), for: tenant, in: reader)?.name[visit.language]
            }
            let kept = try PlaceTable.centres(for: tenant, in: reader).flatMap {
                try KeptTable.list(in: $0, for: tenant, in: reader).map { [$0.held.item, $0.held.lot] }
            }
            return (watches, names, Set(kept).count)
        }
        let mayChange = !visit.caller.roles.isDisjoint(with: [.operator, .safetyManager, .executive])
        let mayKeep = KeepLot.form.permission.allows(visit.caller)
        let rows = watches.map { row($0, names, visit, mayChange: mayChange) }
        return .page(
            "cold", title: visit.word("cold_title"),
            [
                "watches": .array(rows), "kept": .string("\(Show.count(kept))\(visit.word("cold_kept_unit"))"),
                "keep_href": mayKeep ? .string("/do/\(KeepLot.form.name)?next=/fulfilment/cold") : .null,
                "watch_href": mayChange ? "/do/fulfilment.cold.watch?next=/fulfilment/cold" : .null,
            ], live: true)
    }

    private func row(_ watch: ColdTable.Watch, _ names: [String: String], _ visit: Visit, mayChange: Bool) -> JSON {
        let latest = visit.spine.series.latest(SeriesKey(watch.sensor, watch.property))
        let limits = settings.limits[watch.climate]
        var members: [String: JSON] = [
            "centre": .string(names[watch.centre] ?? watch.centre),
            "climate": .string(visit.word("cold_\(watch.climate.rawValue)")),
            "sensor": .string(names[watch.sensor.rawValue] ?? watch.sensor.rawValue),
            "sensor_href": .string("/machines/\(watch.sensor.rawValue)"),
            "state": .string(visit.word("cold_state_\(watch.state ?? "unknown")")),
            "is_bad": .bool(watch.state == "excursion"),
            "is_unsure": .bool(!["good", "excursion"].contains(watch.state)),
        ]
        if let latest { members["now"] = .string(Show.number(latest.value)) }
        if let range = limits?.range {
            members["limits"] = .string("\(Show.number(range.lowerBound)) – \(Show.number(range.upperBound)) °C")
        }
        if let since = watch.since { members["since"] = Show.time(since, visit.language, now: visit.now) }
        if let worst = watch.worst { members["worst"] = .string(Show.number(worst)) }
        if mayChange {
            let watch = Table.encoded(watch.id)
            members["end_href"] = .string("/do/fulfilment.cold.unwatch?watch=\(watch)&next=/fulfilment/cold")
        }
        return .object(members)
    }
}
