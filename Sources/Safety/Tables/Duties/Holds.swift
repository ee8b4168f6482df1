import Access
import District
import Record
import Store

/// Legal holds: after an accident a firm's records are neither changed nor forgotten until two people release them.
enum Holds {
    static let migration = Migration(
        "safety.duties.002",
        [
            """
            CREATE TABLE safety_holds (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, incident TEXT NOT NULL,
                thing TEXT NOT NULL, placed BIGINT NOT NULL, released BIGINT, signer TEXT, cosigner TEXT, reason TEXT)
            """,
            "CREATE INDEX safety_holds_firm ON safety_holds (firm, released)",
        ])

    static let projection = Projection(
        tables: ["safety_holds"], types: ["safety.hold.placed", "safety.hold.released"]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("hold/".count))
        guard event.type == "safety.hold.placed" else {
            let reason = payload["reason"]
            try transaction.execute(
                "UPDATE safety_holds SET released = ?, signer = ?, cosigner = ?, reason = ? WHERE id = ?",
                [
                    .integer(event.recorded.microseconds), .text(event.author.text),
                    .optional(payload["cosigner"]?.text),
                    .optional(reason?["erased"]?.bool == true ? "(삭제됨 / erased)" : reason?.text), .text(id),
                ])
            return
        }
        try transaction.execute(
            "INSERT INTO safety_holds (id, firm, scope, incident, thing, placed) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(id), .text(payload["firm"]?.text ?? ""), .text(event.scope.text),
                .text(payload["incident"]?.text ?? ""), .text(payload["thing"]?.text ?? ""),
                .integer(event.recorded.microseconds),
            ])
    }

    /// The records of an accident's firm are put on hold with the accident's report.
    static let reaction = Reaction(
        "safety.hold-records", to: IncidentReported.type, yields: ["safety.hold.placed"]
    ) { event, _ in
        guard let incident = IncidentReported(event) else { return [] }
        // The records of whose place it was, and of who employs those hurt.
        return Set([incident.firm, incident.employer]).sorted().map { firm in
            Draft(
                "safety.hold.placed", stream: "hold/\(event.id)\(firm == incident.firm ? "" : "-employer")",
                scope: .firm(firm),
                payload: [
                    "incident": .string(incident.incident), "thing": .string(incident.thing.rawValue),
                    "firm": .string(firm.rawValue),
                ])
        }
    }

    /// A hold.
    struct Hold: Sendable, Hashable {
        let id: String
        let firm: FirmID
        let incident: String
        let thing: ThingID
        let placed: Timestamp
        let released: Timestamp?
    }

    /// The holds on a firm's records that are in force; the house's own rules ask too.
    static func inForce(on firm: FirmID, in reader: any Reader) throws -> [Hold] {
        try reader.query(
            "SELECT * FROM safety_holds WHERE firm = ? AND released IS NULL ORDER BY placed, id",
            [.text(firm.rawValue)]
        ).map(hold)
    }

    /// A hold that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Hold? {
        let own = tenant.condition(column: "scope")
        return try reader.first("SELECT * FROM safety_holds WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments)
            .map(hold)
    }

    private static func hold(_ row: Row) throws -> Hold {
        Hold(
            id: try row.text("id"), firm: FirmID(try row.text("firm")), incident: try row.text("incident"),
            thing: ThingID(try row.text("thing")), placed: Timestamp(microseconds: try row.integer("placed")),
            released: try row.optionalInteger("released").map { Timestamp(microseconds: $0) })
    }
}
