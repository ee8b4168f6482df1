import Access
import District
import Record
import Store
import Web

/// What was inspected: the list, and one result with its times, answers and review.
struct InspectionResultRoutes {
    var routes: [Route] {
        [
            .get("/safety/inspections/results", .signedIn) { try await list($0) },
            .get("/safety/inspections/results/{inspection}", .signedIn) { try await one($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: InspectionTables.sortable, sortedBy: "-arrived", size: 50)
        let waiting = visit.query["view"] == "waiting"
        let (listing, names) = try await visit.spine.district.store.read { reader in
            let listing = try InspectionTables.inspections(
                sort: query.sort, descending: query.descending, waiting: waiting, for: tenant, limit: query.size,
                offset: query.offset, in: reader)
            return (listing, try InspectionNames(listing.rows, for: tenant, in: reader))
        }
        try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "inspections")
        let view = InspectionView(visit: visit, names: names)
        let path = "/safety/inspections/results"
        let table = Table(
            "inspections", caption: visit.word("inspections_results"), path: path, query,
            columns: [
                .init(nil, visit.word("inspections_column_what")), .init(nil, visit.word("inspections_column_place")),
                .init("day", visit.word("inspections_column_day")),
                .init("failed", visit.word("inspections_column_failed")),
                .init(nil, visit.word("inspections_column_by")),
                .init("arrived", visit.word("inspections_column_arrived")),
                .init(nil, visit.word("inspections_column_review")),
            ],
            rows: listing.rows.map { row in
                let title = firm(row.scope).flatMap { names.template(row.template, of: $0)?.title[visit.language] }
                return [
                    .init(title ?? row.template, href: "\(path)/\(row.id)", isHead: true),
                    .init(names.place(row.place, visit.language)), .init("\(row.day)"),
                    row.failed == 0
                        ? .init(badge: "ok", visit.word("inspections_all_good"))
                        : .init(badge: row.worst?.badge ?? "warn", visit.word("inspections_failed") + " \(row.failed)"),
                    .init(names.person(row.inspector)), .init(time: Show.time(row.arrived, visit.language)),
                    verdict(row, visit),
                ]
            }, total: listing.total, empty: visit.word("inspections_results_none"),
            kept: waiting ? ["view": "waiting"] : [:])
        return .page(
            "inspections-results", title: visit.word("inspections_results"),
            ["views": view.tabs("results"), "table": table.json], live: true)
    }

    private func firm(_ scope: Scope) -> FirmID? {
        if case .firm(let firm) = scope { firm } else { nil }
    }

    private func verdict(_ row: InspectionRow, _ visit: Visit) -> Table.Cell {
        switch row.verdict {
        case "accepted": .init(badge: "ok", visit.word("inspections_accepted"))
        case "returned": .init(badge: "warn", visit.word("inspections_returned"))
        default: .init(badge: "neutral", visit.word("inspections_waiting"))
        }
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["inspection"] ?? "", visit.spine.district)
        let found = try await district.store.read { reader -> InspectionPage? in
            guard let row = try InspectionTables.inspection(id, for: tenant, in: reader) else { return nil }
            let events = try district.log.events(inStream: "inspection/\(id)", in: reader)
            guard let submitted = events.first(where: { $0.type == "safety.inspection.submitted" }),
                case .firm(let firm) = row.scope,
                let frozen = try InspectionTables.template(
                    row.template, version: row.version, of: firm, for: tenant, in: reader)
            else { return nil }
            let reviewed = events.last { $0.type == "safety.inspection.reviewed" }
            let reviewer: String? =
                if case .person(let person)? = row.reviewer {
                    try Directory.person(person, for: tenant, in: reader)?.name
                } else { nil }
            let failures = try district.payload(of: submitted, in: reader)["failures"]?.elements ?? []
            let actions = try failures.flatMap { failure in
                let source = InspectionReactions.source(row.schedule, failure["question"]?.text ?? "")
                return try ActionTable.of(source.kind, source.id, for: tenant, in: reader)
            }
            return InspectionPage(
                row: row, template: frozen.template, correlation: submitted.correlation,
                payload: try district.payload(of: submitted, in: reader),
                review: try reviewed.map { try district.payload(of: $0, in: reader) }, reviewer: reviewer,
                actions: actions,
                names: try InspectionNames([row], for: tenant, in: reader))
        }
        guard let page = found else { throw InspectionRefusals.noInspection }
        try await visit.look(at: page.row.scope, "inspection/\(id)")
        return .page("inspection", title: page.template.title[visit.language], page.context(visit))
    }
}
