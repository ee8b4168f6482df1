import Access
import District
import Record
import Store

/// Who looked at what: a firm sees who looked at its data, the zone who looked at anything.
struct AuditRoutes {
    var routes: [Route] {
        [
            .get("/audit", .roles([.zoneOfficer, .executive, .safetyManager, .inspector]).ofMembers) { visit in
                let tenant = try visit.tenant
                let query = TableQuery(visit.query, columns: ["time"], sortedBy: "-time")
                // The last 90 days; older looks are in the backups.
                let range = visit.now.advanced(bySeconds: -90 * 86_400)..<visit.now.advanced(bySeconds: 60)
                let (looks, names) = try await visit.spine.district.store.read { reader in
                    let looks = try AuditOfLooks.list(
                        for: tenant, during: range, limit: query.size, offset: query.offset, in: reader)
                    var names: [Author: String] = [:]
                    for author in Set(looks.rows.map(\.author)) {
                        guard case .person(let id) = author else { continue }
                        names[author] = try Directory.caller(id, in: reader)?.name
                    }
                    return (looks, names)
                }
                let table = Table(
                    "looks", caption: visit.word("audit_title"), path: "/audit", query,
                    columns: [
                        .init(nil, visit.word("audit_column_time")), .init(nil, visit.word("audit_column_who")),
                        .init(nil, visit.word("audit_column_what")), .init(nil, visit.word("audit_column_whose")),
                    ],
                    rows: looks.rows.map { look in
                        [
                            Table.Cell(time: Show.time(look.time, visit.language, now: visit.now)),
                            Table.Cell(names[look.author] ?? visit.authorName(look.author), isHead: true),
                            Table.Cell("\(look.route)  \(look.object)", isCode: true), Table.Cell(look.scope.text),
                        ]
                    }, total: looks.total, empty: visit.word("audit_empty"))
                return .page("audit", title: visit.word("audit_title"), ["table": table.json])
            }
        ]
    }
}
