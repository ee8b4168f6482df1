import Access
import District
import Record
import Store

/// Who was appointed to what in a firm's safety organisation.
enum Appointments {
    static let migration = Migration(
        "safety.firms.003",
        [
            """
            CREATE TABLE safety_appointments (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
                hours BIGINT, file TEXT, since BIGINT NOT NULL, ended BIGINT)
            """,
            "CREATE INDEX safety_appointments_person ON safety_appointments (person, role)",
            "CREATE INDEX safety_appointments_firm ON safety_appointments (firm, ended)",
        ])

    static let projection = Projection(
        tables: ["safety_appointments"], types: ["safety.role.appointed", "safety.role.ended"]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("appointment/".count))
        guard event.type == "safety.role.appointed", case .firm(let firm) = event.scope else {
            try transaction.execute(
                "UPDATE safety_appointments SET ended = ? WHERE id = ?",
                [.integer(event.recorded.microseconds), .text(id)])
            return
        }
        try transaction.execute(
            """
            INSERT INTO safety_appointments (id, firm, scope, person, role, hours, file, since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(firm.rawValue), .text(event.scope.text), .text(payload["person"]?.text ?? ""),
                .text(payload["role"]?.text ?? ""), .optional(payload["hours"]?.integer),
                .optional(payload["file"]?.text), .integer(event.recorded.microseconds),
            ])
    }

    /// An appointment.
    struct Appointment: Sendable, Hashable {
        let id: String
        let firm: FirmID
        let person: PersonID
        let role: SafetyRole
        /// Hours a month that are kept free for it; nil where none were named.
        let hours: Int64?
        let file: String?
        let since: Timestamp
        let ended: Timestamp?
    }

    /// What a person is appointed to now.
    static func roles(of person: PersonID, in firm: FirmID, _ reader: any Reader) throws -> Set<SafetyRole> {
        Set(
            try reader.query(
                "SELECT role FROM safety_appointments WHERE person = ? AND firm = ? AND ended IS NULL",
                [.text(person.rawValue), .text(firm.rawValue)]
            ).compactMap { SafetyRole(rawValue: try $0.text("role")) })
    }

    /// A firm's appointments that have not ended.
    static func current(in firm: FirmID, for tenant: some Tenancy, _ reader: any Reader) throws -> [Appointment] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_appointments WHERE firm = ? AND ended IS NULL AND \(own.sql) ORDER BY since, id",
            [.text(firm.rawValue)] + own.arguments
        ).compactMap(appointment)
    }

    /// An appointment that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Appointment? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_appointments WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(appointment)
    }

    private static func appointment(_ row: Row) throws -> Appointment? {
        guard let role = SafetyRole(rawValue: try row.text("role")) else { return nil }
        return Appointment(
            id: try row.text("id"), firm: FirmID(try row.text("firm")), person: PersonID(try row.text("person")),
            role: role, hours: try row.optionalInteger("hours"), file: try row.optionalText("file"),
            since: Timestamp(microseconds: try row.integer("since")),
            ended: try row.optionalInteger("ended").map { Timestamp(microseconds: $0) })
    }
}
