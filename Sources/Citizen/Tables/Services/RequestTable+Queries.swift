import Access
import District
import Record
import Store

extension RequestTable {
    /// The request with a code: whoever has the code may look.
    static func find(code: String, in reader: any Reader) throws -> CityRequest? {
        try reader.first(
            "SELECT * FROM citizen_requests WHERE secret = ? OR (secret IS NULL AND code = ?)",
            [.text(CityRequest.hash(code)), .text(code)]
        ).map(request)
    }

    /// The request of a name, which opens nothing by itself: for the house's own work.
    static func find(id: String, in reader: any Reader) throws -> CityRequest? {
        try reader.first("SELECT * FROM citizen_requests WHERE code = ?", [.text(id)]).map(request)
    }

    /// The request with a number, the house's own or the city's; of it only what anybody may know is shown.
    static func find(number: String, in reader: any Reader) throws -> CityRequest? {
        for candidate in SaidNumber.candidates(number) {
            if let found = try exact(candidate, in: reader) { return found }
        }
        return nil
    }

    private static func exact(_ number: String, in reader: any Reader) throws -> CityRequest? {
        try reader.first(
            "SELECT * FROM citizen_requests WHERE number = ? OR receipt = ? ORDER BY submitted DESC LIMIT 1",
            [.text(number), .text(number)]
        ).map(request)
    }

    /// The request with a number, the house's own or the city's, for the staff who answer for it.
    static func find(
        number: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> CityRequest? {
        let office = tenant.condition(column: "office")
        for candidate in SaidNumber.candidates(number) {
            let found = try reader.first(
                "SELECT * FROM citizen_requests WHERE (number = ? OR receipt = ?) AND \(office.sql) "
                    + "ORDER BY submitted DESC LIMIT 1",
                [.text(candidate), .text(candidate)] + office.arguments
            ).map(request)
            if let found { return found }
        }
        return nil
    }

    /// Whether a number is taken.
    static func isTaken(_ number: String, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT 1 AS one FROM citizen_requests WHERE number = ?", [.text(number)]) != nil
    }

    /// A person's own requests, newest first.
    static func own(_ own: OwnRows, limit: Int, in reader: any Reader) throws -> [CityRequest] {
        let condition = own.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM citizen_requests WHERE \(condition.sql) ORDER BY submitted DESC, code LIMIT ?",
            condition.arguments + [.integer(Int64(limit))]
        ).map(request)
    }

    /// The desk's list: what is overdue first, then what is open, oldest first.
    static func desk(
        state: String?, service: String?, limit: Int, offset: Int, at now: Timestamp, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> Listing<CityRequest> {
        let office = tenant.condition(column: "office")
        var (sql, arguments) = (office.sql, office.arguments)
        if let state {
            sql += " AND state = ?"
            arguments.append(.text(state))
        }
        if let service {
            sql += " AND service = ?"
            arguments.append(.text(service))
        }
        // The moment is a number of our own making: SQLite and PostgreSQL take no arguments in this order alike.
        let order = """
            CASE WHEN state IN ('closed', 'refused') THEN 3 WHEN state = 'answered' THEN 2 \
            WHEN due < \(now.microseconds) THEN 0 ELSE 1 END, due, submitted, code
            """
        return try reader.listing(
            "*", from: "citizen_requests WHERE \(sql)", arguments, order: order, limit: limit, offset: offset, request)
    }

    /// How many requests the desk has in each state.
    static func counts(for tenant: some Tenancy, in reader: any Reader) throws -> [CityRequest.State: Int64] {
        let office = tenant.condition(column: "office")
        let rows = try reader.query(
            "SELECT state, COUNT(*) AS many FROM citizen_requests WHERE \(office.sql) GROUP BY state", office.arguments)
        return Dictionary(
            try rows.compactMap { row in
                try CityRequest.State(rawValue: try row.text("state")).map { ($0, try row.integer("many")) }
            }, uniquingKeysWith: { $1 })
    }

    /// What Open311 lists, newest first: reports from public places alone.
    static func listed(_ query: GeoReportQuery, services: [String], in reader: any Reader) throws -> [CityRequest] {
        let services = services.filter { query.services.isEmpty || query.services.contains($0) }
        guard !services.isEmpty else { return [] }
        var sql = "service IN (\(services.map { _ in "?" }.joined(separator: ", ")))"
        var arguments: [SQLValue] = services.map { .text($0) }
        if !query.numbers.isEmpty {
            sql += " AND number IN (\(query.numbers.map { _ in "?" }.joined(separator: ", ")))"
            arguments += query.numbers.map { .text($0) }
        } else {
            sql += " AND submitted >= ? AND submitted <= ?"
            arguments += [.integer(query.from.microseconds), .integer(query.until.microseconds)]
        }
        if query.isOpen != query.isClosed {
            sql += query.isOpen ? " AND state NOT IN ('closed', 'refused')" : " AND state IN ('closed', 'refused')"
        }
        return try reader.query(
            "SELECT * FROM citizen_requests WHERE \(sql) ORDER BY submitted DESC, code LIMIT ? OFFSET ?",
            arguments + [.integer(Int64(query.size)), .integer(Int64(query.offset))]
        ).map(request)
    }
}
