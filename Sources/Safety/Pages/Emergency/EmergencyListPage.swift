import Access
import District
import Record
import Store
import Twin
import Web

/// The first page of the subject: what runs, the button for when something happens, and how prepared each site is.
struct EmergencyListPage {
    let scenarios: Scenarios

    func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: ["declared"], sortedBy: "declared", size: 15)
        let read = try await visit.spine.district.store.read { reader in
            let running = try EmergencyTable.running(for: tenant, in: reader)
            let page = try EmergencyTable.page(limit: query.size, offset: query.offset, for: tenant, in: reader)
            let sites = try Self.sites(tenant, reader)
            let names = try PlaceNames.names((running + page.rows).map(\.thing), for: tenant, in: reader)
            let counts = try running.map { try EmergencyTable.roster(of: $0.id, for: tenant, in: reader) }
            let places = try sites.map { try readiness($0, visit, tenant, reader) }
            return (running, counts, page, names, places)
        }
        let (running, rosters, page, names, places) = read
        func title(_ emergency: Emergency) -> String {
            let place = names[emergency.thing]?[visit.language] ?? emergency.thing.rawValue
            return "\(scenarios[emergency.scenario]?.words[visit.language] ?? emergency.scenario) – \(place)"
        }
        let table = Table(
            "emergencies", caption: visit.word("emergency_past"), path: "/safety/emergencies", query,
            columns: [
                .init(nil, visit.word("emergency_column_what")), .init(nil, visit.word("emergency_column_kind")),
                .init(nil, visit.word("emergency_column_when")), .init(nil, visit.word("emergency_column_state")),
            ],
            rows: page.rows.map { one in
                [
                    Table.Cell(title(one), href: "/safety/emergencies/\(one.id)", isHead: true),
                    Table.Cell(
                        badge: one.isDrill ? "info" : "danger",
                        visit.word(one.isDrill ? "emergency_drill" : "emergency_real")),
                    Table.Cell(KoreanDay(one.declared).description),
                    Table.Cell(
                        badge: one.isRunning ? "warn" : "ok",
                        visit.word(one.isRunning ? "emergency_running" : "emergency_cleared")),
                ]
            }, total: page.total, empty: visit.word("emergency_none"))
        let isOfFirm = !visit.caller.roles.isDisjoint(with: EmergencyAsk.people)
        return .page(
            "emergencies", title: visit.word("emergency_title"),
            [
                "running": .array(
                    zip(running, rosters).map { one, roster in
                        var row = EmergencyView.counts(roster)
                        row["title"] = .string(title(one))
                        row["href"] = .string("/safety/emergencies/\(one.id)")
                        row["muster_href"] = .string("/safety/muster/\(one.site)")
                        row["badge"] = EmergencyView.kind(one, visit)
                        row["kind"] = .string(one.isDrill ? "info" : "danger")
                        row["since"] = Show.time(one.declared, visit.language, now: visit.now)
                        return .object(row)
                    }),
                "sites": .array(places), "table": table.json, "may_declare": .bool(isOfFirm),
                "may_edit": .bool(!visit.caller.roles.isDisjoint(with: EmergencyAsk.managers)),
            ], live: true)
    }

    /// The sites and buildings of a firm; for the zone those that have a manual, for it has all firms' sites.
    static func sites(_ tenant: Tenant, _ reader: any Reader) throws -> [Thing] {
        let things = try Things.list(
            ThingFilter(kinds: [.site, .building]), for: tenant, limit: 100, in: reader
        ).rows.filter { $0.retired == nil }
        guard let firm = tenant.firm else {
            let known = Set(try ManualTable.manuals(for: tenant, in: reader).map(\.site))
            return things.filter { known.contains($0.id) }
        }
        return things.filter { $0.scope == .firm(firm) }
    }

    /// How prepared a site is: manuals, a commander, the last drill and when the next is due.
    private func readiness(_ site: Thing, _ visit: Visit, _ tenant: Tenant, _ reader: any Reader) throws -> JSON {
        let manuals = try ManualTable.manuals(of: site.id, for: tenant, in: reader)
        let duties = try ManualTable.duties(at: site.id, for: tenant, in: reader)
        let drills = try ManualTable.drills(of: site.id, for: tenant, in: reader)
        var states: [JSON] = []
        states.append(
            manuals.isEmpty
                ? Show.badge("danger", visit.word("emergency_no_manual"))
                : Show.badge("ok", "\(visit.word("emergency_manuals")) \(manuals.count)"))
        if !duties.contains(where: { $0.role == .commander }) {
            states.append(Show.badge("warn", visit.word("emergency_no_commander")))
        }
        for due in DrillRule.dues(site.id, manuals: manuals, drills: drills, months: scenarios.drillMonths) {
            let what = due.scenario.map { "\(scenarios[$0]?.words[visit.language] ?? $0) " } ?? ""
            guard let day = due.day else {
                states.append(Show.badge("danger", what + visit.word("emergency_never_drilled")))
                continue
            }
            let isLate = due.isLate(on: KoreanDay(visit.now))
            let word = visit.word(isLate ? "emergency_drill_late" : "emergency_drill_next")
            states.append(Show.badge(isLate ? "danger" : "ok", "\(what)\(word) \(day)"))
        }
        var members: [String: JSON] = [
            "name": .string(site.name[visit.language]), "states": .array(states),
            "manual_href": .string("/safety/manuals/\(site.id)"), "muster_href": .string("/safety/muster/\(site.id)"),
            "plan_href": .string("/safety/plan/\(site.id)"),
            "heads": .string("\(try PresenceTable.list(at: site.id, for: tenant, in: reader).count)"),
        ]
        if !visit.caller.roles.isDisjoint(with: EmergencyAsk.people) {
            members["presence_href"] = .string("/safety/presence/\(site.id)")
        }
        return .object(members)
    }
}
