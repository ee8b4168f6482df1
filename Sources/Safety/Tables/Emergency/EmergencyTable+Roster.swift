import District
import Record
import Store

extension EmergencyTable {
    /// Everyone on an emergency's roster, and how each stands after all that was said.
    static func roster(of id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Roster {
        let own = tenant.condition(column: "scope")
        func rows(_ table: String, _ order: String) throws -> [Row] {
            try reader.query(
                "SELECT * FROM \(table) WHERE emergency = ? AND \(own.sql) ORDER BY \(order)",
                [.text(id)] + own.arguments)
        }
        var marks: [String: [Muster.Mark]] = [:]
        for row in try rows("safety_muster_marks", "ord") {
            guard let status = Muster.Status(rawValue: try row.text("status")) else { continue }
            marks[try row.text("entry"), default: []].append(
                Muster.Mark(
                    status: status, by: try row.text("marker"), isSelf: try row.flag("is_self"),
                    seen: Timestamp(microseconds: try row.integer("seen")), order: try row.integer("ord"),
                    place: try row.optionalText("place").map { ThingID($0) }))
        }
        var rulings: [String: Muster.Ruling] = [:]
        for row in try rows("safety_muster_rulings", "entry") {
            guard let status = Muster.Status(rawValue: try row.text("status")) else { continue }
            rulings[try row.text("entry")] = Muster.Ruling(
                status: status, at: Timestamp(microseconds: try row.integer("at")), order: try row.integer("ord"))
        }
        return Roster(
            entries: try rows("safety_muster_entries", "entry").map { row in
                let entry = try row.text("entry")
                let said = marks[entry] ?? []
                let (standing, since) = Muster.standing(said, ruling: rulings[entry])
                let place = said.filter { $0.place != nil }.max { ($0.seen, $0.order) < ($1.seen, $1.order) }?.place
                return Roster.Entry(
                    id: entry, kind: Roster.Kind(rawValue: try row.text("kind")) ?? .visitor,
                    person: try row.optionalText("person").map { PersonID($0) }, standing: standing, since: since,
                    place: place)
            })
    }

    /// The number of what was said last, which changes with every mark.
    static func lastMark(of id: String, in reader: any Reader) throws -> Int64 {
        try reader.first("SELECT MAX(ord) AS last FROM safety_muster_marks WHERE emergency = ?", [.text(id)])?
            .optionalInteger("last") ?? 0
    }

    /// Who said anything of each of them.
    static func markers(
        of id: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: Set<String>] {
        let own = tenant.condition(column: "scope")
        var markers: [String: Set<String>] = [:]
        for row in try reader.query(
            "SELECT DISTINCT entry, marker FROM safety_muster_marks WHERE emergency = ? AND \(own.sql)",
            [.text(id)] + own.arguments)
        { markers[try row.text("entry"), default: []].insert(try row.text("marker")) }
        return markers
    }

    /// What was said of one of them, in the order in which the Record learnt of it.
    static func marks(
        of entry: String, in id: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Muster.Mark] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_muster_marks WHERE emergency = ? AND entry = ? AND \(own.sql) ORDER BY ord",
            [.text(id), .text(entry)] + own.arguments
        ).compactMap { row in
            guard let status = Muster.Status(rawValue: try row.text("status")) else { return nil }
            return Muster.Mark(
                status: status, by: try row.text("marker"), isSelf: try row.flag("is_self"),
                seen: Timestamp(microseconds: try row.integer("seen")), order: try row.integer("ord"))
        }
    }

    static let projection = Projection(
        tables: tables,
        types: [
            "safety.emergency.declared", "safety.emergency.commanded", "safety.emergency.updated",
            "safety.emergency.cleared", "safety.muster.marked", "safety.muster.added", "safety.muster.resolved",
            "safety.drill.completed",
        ]
    ) { event, payload, transaction in
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        let scope = SQLValue.text(event.scope.text)
        let id = text("emergency")
        switch event.type {
        case "safety.emergency.declared": try declare(event, payload, transaction)
        case "safety.emergency.commanded":
            try transaction.execute("UPDATE safety_emergencies SET commander = ? WHERE id = ?", [text("person"), id])
        case "safety.emergency.updated":
            try transaction.execute(
                "INSERT INTO safety_emergency_news (emergency, ord, at, ko, en) VALUES (?, ?, ?, ?, ?)",
                [
                    id, .integer(event.streamVersion), .integer(event.observed.microseconds), text("ko"), text("en"),
                ])
        case "safety.emergency.cleared":
            try transaction.execute(
                "UPDATE safety_emergencies SET cleared = ? WHERE id = ?", [.integer(event.observed.microseconds), id])
        case "safety.drill.completed":
            try transaction.execute("UPDATE safety_emergencies SET is_reported = 1 WHERE id = ?", [id])
        case "safety.muster.resolved":
            try transaction.execute(
                """
                INSERT INTO safety_muster_rulings (emergency, entry, status, at, ord, scope) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (emergency, entry) DO UPDATE SET status = excluded.status, at = excluded.at, ord = excluded.ord
                """,
                [
                    id, text("entry"), text("status"), .integer(event.observed.microseconds),
                    .integer(event.streamVersion), scope,
                ])
        default:
            try enter(payload, scope, id, transaction)
            guard payload["status"]?.text != nil else { return }
            try transaction.execute(
                """
                INSERT INTO safety_muster_marks (emergency, ord, entry, status, marker, is_self, seen, place, is_late, scope)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    id, .integer(event.streamVersion), text("entry"), text("status"), .text(event.author.text),
                    .flag(payload["self"]?.bool ?? false), .integer(event.observed.microseconds),
                    .optional(payload["place"]?.text), .flag(payload["offline"] != nil), scope,
                ])
        }
    }

    private static func declare(_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        try transaction.execute(
            """
            INSERT INTO safety_emergencies (id, scope, firm, site, thing, scenario, is_drill, declared, commander,
                cleared, is_reported, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, ?)
            """,
            [
                text("emergency"), .text(event.scope.text), text("firm"), text("site"), text("thing"),
                text("scenario"), .flag(payload["drill"]?.bool ?? false), .integer(event.observed.microseconds),
                .optional(payload["commander"]?.text), .text(event.id.description),
            ])
        for entry in payload["roster"]?.elements ?? [] {
            try enter(entry.members ?? [:], .text(event.scope.text), text("emergency"), transaction)
        }
    }

    /// Puts somebody on the roster, once.
    private static func enter(
        _ entry: [String: JSON], _ scope: SQLValue, _ id: SQLValue, _ transaction: any Writer
    ) throws {
        try transaction.execute(
            """
            INSERT INTO safety_muster_entries (emergency, entry, kind, person, scope) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (emergency, entry) DO NOTHING
            """,
            [
                id, .text(entry["entry"]?.text ?? ""), .text(entry["kind"]?.text ?? Roster.Kind.worker.rawValue),
                .optional(entry["person"]?.text), scope,
            ])
    }
}
