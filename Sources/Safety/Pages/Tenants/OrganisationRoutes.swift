import Access
import District
import Record
import Store
import Web

/// Who does what for safety in a firm: roles of the house, and appointments.
struct OrganisationRoutes {
    static let readers = Permission.roles([.executive, .safetyManager, .worker, .operator])

    var routes: [Route] { [.get("/safety/organisation", Self.readers) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        guard let firm = visit.caller.firm else { throw DutyRoutes.unknown }
        let query = TableQuery(visit.query, columns: ["name"], sortedBy: "name")
        let (people, appointments) = try await visit.spine.district.store.read { reader in
            (
                try Directory.people(
                    for: tenant, containing: query.filter, limit: query.size, offset: query.offset, in: reader),
                try Appointments.current(in: firm, for: tenant, reader)
            )
        }
        try await visit.look(at: .firm(firm), "organisation")
        let maySet = !visit.caller.roles.isDisjoint(with: [.executive, .safetyManager])
        let names = Dictionary(people.rows.map { ($0.id, $0.name ?? "–") }, uniquingKeysWith: { first, _ in first })
        let table = Table(
            "organisation", caption: visit.word("organisation_people"), path: "/safety/organisation", query,
            columns: [
                .init("name", visit.word("organisation_name")), .init(nil, visit.word("organisation_roles")),
                .init(nil, visit.word("organisation_change")), .init(nil, visit.word("organisation_appoint")),
            ],
            rows: people.rows.map { Self.row($0, visit, maySet: maySet) }, total: people.total,
            filter: .init(visit.word("organisation_find")), empty: visit.word("organisation_empty"))
        let held: [JSON] = SafetyRole.allCases.map { role in
            [
                "role": .string(role.words[visit.language]),
                "people": .array(
                    appointments.filter { $0.role == role }.map { appointment in
                        var members: [String: JSON] = [
                            "name": .string(names[appointment.person] ?? visit.word("organisation_someone")),
                            "since": Show.time(appointment.since, visit.language),
                        ]
                        if let hours = appointment.hours { members["hours"] = .string("\(hours)") }
                        if let file = appointment.file { members["file_href"] = .string("/attachments/\(file)") }
                        if maySet {
                            members["end_href"] = .string(
                                "/do/safety.role.end?appointment=\(appointment.id)&next=/safety/organisation")
                        }
                        return .object(members)
                    }),
            ]
        }
        var context: [String: JSON] = ["table": table.json, "held": .array(held)]
        if maySet {
            context["appoint_href"] = "/do/safety.role.appoint?next=/safety/organisation"
            context["invite_href"] = "/people"
        }
        return .page("organisation", title: visit.word("organisation_title"), .object(context), live: true)
    }

    private static func row(_ person: Person, _ visit: Visit, maySet: Bool) -> [Table.Cell] {
        let id = Table.encoded(person.id.rawValue)
        let roles = person.roles.sorted().map { $0.words[visit.language] }.joined(separator: ", ")
        func link(_ word: String, _ command: String) -> Table.Cell {
            guard maySet, person.active else { return .none }
            return Table.Cell(visit.word(word), href: "/do/\(command)?person=\(id)&next=/safety/organisation")
        }
        return [
            Table.Cell(person.name ?? visit.word("trace_erased"), isHead: true),
            Table.Cell(roles.isEmpty ? "–" : roles),
            link("organisation_give", "access.role.grant"), link("organisation_appoint_do", "safety.role.appoint"),
        ]
    }
}
