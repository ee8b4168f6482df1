import District
import Record
import Store

/// The events of EPCIS: those of the house's own stock, and those that partners sent. What partners sent changes no
/// stock; it is kept as they said it.
enum EPCISTable {
    /// An event that somebody sent: `capture`, `event`.
    static let captured = "fulfilment.epcis.captured"

    static let migration = Migration(
        "fulfilment.epcis.001",
        [
            """
            CREATE TABLE fulfilment_epcis_events (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, record TEXT NOT NULL, origin TEXT NOT NULL,
                type TEXT NOT NULL, event_time BIGINT NOT NULL, record_time BIGINT NOT NULL, action TEXT,
                biz_step TEXT, disposition TEXT, read_point TEXT, biz_location TEXT, event_id TEXT NOT NULL,
                transformation TEXT, error_time BIGINT, error_reason TEXT, content TEXT NOT NULL)
            """,
            "CREATE INDEX fulfilment_epcis_events_event ON fulfilment_epcis_events (scope, event_time, id)",
            "CREATE INDEX fulfilment_epcis_events_record ON fulfilment_epcis_events (scope, record_time, id)",
            // An event is there once, and each declaration of an error in it beside it.
            """
            CREATE UNIQUE INDEX fulfilment_epcis_events_id
            ON fulfilment_epcis_events (scope, event_id, (COALESCE(error_time, 0)))
            """,
            "CREATE INDEX fulfilment_epcis_events_source ON fulfilment_epcis_events (record)",
            """
            CREATE TABLE fulfilment_epcis_values (
                event TEXT NOT NULL, scope TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY (event, field, value))
            """,
            "CREATE INDEX fulfilment_epcis_values_value ON fulfilment_epcis_values (field, value)",
            """
            CREATE TABLE fulfilment_epcis_quantities (
                event TEXT NOT NULL, number BIGINT NOT NULL, quantity DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (event, number))
            """,
            """
            CREATE TABLE fulfilment_epcis_containers (
                scope TEXT NOT NULL, container TEXT NOT NULL, sscc TEXT NOT NULL, PRIMARY KEY (scope, container))
            """,
        ])

    /// The events follow from the Record: each change of stock is said in them at once.
    static func projection(_ settings: EPCISSettings) -> Projection {
        Projection(
            tables: [
                "fulfilment_epcis_events", "fulfilment_epcis_values", "fulfilment_epcis_quantities",
                "fulfilment_epcis_containers",
            ], types: StockEvent.types + [captured, CorrectReceipt.declared]
        ) { event, payload, writer in
            guard event.type != CorrectReceipt.declared else { return try declare(event, payload, writer) }
            guard event.type == captured else {
                guard let change = StockEvent(event.type, payload) else { return }
                try learn(payload, change, event.scope, writer)
                let names = try names(of: change, event.scope, settings, in: writer)
                let source = StockTranslation.Source(id: event.id, observed: event.observed, recorded: event.recorded)
                let parcels = (payload["parcels"]?.elements ?? []).compactMap(\.text).map { "container/\($0)" }
                for json in StockTranslation.events(change, of: source, names: names, whole: Set(parcels)) {
                    try insert(try EPCISEvent(json), "stock", event, writer)
                }
                return
            }
            guard let json = payload["event"] else { return }
            var sent = try EPCISEvent(json)
            sent.set("recordTime", .string(event.recorded.description))
            try insert(sent, "captured", event, writer)
        }
    }

    /// The events of a change of stock were wrong: each stands there a second time with the declaration of its error, and
    /// names the events that say what was really there (EPCIS 2.0, 7.4.1.4).
    private static func declare(_ source: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        func kept(_ record: String) throws -> [EPCISEvent] {
            try writer.query(
                """
                SELECT content FROM fulfilment_epcis_events WHERE scope = ? AND record = ? AND error_time IS NULL
                ORDER BY id
                """, [.text(source.scope.text), .text(record)]
            ).map { try EPCISEvent(try JSON(parsing: try $0.text("content"))) }
        }
        let record = payload["record"]?.text ?? ""
        var declaration: [String: JSON] = ["declarationTime": .string(source.recorded.description)]
        if let reason = payload["reason"] { declaration["reason"] = reason }
        if let right = try ReceiptTable.instead(of: record, in: writer) {
            let ids = try kept(right).compactMap(\.eventID)
            if !ids.isEmpty { declaration["correctiveEventIDs"] = .array(ids.map { .string($0) }) }
        }
        for var event in try kept(record) {
            event.set("errorDeclaration", .object(declaration))
            event.set("recordTime", .string(source.recorded.description))
            try insert(event, "stock", source, writer)
        }
    }

    // MARK: - Names

