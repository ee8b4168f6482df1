import Access
import District
import HTTPTypes
import Record
import Store

/// Who is here, and how another comes: a link that works once, made for a role and, where it is one's, a firm.
struct PeopleRoutes {
    let doors: Doors

    private static let inviters = Permission.roles([.administrator, .zoneOfficer, .executive, .safetyManager])

    var routes: [Route] {
        [
            .get("/people", Self.inviters) { try await page($0) },
            .post("/people", Self.inviters) { try await invite($0) },
        ]
    }

    /// The roles that a caller may give away: the zone's people any but the administrator's, a firm's only its own kind,
    /// and nobody more than they are.
    private static func roles(_ tenant: Tenant, _ caller: Caller) -> [Role] {
        guard tenant.firm != nil else { return Role.allCases.filter { $0 != .administrator } }
        let others: [Role] = [.safetyManager, .worker, .operator]
        return caller.roles.contains(.executive) ? [.executive] + others : others
    }

    private func invite(_ visit: Visit) async throws -> Reply {
        let (tenant, now, form) = (try visit.tenant, visit.now, visit.form)
        guard let role = Self.roles(tenant, visit.caller).first(where: { $0.rawValue == form["role"] }) else {
            return try await page(visit, error: ("role", visit.word("form_required")))
        }
        let entered = form["firm"] ?? ""
        let firm = tenant.firm ?? (entered.isEmpty ? nil : FirmID(entered))
        if tenant.firm == nil, let firm {
            let known = try await doors.district.store.read { try Directory.firm(firm, for: tenant, in: $0) }
            guard known != nil else { return try await page(visit, error: ("firm", visit.word("people_no_firm"))) }
        }
        // Only the zone's own officers stand for no firm; anyone else's rows would be nobody's.
        guard firm != nil || [.zoneOfficer, .inspector, .citizen].contains(role) else {
            return try await page(visit, error: ("firm", visit.word("people_needs_firm")))
        }
        let author = visit.caller.author
        let link = try await doors.district.transact { transaction in
            try transaction.record(
                [
                    Draft(
                        "access.link.issued", stream: "firm/\(firm?.rawValue ?? "zone")",
                        scope: firm.map { .firm($0) } ?? .zone,
                        payload: [
                            "role": .string(role.rawValue),
                            "expires": .string(now.advanced(bySeconds: 86_400).description),
                        ])
                ], origin: Origin(author: author))
            return try SetupLink.issue(roles: [role], firm: firm, at: now, in: transaction.writer)
        }
        return try await page(
            visit,
            [
                "made": [
                    "link": .string("\(visit.site)/setup/\(link)"), "role": .string(role.words[visit.language]),
                    "expires": Show.time(now.advanced(bySeconds: 86_400), visit.language),
                ]
            ])
    }

    private func page(
        _ visit: Visit, _ more: [String: JSON] = [:], error: (field: String, text: String)? = nil
    ) async throws -> Reply {
        let (tenant, language) = (try visit.tenant, visit.language)
        let query = TableQuery(visit.query, columns: ["name"], sortedBy: "name")
        let (people, names) = try await doors.district.store.read { reader -> (Listing<Person>, [FirmID: String]) in
            let people = try Directory.people(
                for: tenant, containing: query.filter, limit: query.size, offset: query.offset, in: reader)
            var names: [FirmID: String] = [:]
            for firm in Set(people.rows.compactMap(\.firm)) {
                names[firm] = try Directory.firm(firm, for: tenant, in: reader)?.name
            }
            return (people, names)
        }
        try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "people")
        let table = Table(
            "people", caption: visit.word("people_list"), path: "/people", query,
            columns: [
                .init("name", visit.word("people_column_name")), .init(nil, visit.word("people_column_roles")),
                .init(nil, visit.word("people_column_firm")), .init(nil, visit.word("people_column_grant")),
                .init(nil, visit.word("people_column_revoke")),
            ],
            rows: people.rows.map { person in
                func change(_ command: String, _ word: String) -> Table.Cell {
                    guard person.active else { return .none }
                    return Table.Cell(
                        visit.word(word),
                        href: "/do/\(command)?person=\(Table.encoded(person.id.rawValue))&next=/people")
                }
                return [
                    Table.Cell(person.name ?? visit.word("trace_erased"), isHead: true),
                    Table.Cell(person.roles.sorted().map { $0.words[language] }.joined(separator: ", ")),
                    Table.Cell(person.firm.map { names[$0] ?? $0.rawValue } ?? "–"),
                    change("access.role.grant", "people_grant"), change("access.role.revoke", "people_revoke"),
                ]
            }, total: people.total, filter: .init(visit.word("people_filter")), empty: visit.word("people_empty"))
        var fields = [
            FieldView.json(
                Field(
                    "role", Words("역할", "Role"),
                    .choice(Self.roles(tenant, visit.caller).map { Field.Choice($0.rawValue, $0.words) })), visit,
                value: visit.form["role"] ?? visit.query["role"] ?? "",
                error: error?.field == "role" ? error?.text : nil)
        ]
        if tenant.firm == nil {
            // Looked up as it is typed: a district may have thousands.
            fields.append(
                FieldView.json(
                    Field("firm", Words("소속 기업", "Firm"), .reference(kind: "firm", source: nil), required: false),
                    visit,
                    value: visit.form["firm"] ?? visit.query["firm"] ?? "",
                    error: error?.field == "firm" ? error?.text : nil))
        }
        var create: [String: JSON] = ["action": "/people", "hidden": [], "fields": .array(fields)]
        if let error { create["errors"] = Show.errors([error]) }
        var context: [String: JSON] = ["table": table.json, "create": .object(create)]
        context.merge(more) { $1 }
        return .page(
            "people", title: visit.word("people_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent)
    }
}
