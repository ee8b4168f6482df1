import District
import Record
import Store

/// Advice on where goods would better be picked from, and what became of it.
enum SlotTable {
    /// A look at a centre: `before`, `after` metres a day, `tours`, `days`, `basis`, `moves`.
    static let advised = "fulfilment.slotting.advised"
    static let accepted = "fulfilment.slotting.accepted"
    static let declined = "fulfilment.slotting.declined"
    static let done = "fulfilment.slotting.done"

    static let migration = Migration(
        "fulfilment.slotting.001",
        [
            """
            CREATE TABLE fulfilment_slot_looks (
                centre TEXT NOT NULL, scope TEXT NOT NULL, at BIGINT NOT NULL, before_m DOUBLE PRECISION NOT NULL,
                after_m DOUBLE PRECISION NOT NULL, tours BIGINT NOT NULL, days DOUBLE PRECISION NOT NULL,
                basis TEXT NOT NULL, PRIMARY KEY (centre, scope))
            """,
            """
            CREATE TABLE fulfilment_slots (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, number BIGINT NOT NULL,
                item TEXT NOT NULL, origin TEXT NOT NULL, goal TEXT NOT NULL, exchanged TEXT,
                gain DOUBLE PRECISION NOT NULL, unchecked BIGINT NOT NULL, ko TEXT NOT NULL, en TEXT NOT NULL,
                state TEXT NOT NULL, since BIGINT NOT NULL, why TEXT, event TEXT NOT NULL)
            """,
            "CREATE INDEX fulfilment_slots_state ON fulfilment_slots (scope, centre, state, number)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_slot_looks", "fulfilment_slots"], types: [advised, accepted, declined, done]
    ) { event, payload, writer in
        guard event.type == advised else {
            let state = event.type == accepted ? "accepted" : event.type == declined ? "declined" : "done"
            try writer.execute(
                "UPDATE fulfilment_slots SET state = ?, since = ?, why = ? WHERE id = ?",
                [
                    .text(state), .integer(event.observed.microseconds), .optional(payload["reason"]?.text),
                    .text(event.stream),
                ])
            return
        }
        let (centre, scope) = (SQLValue.text(payload["centre"]?.text ?? ""), SQLValue.text(event.scope.text))
        let at = SQLValue.integer(event.observed.microseconds)
        // What nobody answered is no longer what is advised.
        try writer.execute(
            "UPDATE fulfilment_slots SET state = 'lapsed', since = ? WHERE scope = ? AND centre = ? AND state = 'open'",
            [at, scope, centre])
        try writer.execute(
            """
            INSERT INTO fulfilment_slot_looks (centre, scope, at, before_m, after_m, tours, days, basis)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (centre, scope) DO UPDATE
            SET at = excluded.at, before_m = excluded.before_m, after_m = excluded.after_m, tours = excluded.tours,
                days = excluded.days, basis = excluded.basis
            """,
            [
                centre, scope, at, .real(payload["before"]?.double ?? 0), .real(payload["after"]?.double ?? 0),
                .integer(payload["tours"]?.integer ?? 0), .real(payload["days"]?.double ?? 0),
                .text(payload["basis"]?.text ?? ""),
            ])
        for (number, move) in (payload["moves"]?.elements ?? []).enumerated() {
            try writer.execute(
                """
                INSERT INTO fulfilment_slots (id, scope, centre, number, item, origin, goal, exchanged, gain, unchecked,
                    ko, en, state, since, event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)
                """,
                [
                    .text(move["id"]?.text ?? ""), scope, centre, .integer(Int64(number + 1)),
                    .text(move["item"]?.text ?? ""), .text(move["from"]?.text ?? ""), .text(move["to"]?.text ?? ""),
                    .optional(move["exchanged"]?.text), .real(move["gain"]?.double ?? 0),
                    .flag(move["unchecked"]?.bool ?? false), .text(move["ko"]?.text ?? ""),
                    .text(move["en"]?.text ?? ""), at, .text(event.id.description),
                ])
        }
    }

    /// The last look at a centre.
    struct Look: Sendable, Hashable {
        let at: Timestamp
        let before: Double
        let after: Double
        let tours: Int64
        let days: Double
        let basis: String
    }

    /// One move that was advised.
    struct Slot: Sendable, Hashable {
        /// `slot/…`, its stream.
        let id: String
        let scope: Scope
        let centre: String
        let number: Int64
        let item: String
        let from: String
        let to: String
        let exchanged: String?
        let gain: Double
        let isUnchecked: Bool
        let reason: Words
        let state: State
        let since: Timestamp
        /// The event that advised it.
        let event: Identifier

        enum State: String, Sendable, Hashable { case open, accepted, declined, done, lapsed }
    }

    static func look(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> Look? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_slot_looks WHERE centre = ? AND \(own.sql) ORDER BY at DESC",
            [.text(centre)] + own.arguments
        ).map { row in
            Look(
                at: Timestamp(microseconds: try row.integer("at")), before: try row.real("before_m"),
                after: try row.real("after_m"), tours: try row.integer("tours"), days: try row.real("days"),
                basis: try row.text("basis"))
        }
    }

    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Slot? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_slots WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(slot)
    }

    static func list(
        _ state: Slot.State, in centre: String, since: Timestamp? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Slot] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM fulfilment_slots WHERE centre = ? AND state = ? AND since >= ? AND \(own.sql)
            ORDER BY since DESC, number LIMIT 500
            """, [.text(centre), .text(state.rawValue), .integer(since?.microseconds ?? 0)] + own.arguments
        ).compactMap(slot)
    }

    private static func slot(_ row: Row) throws -> Slot? {
        guard let scope = Scope(try row.text("scope")), let event = Identifier(try row.text("event")) else {
            return nil
        }
        return Slot(
            id: try row.text("id"), scope: scope, centre: try row.text("centre"), number: try row.integer("number"),
            item: try row.text("item"), from: try row.text("origin"), to: try row.text("goal"),
            exchanged: try row.optionalText("exchanged"), gain: try row.real("gain"),
            isUnchecked: try row.flag("unchecked"), reason: Words(try row.text("ko"), try row.text("en")),
            state: Slot.State(rawValue: try row.text("state")) ?? .lapsed,
            since: Timestamp(microseconds: try row.integer("since")), event: event)
    }
}