    /// A pallet or a carton says its SSCC in the event that fills it.
    private static func learn(
        _ payload: [String: JSON], _ change: StockEvent, _ scope: Scope, _ writer: any Writer
    ) throws {
        guard let sscc = payload["sscc"]?.text, GTIN.isSoundSSCC(sscc) else { return }
        let spots = Set(change.moves.compactMap { $0.to?.location }.filter(EPCISNames.isContainer))
        guard let container = change.container ?? (spots.count == 1 ? spots.first : nil) else { return }
        try writer.execute(
            """
            INSERT INTO fulfilment_epcis_containers (scope, container, sscc) VALUES (?, ?, ?)
            ON CONFLICT (scope, container) DO UPDATE SET sscc = excluded.sscc
            """, [.text(scope.text), .text(container), .text(sscc)])
    }

    /// The names of what a change is about.
    static func names(
        of change: StockEvent, _ scope: Scope, _ settings: EPCISSettings, in reader: any Reader
    ) throws -> EPCISNames {
        let spots = change.moves.flatMap { [$0.from?.location, $0.to?.location] }.compactMap { $0 }
        return try names(
            items: Set(change.moves.map(\.item)), containers: Set(spots.filter(EPCISNames.isContainer)), scope,
            settings, in: reader)
    }

    /// The names of items and containers of a firm.
    static func names(
        items: Set<String>, containers: Set<String>, _ scope: Scope, _ settings: EPCISSettings, in reader: any Reader
    ) throws -> EPCISNames {
        var names = EPCISNames(base: settings.base, places: settings.places)
        if case .firm(let firm) = scope { names.firm = firm.rawValue }
        for item in items.sorted() {
            let row = try reader.first(
                "SELECT gtin, content FROM fulfilment_items WHERE scope = ? AND code = ?",
                [.text(scope.text), .text(item)])
            guard let row else { continue }
            let unit = try JSON(parsing: try row.text("content"))["unit"]?.text
            names.goods[item] = EPCISNames.Good(
                gtin: try row.optionalText("gtin"), unit: unit.flatMap { Item.Unit(rawValue: $0) } ?? .piece)
        }
        for container in containers.sorted() {
            names.containers[container] = try reader.first(
                "SELECT sscc FROM fulfilment_epcis_containers WHERE scope = ? AND container = ?",
                [.text(scope.text), .text(container)]
            )?.text("sscc")
        }
        return names
    }

    // MARK: - Writing

    /// How many bytes of a value are kept as they are: an index of PostgreSQL holds a third of a page at most.
    private static let longest = 400

    /// What a value is found by: itself, or its beginning and its hash where it is long.
    static func key(_ value: String) -> String {
        guard value.utf8.count > longest else { return value }
        return "\(String(value.unicodeScalars.prefix(64)))…\(ContentHash.sha256(value.utf8))"
    }

    /// The place of an event in the table: events that were recorded at the same moment, as those of one transaction are,
    /// keep the order in which they stand on the Record.
    private static func place(_ scope: String, _ source: Event, _ writer: any Writer) throws -> String {
        let before =
            try writer.first(
                "SELECT COUNT(*) AS many FROM fulfilment_epcis_events WHERE scope = ? AND record_time = ?",
                [.text(scope), .integer(source.recorded.microseconds)]
            )?.integer("many") ?? 0
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        let moment = padded(String(source.recorded.microseconds, radix: 16), 15)
        return "\(moment)-\(padded("\(before)", 6))-\(source.id.description.suffix(12))"
    }

    private static func insert(
        _ event: EPCISEvent, _ origin: String, _ source: Event, _ writer: any Writer
    ) throws {
        let scope = source.scope.text
        let id = try place(scope, source, writer)
        try writer.execute(
            """
            INSERT INTO fulfilment_epcis_events (id, scope, record, origin, type, event_time, record_time, action,
                biz_step, disposition, read_point, biz_location, event_id, transformation, error_time, error_reason,
                content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(scope), .text(source.id.description), .text(origin), .text(event.type),
                .integer(event.eventTime.microseconds), .integer(source.recorded.microseconds),
                .optional(event.action?.rawValue), .optional(event.bizStep), .optional(event.disposition),
                .optional(event.readPoint), .optional(event.bizLocation),
                .text(event.eventID ?? "urn:uuid:\(source.id)"), .optional(event.transformation),
                event.declared.map { .integer($0.microseconds) } ?? .null,
                .optional(event.declaration?["reason"]?.text), .text(event.json.canonicalText),
            ])
        for (field, value) in event.fields {
            try writer.execute(
                "INSERT INTO fulfilment_epcis_values (event, scope, field, value) VALUES (?, ?, ?, ?)",
                [.text(id), .text(scope), .text(field), .text(key(value))])
        }
        let quantities = event.quantities + event.inputQuantities + event.outputQuantities
        for (number, quantity) in quantities.enumerated() {
            guard let quantity = quantity.quantity else { continue }
            try writer.execute(
                "INSERT INTO fulfilment_epcis_quantities (event, number, quantity) VALUES (?, ?, ?)",
                [.text(id), .integer(Int64(number)), .real(quantity)])
        }
    }
}
