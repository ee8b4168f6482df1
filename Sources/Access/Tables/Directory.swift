public import Record
public import Store

/// Who is in the district: firms and people, each list limited to its tenant.
public enum Directory {
    /// Who asks, for a person who is signed in; nil where they are unknown or have left.
    public static func caller(_ id: PersonID, in transaction: any Reader) throws -> Caller? {
        guard
            let row = try transaction.first(
                "SELECT id, name, language, firm, active FROM access_people WHERE id = ? AND active = 1",
                [.text(id.rawValue)])
        else { return nil }
        let person = try person(row, roles: roles(of: [id], in: transaction)[id] ?? [])
        return Caller(
            .person(id), name: person.name, roles: person.roles, firm: person.firm, language: person.language)
    }

    /// A person of a tenant; nil where there is none the tenant may see.
    public static func person(_ id: PersonID, for tenant: Tenant, in transaction: any Reader) throws -> Person? {
        let own = tenant.condition(column: "scope")
        guard
            let row = try transaction.first(
                "SELECT \(personColumns) FROM access_people WHERE id = ? AND \(own.sql)",
                [.text(id.rawValue)] + own.arguments)
        else { return nil }
        return try person(row, roles: roles(of: [id], in: transaction)[id] ?? [])
    }

    /// A tenant's people by name, those who left too; `words` are looked for in name and identifier.
    public static func people(
        for tenant: Tenant, containing words: String = "", limit: Int = 50, offset: Int = 0,
        in transaction: any Reader
    ) throws -> Listing<Person> {
        let (source, arguments) = limited("access_people", tenant, words)
        let page = try transaction.listing(
            personColumns, from: source, arguments, order: "name, id", limit: limit, offset: offset
        ) { $0 }
        let held = try roles(of: page.rows.map { PersonID(try $0.text("id")) }, in: transaction)
        return Listing(
            rows: try page.rows.map { try person($0, roles: held[PersonID(try $0.text("id"))] ?? []) },
            total: page.total)
    }

    /// How many active people hold a role in a firm, or outside any.
    public static func holders(of role: Role, in firm: FirmID?, _ transaction: any Reader) throws -> Int64 {
        let place = firm == nil ? "p.firm IS NULL" : "p.firm = ?"
        let arguments: [SQLValue] = [.text(role.rawValue)] + (firm.map { [.text($0.rawValue)] } ?? [])
        return try transaction.first(
            """
            SELECT COUNT(*) AS many FROM access_roles r JOIN access_people p ON p.id = r.person
            WHERE r.role = ? AND p.active = 1 AND \(place)
            """, arguments)?.integer("many") ?? 0
    }

    /// A firm of a tenant; nil where there is none the tenant may see.
    public static func firm(_ id: FirmID, for tenant: Tenant, in transaction: any Reader) throws -> Firm? {
        let own = tenant.condition(column: "scope")
        return try transaction.first(
            "SELECT \(firmColumns) FROM access_firms WHERE id = ? AND \(own.sql)",
            [.text(id.rawValue)] + own.arguments
        ).map(firm)
    }

    /// The firms a tenant may see by name; `words` are looked for in name, identifier and registration number.
    public static func firms(
        for tenant: Tenant, containing words: String = "", limit: Int = 50, offset: Int = 0,
        in transaction: any Reader
    ) throws -> Listing<Firm> {
        let (source, arguments) = limited("access_firms", tenant, words)
        return try transaction.listing(
            firmColumns, from: source, arguments, order: "name, id", limit: limit, offset: offset, firm)
    }

    private static let personColumns = "id, name, language, firm, active"
    private static let firmColumns = "id, name, registration, headcount"

    private static func limited(_ table: String, _ tenant: Tenant, _ words: String) -> (String, [SQLValue]) {
        let own = tenant.condition(column: "scope")
        guard !words.isEmpty else { return ("\(table) WHERE \(own.sql)", own.arguments) }
        return (
            "\(table) WHERE \(own.sql) AND words LIKE ? ESCAPE '!'", own.arguments + [.pattern(containing: words)]
        )
    }

    private static func roles(of people: [PersonID], in transaction: any Reader) throws -> [PersonID: Set<Role>] {
        guard !people.isEmpty else { return [:] }
        let marks = people.map { _ in "?" }.joined(separator: ", ")
        var held: [PersonID: Set<Role>] = [:]
        for row in try transaction.query(
            "SELECT person, role FROM access_roles WHERE person IN (\(marks))", people.map { .text($0.rawValue) })
        {
            guard let role = Role(rawValue: try row.text("role")) else { continue }
            held[PersonID(try row.text("person")), default: []].insert(role)
        }
        return held
    }

    private static func person(_ row: Row, roles: Set<Role>) throws -> Person {
        Person(
            id: PersonID(try row.text("id")), name: try row.optionalText("name"),
            language: Language(rawValue: try row.text("language")) ?? .ko,
            firm: try row.optionalText("firm").map { FirmID($0) }, roles: roles, active: try row.flag("active"))
    }

    private static func firm(_ row: Row) throws -> Firm {
        Firm(
            id: FirmID(try row.text("id")), name: try row.text("name"), registration: try row.text("registration"),
            headcount: try row.optionalInteger("headcount").map { Int($0) })
    }
}
