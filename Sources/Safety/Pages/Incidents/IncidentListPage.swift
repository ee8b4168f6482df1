import Access
import District
import Record
import Store
import Twin
import Web

/// The list of incidents, the forms that are due, and the hours that rates rest on.
struct IncidentListPage {
    let view: IncidentView

    func page(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let query = TableQuery(visit.query, columns: ["occurred"], sortedBy: "occurred", size: 25)
        let openOnly = visit.query["view"] != "all"
        let (page, names, orders, months) = try await visit.spine.district.store.read { reader in
            let page = try IncidentTable.page(
                openOnly: openOnly, limit: query.size, offset: query.offset, for: tenant, in: reader)
            let last = today.firstOfMonth
            return (
                page, try PlaceNames.names(page.rows.map(\.thing), for: tenant, in: reader),
                try OrderTable.open(for: tenant, in: reader),
                try tenant.firm.map {
                    try IncidentTable.counts(
                        from: last.adding(months: -2).month, through: last.month, firm: $0, for: tenant, in: reader)[$0]
                        ?? []
                } ?? []
            )
        }
        let table = Table(
            "incidents", caption: visit.word("incidents_title"), path: "/safety/incidents", query,
            columns: [
                .init(nil, visit.word("incidents_column_when")), .init(nil, visit.word("incidents_column_where")),
                .init(nil, visit.word("incidents_column_harm")), .init(nil, visit.word("incidents_column_severity")),
                .init(nil, visit.word("incidents_column_form30")), .init(nil, visit.word("incidents_column_state")),
            ],
            rows: page.rows.map { one in
                let (severity, form) = (view.state(one, visit), view.form30(one, today, visit))
                return [
                    Table.Cell(
                        "\(KoreanDay(one.occurred)) \(one.type.words[visit.language])",
                        href: "/safety/incidents/\(one.id)", isHead: true),
                    Table.Cell(names[one.thing]?[visit.language] ?? one.thing.rawValue),
                    Table.Cell(view.harm(one.casualties, visit)), Table.Cell(badge: severity.kind, severity.word),
                    Table.Cell(badge: form.kind, form.word),
                    Table.Cell(
                        badge: one.closed == nil ? "info" : "off",
                        one.closed == nil ? one.plan.words[visit.language] : visit.word("incidents_closed")),
                ]
            }, total: page.total, empty: visit.word("incidents_empty"), kept: openOnly ? [:] : ["view": "all"])
        let views: [JSON] = [("open", openOnly), ("all", !openOnly)].map { name, isCurrent in
            var entry: [String: JSON] = [
                "label": .string(visit.word("incidents_view_\(name)")),
                "href": .string("/safety/incidents?view=\(name)"),
            ]
            if isCurrent { entry["current"] = true }
            return .object(entry)
        }
        return .page(
            "incidents", title: visit.word("incidents_title"),
            [
                "table": table.json, "views": .array(views),
                "may_report": .bool(!visit.caller.roles.isDisjoint(with: IncidentAsk.reporters)),
                "may_manage": .bool(!visit.caller.roles.isDisjoint(with: IncidentAsk.managers)),
                "orders": .array(orders.map { Self.order($0, today, visit) }),
                "months": .array(
                    months.map { month in
                        [
                            "month": .string(month.month),
                            "hours": .string(
                                month.hours.map { Show.count(Int64($0)) } ?? visit.word("incidents_unreported")),
                            "insured": .string(
                                month.insured.map { Show.count(Int64($0)) } ?? visit.word("incidents_unreported")),
                            "lost_time": .string("\(month.injuries.lostTime)"),
                            "recordable": .string("\(month.injuries.recordable)"),
                            "lost_days": .string("\(month.injuries.lostDays)"),
                        ]
                    }),
            ], live: true)
    }

    static func order(_ order: GovernmentOrder, _ today: KoreanDay, _ visit: Visit) -> JSON {
        let isLate = order.due < today
        var entry: [String: JSON] = [
            "authority": .string(order.authority), "demand": .string(order.demand),
            "due": .string(order.due.description),
            "badge": Show.badge(
                isLate ? "danger" : "info", visit.word(isLate ? "incidents_order_late" : "incidents_order_open")),
        ]
        if !visit.caller.roles.isDisjoint(with: IncidentAsk.managers) {
            let next = order.incident.map { "/safety/incidents/\($0)" } ?? "/safety/incidents"
            entry["href"] = .string("/do/safety.order.fulfil?order=\(order.id)&next=\(next)")
        }
        return .object(entry)
    }
}
