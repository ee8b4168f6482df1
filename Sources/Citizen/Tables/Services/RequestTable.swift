import Access
import District
import Record
import Store

/// What was asked of the city and what became of it, as a table that follows from events.
///
/// `office` says who of the staff answers for a row (the zone); `scope` says whose it is. What a citizen asked of the
/// office the office sees, though nobody else of the house sees what belongs to one person.
enum RequestTable {
    static let migration = Migration(
        "citizen.services.001",
        [
            """
            CREATE TABLE citizen_requests (
                code TEXT PRIMARY KEY, number TEXT NOT NULL, event TEXT NOT NULL, service TEXT NOT NULL,
                scope TEXT NOT NULL, office TEXT NOT NULL, open_values TEXT NOT NULL, personal TEXT,
                latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, submitted BIGINT NOT NULL,
                updated BIGINT NOT NULL, due BIGINT, state TEXT NOT NULL, receipt TEXT, reason_ko TEXT, reason_en TEXT,
                answer TEXT, result TEXT, version BIGINT NOT NULL, is_synthetic BIGINT NOT NULL)
            """,
            "CREATE UNIQUE INDEX citizen_requests_number ON citizen_requests (number)",
            "CREATE INDEX citizen_requests_receipt ON citizen_requests (receipt)",
            "CREATE INDEX citizen_requests_state ON citizen_requests (state, submitted)",
            "CREATE INDEX citizen_requests_scope ON citizen_requests (scope, submitted)",
            "CREATE INDEX citizen_requests_submitted ON citizen_requests (submitted)",
        ])

    /// What is kept of a request's code, and what of its place anybody may read. A row of before has neither: its code
    /// stands in the open, as its stream's name did, until the tables are rebuilt.
    static let codes = Migration(
        "citizen.services.002",
        [
            "ALTER TABLE citizen_requests ADD COLUMN secret TEXT", "ALTER TABLE citizen_requests ADD COLUMN area TEXT",
            "CREATE INDEX citizen_requests_secret ON citizen_requests (secret)",
        ])

    static let projection = Projection(
        tables: ["citizen_requests"],
        types: RequestEvents.all
    ) { event, payload, transaction in
        guard event.stream.hasPrefix(CityRequest.stream) else { return }
        let id = CityRequest.id(event.stream)
        if event.type == RequestEvents.submitted { return try insert(id, event, payload, transaction) }
        let (state, columns): (CityRequest.State, [(String, SQLValue)]) =
            switch event.type {
            case RequestEvents.accepted: (.accepted, [("receipt", .optional(payload["number"]?.text))])
            case RequestEvents.refused:
                (
                    .refused,
                    [
                        ("reason_ko", .optional(payload["reason"]?["ko"]?.text)),
                        ("reason_en", .optional(payload["reason"]?["en"]?.text)),
                    ]
                )
            case RequestEvents.answered: (.answered, [("answer", .optional(payload["answer"]?.text))])
            case RequestEvents.closed: (.closed, [("result", .optional(payload["result"]?.text))])
            default: (.unconfirmed, [])
            }
        // What staff have done stays, and so does a system's verdict: a late word from a system only adds its number.
        let order = """
            CASE WHEN state IN ('closed') \
            OR (state IN ('answered', 'accepted', 'refused') AND ? NOT IN ('answered', 'closed')) \
            THEN state ELSE ? END
            """
        try transaction.execute(
            "UPDATE citizen_requests SET state = \(order), updated = ?, version = ?"
                + columns.map { ", \($0.0) = ?" }.joined() + " WHERE code = ?",
            [
                .text(state.rawValue), .text(state.rawValue), .integer(event.recorded.microseconds),
                .integer(event.streamVersion),
            ] + columns.map(\.1) + [.text(id)])
    }

    private static func insert(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        let values = payload["values"]?.members ?? [:]
        // Of a request of before, the place stands among its values, and its stream's name is its code.
        let area = payload["area"].map { PublicPlace($0) } ?? PublicPlace(values)
        let secret = payload["code_hash"]?.text ?? CityRequest.hash(id)
        let personal = payload["personal"].flatMap { $0["erased"] == true ? nil : $0 }
        try transaction.execute(
            """
            INSERT INTO citizen_requests (code, number, event, service, scope, office, open_values, personal, latitude,
                longitude, submitted, updated, due, state, version, is_synthetic, secret, area)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)
            """,
            [
                .text(id), .text(payload["number"]?.text ?? ""), .text(event.id.description),
                .text(payload["service"]?.text ?? ""), .text(event.scope.text), .text(Scope.zone.text),
                .text(JSON.object(values).canonicalText), .optional(personal?.canonicalText),
                area.latitude.map { .real($0) } ?? .null, area.longitude.map { .real($0) } ?? .null,
                .integer(event.observed.microseconds), .integer(event.recorded.microseconds),
                .optional(payload["due"]?.text.flatMap { Timestamp(iso8601: $0) }?.microseconds),
                .integer(event.streamVersion), .flag(payload["synthetic"]?.bool == true), .text(secret),
                .text(area.json.canonicalText),
            ])
    }

    static func request(_ row: Row) throws -> CityRequest {
        func members(_ name: String) throws -> [String: JSON]? {
            try row.optionalText(name).flatMap { try JSON(parsing: $0).members }
        }
        let (ko, en) = (try row.optionalText("reason_ko"), try row.optionalText("reason_en"))
        let open = try members("open_values") ?? [:]
        return CityRequest(
            id: try row.text("code"), number: try row.text("number"),
            event: Identifier(try row.text("event")) ?? Identifier(at: Timestamp(microseconds: 0)),
            service: try row.text("service"), scope: Scope(try row.text("scope")) ?? .zone,
            open: open, area: try members("area").map { PublicPlace(.object($0)) } ?? PublicPlace(open),
            personal: try members("personal"),
            submitted: Timestamp(microseconds: try row.integer("submitted")),
            updated: Timestamp(microseconds: try row.integer("updated")),
            due: try row.optionalInteger("due").map { Timestamp(microseconds: $0) },
            state: CityRequest.State(rawValue: try row.text("state")) ?? .waiting,
            receipt: try row.optionalText("receipt"), reason: ko.map { Words($0, en ?? $0) },
            answer: try row.optionalText("answer"),
            result: try row.optionalText("result").flatMap { CityRequest.Result(rawValue: $0) },
            version: try row.integer("version"), isSynthetic: try row.flag("is_synthetic"))
    }
}

/// The events of a request.
enum RequestEvents {
    static let submitted = "citizen.request.submitted"
    static let accepted = "citizen.request.accepted"
    static let refused = "citizen.request.refused"
    static let unconfirmed = "citizen.request.unconfirmed"
    static let answered = "citizen.request.answered"
    static let closed = "citizen.request.closed"
    static let all = [submitted, accepted, refused, unconfirmed, answered, closed]
}
