import District
import Record
import Store

/// What a firm lets the house look for on the Record, and what was seen since. Without consent nothing is kept, and when
/// it is withdrawn what was kept goes.
enum ConsentTable {
    static let given = "alliance.consent.given"
    static let withdrawn = "alliance.consent.withdrawn"

    static let migration = Migration(
        "alliance.firms.consents.001",
        [
            """
            CREATE TABLE alliance_firms_consents (
                firm TEXT NOT NULL, source TEXT NOT NULL, scope TEXT NOT NULL, since BIGINT NOT NULL,
                PRIMARY KEY (firm, source))
            """,
            """
            CREATE TABLE alliance_firms_signs (
                firm TEXT NOT NULL, source TEXT NOT NULL, item TEXT NOT NULL, subject TEXT NOT NULL,
                event TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (firm, source, item))
            """,
            "CREATE INDEX alliance_firms_signs_subject ON alliance_firms_signs (firm, source, subject, at)",
        ])

    static let projection = Projection(
        tables: ["alliance_firms_consents", "alliance_firms_signs"],
        types: [given, withdrawn, AlarmRaised.type, ActionEscalated.type]
    ) { event, payload, transaction in
        let source = SQLValue.text(payload["source"]?.text ?? "")
        switch event.type {
        case given:
            guard case .firm(let firm) = event.scope else { return }
            try transaction.execute(
                """
                INSERT INTO alliance_firms_consents (firm, source, scope, since) VALUES (?, ?, ?, ?)
                ON CONFLICT (firm, source) DO NOTHING
                """,
                [.text(firm.rawValue), source, .text(event.scope.text), .integer(event.observed.microseconds)])
        case withdrawn:
            guard case .firm(let firm) = event.scope else { return }
            for table in ["alliance_firms_consents", "alliance_firms_signs"] {
                try transaction.execute(
                    "DELETE FROM \(table) WHERE firm = ? AND source = ?", [.text(firm.rawValue), source])
            }
        default:
            guard let sign = NeedSign(event),
                try holds(sign.source, of: sign.firm, in: transaction)
            else { return }
            try transaction.execute(
                """
                INSERT INTO alliance_firms_signs (firm, source, item, subject, event, at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (firm, source, item) DO NOTHING
                """,
                [
                    .text(sign.firm.rawValue), .text(sign.source.rawValue), .text(sign.item), .text(sign.subject),
                    .text(event.id.description), .integer(event.observed.microseconds),
                ])
            // No rule looks further back.
            let oldest = event.observed.advanced(bySeconds: -Double(NeedSigns.longest) * 86_400)
            try transaction.execute(
                "DELETE FROM alliance_firms_signs WHERE firm = ? AND source = ? AND subject = ? AND at < ?",
                [
                    .text(sign.firm.rawValue), .text(sign.source.rawValue), .text(sign.subject),
                    .integer(oldest.microseconds),
                ])
        }
    }

    /// Whether a firm consents to a source now.
    static func holds(_ source: NeedSigns.Source, of firm: FirmID, in reader: any Reader) throws -> Bool {
        try reader.first(
            "SELECT 1 AS there FROM alliance_firms_consents WHERE firm = ? AND source = ?",
            [.text(firm.rawValue), .text(source.rawValue)]) != nil
    }

    /// What a firm consents to, and since when, for the firm itself.
    static func given(
        by firm: FirmID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [NeedSigns.Source: Timestamp] {
        let own = tenant.condition(column: "scope")
        var given: [NeedSigns.Source: Timestamp] = [:]
        for row in try reader.query(
            "SELECT source, since FROM alliance_firms_consents WHERE firm = ? AND \(own.sql)",
            [.text(firm.rawValue)] + own.arguments)
        {
            guard let source = NeedSigns.Source(rawValue: try row.text("source")) else { continue }
            given[source] = Timestamp(microseconds: try row.integer("since"))
        }
        return given
    }

    /// How often one subject was seen since a moment, and the newest of that, oldest first.
    static func signs(
        _ source: NeedSigns.Source, of firm: FirmID, subject: String, since: Timestamp, newest: Int,
        in reader: any Reader
    ) throws -> (total: Int64, newest: [(id: String, at: Timestamp)]) {
        let which = "FROM alliance_firms_signs WHERE firm = ? AND source = ? AND subject = ? AND at >= ?"
        let arguments: [SQLValue] = [
            .text(firm.rawValue), .text(source.rawValue), .text(subject), .integer(since.microseconds),
        ]
        let total = try reader.first("SELECT COUNT(*) AS total \(which)", arguments)?.integer("total") ?? 0
        let rows = try reader.query(
            "SELECT event, at \(which) ORDER BY at DESC, event DESC LIMIT ?", arguments + [.integer(Int64(newest))])
        return (
            total,
            try rows.reversed().map { (try $0.text("event"), Timestamp(microseconds: try $0.integer("at"))) }
        )
    }
}

/// An event that may show a need: whose, out of which source, about what.
struct NeedSign: Sendable {
    let firm: FirmID
    let source: NeedSigns.Source
    /// The machine or place; for actions the firm as a whole.
    let subject: String
    /// The alarm or the action: one that is told of again is the same sign.
    let item: String

    /// Reads it from an event of another room; nil where it is no sign: another's, a replay, the house's own trouble.
    init?(_ event: Event) {
        guard case .firm(let firm) = event.scope else { return nil }
        if let alarm = AlarmRaised(event) {
            guard alarm.origin == "live" else { return nil }
            (source, subject, item) = (.alarms, alarm.thing.rawValue, alarm.alarm)
        } else if let action = ActionEscalated(event) {
            (source, subject, item) = (.actions, "", action.action)
        } else {
            return nil
        }
        self.firm = firm
    }
}
