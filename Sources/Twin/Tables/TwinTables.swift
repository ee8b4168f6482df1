public import Record
public import Store

/// The Twin's tables, and how its events fill them.
public enum TwinTables {
    /// The schema, in order.
    public static let migrations: [Migration] = [
        Migration(
            "twin.001.things",
            [
                """
                CREATE TABLE twin_things (
                  id TEXT PRIMARY KEY, kind TEXT NOT NULL, parent TEXT, name_ko TEXT NOT NULL, name_en TEXT NOT NULL,
                  firm TEXT, scope TEXT NOT NULL, geometry TEXT, attributes TEXT NOT NULL, sample BIGINT NOT NULL,
                  declared BIGINT NOT NULL, retired BIGINT, words TEXT NOT NULL)
                """,
                "CREATE INDEX twin_things_scope ON twin_things (scope, kind)",
                "CREATE INDEX twin_things_parent ON twin_things (parent)",
                "CREATE INDEX twin_things_ko ON twin_things (name_ko, id)",
                "CREATE INDEX twin_things_en ON twin_things (name_en, id)",
                "CREATE INDEX twin_things_kind ON twin_things (kind, id)",
                "CREATE INDEX twin_things_declared ON twin_things (declared, id)",
                """
                CREATE TABLE twin_places (
                  event TEXT PRIMARY KEY, thing TEXT NOT NULL, parent TEXT, geometry TEXT, observed BIGINT NOT NULL,
                  recorded BIGINT NOT NULL)
                """,
                "CREATE INDEX twin_places_thing ON twin_places (thing, observed, recorded, event)",
            ]),
        Migration(
            "twin.002.attributes",
            [
                """
                CREATE TABLE twin_observations (
                  event TEXT PRIMARY KEY, thing TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, unit TEXT,
                  observed BIGINT NOT NULL, recorded BIGINT NOT NULL)
                """,
                """
                CREATE INDEX twin_observations_thing
                ON twin_observations (thing, attribute, observed, recorded, event)
                """,
                """
                CREATE TABLE twin_latest (
                  thing TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, unit TEXT,
                  observed BIGINT NOT NULL, recorded BIGINT NOT NULL, event TEXT NOT NULL,
                  PRIMARY KEY (thing, attribute))
                """,
            ]),
    ]

    /// The tables, all of which come out of the Record: a rebuild empties them first.
    public static let projected = ["twin_things", "twin_places", "twin_observations", "twin_latest"]

    /// Brings one event into the tables. Applying it again changes nothing.
    /// - Parameters:
    ///   - event: one of ``TwinEvents/types``.
    /// - Throws: ``TwinError`` with rule `payload` where the payload is not this event's, or ``StoreError``.
    public static func apply(_ event: Event, in transaction: any Writer) throws {
        let id = try thing(event)
        switch event.type {
        case TwinEvents.declared:
            try declare(id, event, in: transaction)
            try place(id, event, in: transaction)
        case TwinEvents.moved:
            try place(id, event, in: transaction)
        case TwinEvents.retired:
            try transaction.execute(
                "UPDATE twin_things SET retired = ? WHERE id = ?", [.integer(event.observed.microseconds), .text(id)])
        case TwinEvents.attributeObserved:
            try observe(id, event, in: transaction)
        default: throw malformed(event, "type")
        }
    }

    private static func declare(_ id: String, _ event: Event, in transaction: any Writer) throws {
        let kind = try text(event.payload["kind"], "kind", event)
        let ko = try text(event.payload["name"]?["ko"], "name.ko", event)
        let en = try text(event.payload["name"]?["en"], "name.en", event)
        guard let attributes = event.payload["attributes"], attributes.members != nil,
            let sample = event.payload["sample"]?.bool
        else { throw malformed(event, "attributes") }
        try transaction.execute(
            """
            INSERT INTO twin_things (id, kind, name_ko, name_en, firm, scope, attributes, sample, declared, words)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name_ko = excluded.name_ko,
              name_en = excluded.name_en, firm = excluded.firm, scope = excluded.scope,
              attributes = excluded.attributes, sample = excluded.sample, declared = excluded.declared,
              words = excluded.words, retired = NULL
            """,
            [
                .text(id), .text(kind), .text(ko), .text(en), .optional(event.payload["firm"]?.text),
                .text(event.scope.text), .text(attributes.canonicalText), .flag(sample),
                .integer(event.observed.microseconds), .text("\(id) \(ko) \(en)".lowercased()),
            ])
    }

    /// Writes a place down, and gives the thing the one it took last by the time it was so.
    private static func place(_ id: String, _ event: Event, in transaction: any Writer) throws {
        let geometry = event.payload["geometry"].flatMap { $0 == .null ? nil : $0.canonicalText }
        try transaction.execute(
            """
            INSERT INTO twin_places (event, thing, parent, geometry, observed, recorded) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (event) DO NOTHING
            """,
            [
                .text(event.id.description), .text(id), .optional(event.payload["parent"]?.text), .optional(geometry),
                .integer(event.observed.microseconds), .integer(event.recorded.microseconds),
            ])
        guard let last = try Things.lastPlace(of: id, at: nil, in: transaction) else { return }
        try transaction.execute(
            "UPDATE twin_things SET parent = ?, geometry = ? WHERE id = ?",
            [last["parent"], last["geometry"], .text(id)])
    }

    private static func observe(_ id: String, _ event: Event, in transaction: any Writer) throws {
        let attribute = try text(event.payload["attribute"], "attribute", event)
        guard let value = event.payload["value"] else { throw malformed(event, "value") }
        let row: [SQLValue] = [
            .text(event.id.description), .text(id), .text(attribute), .text(value.canonicalText),
            .optional(event.payload["unit"]?.text), .integer(event.observed.microseconds),
            .integer(event.recorded.microseconds),
        ]
        let columns = "(event, thing, attribute, value, unit, observed, recorded) VALUES (?, ?, ?, ?, ?, ?, ?)"
        try transaction.execute("INSERT INTO twin_observations \(columns) ON CONFLICT (event) DO NOTHING", row)
        // Latest is what was observed last, not what arrived last.
        try transaction.execute(
            """
            INSERT INTO twin_latest \(columns)
            ON CONFLICT (thing, attribute) DO UPDATE SET event = excluded.event, value = excluded.value,
              unit = excluded.unit, observed = excluded.observed, recorded = excluded.recorded
            WHERE (excluded.observed, excluded.recorded, excluded.event)
              > (twin_latest.observed, twin_latest.recorded, twin_latest.event)
            """, row)
    }

    /// What the stream names: `thing/press-1` → `press-1`.
    private static func thing(_ event: Event) throws(TwinError) -> String {
        guard event.stream.hasPrefix("thing/") else { throw malformed(event, "stream") }
        return String(event.stream.dropFirst("thing/".count))
    }

    private static func text(_ value: JSON?, _ field: String, _ event: Event) throws(TwinError) -> String {
        guard let text = value?.text else { throw malformed(event, field) }
        return text
    }

    private static func malformed(_ event: Event, _ field: String) -> TwinError {
        TwinError(
            .payload, field,
            Words("\(event.type) 기록의 내용이 올바르지 않습니다.", "The payload of a \(event.type) is not sound."))
    }
}
