import Record
import Store

/// The statements for learning record stores, in pages.
enum StatementTable {
    /// Where a page begins: after the statement that was stored then and has this identifier.
    struct Place: Sendable, Hashable {
        let stored: Int64, id: String
    }

    /// What is asked for.
    struct Query: Sendable, Hashable {
        /// Stored after this moment, and not after that one.
        var since: Timestamp?, until: Timestamp?
        var verb: TrainingStatement.Verb?
        var isAscending = false
        var place: Place?
        var limit = StatementTable.most
    }

    /// As many as a page has at the most.
    static let most = 500

    /// A page of what a tenant may see; those that were taken back are left out, and that they were is told.
    static func page(_ query: Query, for tenant: some Tenancy, in reader: any Reader) throws -> [TrainingStatement] {
        let own = tenant.condition(column: "scope")
        var (conditions, arguments) = (["is_voided = 0", own.sql], own.arguments)
        if let since = query.since {
            conditions.append("stored > ?")
            arguments.append(.integer(since.microseconds))
        }
        if let until = query.until {
            conditions.append("stored <= ?")
            arguments.append(.integer(until.microseconds))
        }
        if let verb = query.verb {
            conditions.append("verb = ?")
            arguments.append(.text(verb.rawValue))
        }
        if let place = query.place {
            let sign = query.isAscending ? ">" : "<"
            conditions.append("(stored \(sign) ? OR (stored = ? AND id \(sign) ?))")
            arguments += [.integer(place.stored), .integer(place.stored), .text(place.id)]
        }
        let order = query.isAscending ? "ASC" : "DESC"
        return try reader.query(
            """
            SELECT * FROM alliance_training_statements WHERE \(conditions.joined(separator: " AND "))
            ORDER BY stored \(order), id \(order) LIMIT ?
            """, arguments + [.integer(Int64(query.limit))]
        ).map(statement)
    }

    /// One statement; nil where there is none that the tenant may see.
    static func find(_ id: String, isVoided: Bool, for tenant: some Tenancy, in reader: any Reader) throws
        -> TrainingStatement?
    {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM alliance_training_statements WHERE id = ? AND is_voided = ? AND \(own.sql)",
            [.text(id), .flag(isVoided)] + own.arguments
        ).map(statement)
    }

    private static func statement(_ row: Row) throws -> TrainingStatement {
        TrainingStatement(
            event: try row.text("event"), verb: TrainingStatement.Verb(rawValue: try row.text("verb")) ?? .voided,
            person: PersonID(try row.text("person")), enrolment: try row.text("enrolment"),
            session: try row.text("session"), programme: try row.text("programme"),
            module: try row.optionalText("module"), score: try row.optionalInteger("score"),
            voids: try row.optionalText("voids"), at: Timestamp(microseconds: try row.integer("at")),
            stored: Timestamp(microseconds: try row.integer("stored")))
    }
}
