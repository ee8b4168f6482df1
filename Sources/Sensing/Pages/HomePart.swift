import Access
import District
import Record
import Series
import Store
import Web

/// What Sensing says on the first page: what needs someone now, and how the loop turns.
enum HomePart {
    static func context(_ visit: Visit) async throws -> JSON {
        let tenant = try visit.tenant
        let query = TableQuery(["sort": "-priority"], columns: AlarmTable.sortable, sortedBy: "-priority", size: 5)
        let hourAgo = visit.now.advanced(bySeconds: -3600)
        let (open, counts, acted, names) = try await visit.spine.district.store.read { reader in
            let open = try AlarmTable.list(query, openOnly: true, for: tenant, in: reader)
            return (
                open, try AlarmTable.counts(for: tenant, in: reader),
                try AlarmTable.activity(since: hourAgo, for: tenant, in: reader),
                try AlarmView.names(of: open.rows, for: tenant, in: reader)
            )
        }
        let view = AlarmView(visit: visit, names: names)
        let sensors = try await ReadingRoutes.visible(visit)
        let stale = sensors.filter { Freshness.isStale($0.latest, now: visit.now) }.count
        let reporting = sensors.count - stale
        let share = sensors.isEmpty ? 0 : reporting * 100 / sensors.count
        return [
            "headline": headline(visit, open, stale: stale, view), "alarms": .array(open.rows.map(view.row)),
            "counts": view.counts(counts), "alarms_href": "/alarms",
            "sensors": [
                "reporting": .string(Show.count(reporting)), "stale": .string(Show.count(stale)),
                "total": .string(Show.count(sensors.count)), "share": .string("\(share)"), "href": "/readings",
            ],
            "loop": [
                "sense": step(
                    reporting, visit.word("home_sensors_unit"), visit.word("home_loop_sense_detail"), "/readings"),
                "decide": step(
                    acted.raised, visit.word("record_size_unit"), visit.word("home_loop_decide_detail"),
                    "/alarms?view=all"),
                "act": step(
                    acted.acknowledged, visit.word("record_size_unit"), visit.word("home_loop_act_detail"),
                    "/alarms?view=all"),
            ],
        ]
    }

    private static func step(_ value: some BinaryInteger, _ unit: String, _ detail: String, _ href: String) -> JSON {
        ["value": .string(Show.count(value)), "unit": .string(unit), "detail": .string(detail), "href": .string(href)]
    }

    private static func headline(
        _ visit: Visit, _ open: Listing<AlarmRow>, stale: Int, _ view: AlarmView
    ) -> JSON {
        if let first = open.rows.first(where: { $0.state.wantsAcknowledgement }) {
            return [
                "kind": "danger", "text": .string(visit.word("home_headline_unacked")),
                "detail": .string("\(view.name(first.thing)) – \(first.why[visit.language])"),
                "href": .string("/alarms/\(first.id)"), "action": .string(visit.word("home_headline_open")),
            ]
        }
        if let first = open.rows.first {
            return [
                "kind": "warn", "text": .string(visit.word("home_headline_active")),
                "detail": .string("\(view.name(first.thing)) – \(first.why[visit.language])"), "href": "/alarms",
                "action": .string(visit.word("home_all_alarms")),
            ]
        }
        if stale > 0 {
            return [
                "kind": "warn", "text": .string(visit.word("home_headline_stale")), "href": "/readings?view=stale",
                "action": .string(visit.word("home_all_sensors")),
            ]
        }
        return ["kind": "ok", "text": .string(visit.word("home_headline_quiet"))]
    }
}
