import District
import Record
import Store

/// What firms look for. What is only proposed is shown to its own firm alone, whoever else asks.
enum NeedTable {
    static let raised = "alliance.need.raised"
    static let proposed = "alliance.need.proposed"
    static let accepted = "alliance.need.accepted"
    static let declined = "alliance.need.declined"
    static let closed = "alliance.need.closed"
    static let withdrawn = "alliance.need.withdrawn"

    /// Under whose key what is not yet taken up of a need is kept in the vault.
    static func vault(of id: String) -> PersonID { PersonID("alliance-need-\(id)") }

    static let migration = Migration(
        "alliance.firms.needs.001",
        [
            """
            CREATE TABLE alliance_firms_needs (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, title TEXT NOT NULL, about TEXT NOT NULL,
                musts TEXT NOT NULL, kinds TEXT NOT NULL, budget_low BIGINT, budget_high BIGINT, deadline BIGINT,
                meetings BIGINT NOT NULL, avoided TEXT NOT NULL, state TEXT NOT NULL, source TEXT, subject TEXT,
                evidence TEXT, opened BIGINT NOT NULL, event TEXT NOT NULL)
            """,
            "CREATE INDEX alliance_firms_needs_scope ON alliance_firms_needs (scope, state)",
            "CREATE INDEX alliance_firms_needs_subject ON alliance_firms_needs (firm, source, subject)",
        ])

    static let projection = Projection(
        tables: ["alliance_firms_needs"], types: [raised, proposed, accepted, declined, closed, withdrawn]
    ) { event, payload, transaction in
        let id = String(event.stream.dropFirst("need/".count))
        switch event.type {
        case declined, closed, withdrawn:
            let state = event.type.split(separator: ".").last.map(String.init) ?? "closed"
            try transaction.execute(
                "UPDATE alliance_firms_needs SET state = ? WHERE id = ?", [.text(state), .text(id)])
        default: try write(id, event, payload, transaction)
        }
    }

    private static func write(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ transaction: any Writer
    ) throws {
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        func list(_ key: String) -> SQLValue { .text(Lists.text(payload[key])) }
        let deadline = payload["deadline"]?.text.flatMap { KoreanDay($0) }?.number
        try transaction.execute(
            """
            INSERT INTO alliance_firms_needs (id, firm, scope, title, about, musts, kinds, budget_low, budget_high,
                deadline, meetings, avoided, state, source, subject, evidence, opened, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, about = excluded.about, musts = excluded.musts,
                kinds = excluded.kinds, budget_low = excluded.budget_low, budget_high = excluded.budget_high,
                deadline = excluded.deadline, meetings = excluded.meetings, avoided = excluded.avoided,
                state = excluded.state
            """,
            [
                .text(id), text("firm"), .text(event.scope.text), text("title"), text("about"), text("musts"),
                list("kinds"), .optional(payload["budget_low"]?.integer), .optional(payload["budget_high"]?.integer),
                .optional(deadline), .integer(payload["meetings"]?.integer ?? 3), list("avoided"),
                .text(event.type == proposed ? "proposed" : "open"), .optional(payload["source"]?.text),
                .optional(payload["subject"]?.text), .optional(payload["evidence"].map { $0.canonicalText }),
                .integer(event.observed.microseconds), .text(event.id.description),
            ])
    }

    /// A tenant's, the newest first: a firm's own; for the zone's officers all that firms have said yes to.
    static func page(
        _ states: Set<FirmNeed.State>, limit: Int, offset: Int, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<FirmNeed> {
        let own = told(tenant)
        let listed = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try reader.listing(
            "*", from: "alliance_firms_needs WHERE state IN (\(listed)) AND \(own.sql)", own.arguments,
            order: "opened DESC, id", limit: limit, offset: offset, need)
    }

    /// One that whoever asks may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> FirmNeed? {
        let own = told(tenant)
        return try reader.first(
            "SELECT * FROM alliance_firms_needs WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(need)
    }

    /// Every open need, for the rules that match.
    static func open(in reader: any Reader) throws -> [FirmNeed] {
        try reader.query("SELECT * FROM alliance_firms_needs WHERE state = 'open' ORDER BY id", []).map(need)
    }

    /// What is proposed to a firm out of one source, for the rule that withdraws it.
    static func proposals(
        of firm: FirmID, from source: NeedSigns.Source, in reader: any Reader
    ) throws -> [(id: String, scope: Scope)] {
        try reader.query(
            "SELECT id, scope FROM alliance_firms_needs WHERE firm = ? AND source = ? AND state = 'proposed' ORDER BY id",
            [.text(firm.rawValue), .text(source.rawValue)]
        ).map { (try $0.text("id"), Scope(try $0.text("scope")) ?? .firm(firm)) }
    }

    /// When a need of a firm was last proposed out of the same sign.
    static func lastProposed(
        of firm: FirmID, from source: NeedSigns.Source, subject: String, in reader: any Reader
    ) throws -> Timestamp? {
        try reader.first(
            """
            SELECT MAX(opened) AS last FROM alliance_firms_needs
            WHERE firm = ? AND source = ? AND subject = ? AND state <> 'withdrawn'
            """, [.text(firm.rawValue), .text(source.rawValue), .text(subject)]
        )?.optionalInteger("last").map { Timestamp(microseconds: $0) }
    }

    /// A firm sees its own; the zone sees none that is only proposed, was declined or withdrawn.
    private static func told(_ tenant: some Tenancy) -> (sql: String, arguments: [SQLValue]) {
        let own = tenant.condition(column: "scope")
        return tenant.firm == nil ? ("\(own.sql) AND state IN ('open', 'closed')", own.arguments) : own
    }

    private static func need(_ row: Row) throws -> FirmNeed {
        let low = try row.optionalInteger("budget_low")
        let high = try row.optionalInteger("budget_high")
        return FirmNeed(
            id: try row.text("id"), firm: FirmID(try row.text("firm")), title: try row.text("title"),
            about: try row.text("about"), musts: try row.text("musts"), kinds: Lists.parts(try row.text("kinds")),
            budget: high.map { (min(low ?? 0, $0))...$0 },
            deadline: try row.optionalInteger("deadline").map { KoreanDay(number: $0) },
            meetings: try row.integer("meetings"), excluded: Lists.parts(try row.text("avoided")),
            state: FirmNeed.State(rawValue: try row.text("state")) ?? .closed,
            source: try row.optionalText("source").flatMap { NeedSigns.Source(rawValue: $0) },
            evidence: NeedEvidence(try row.optionalText("evidence").flatMap { try? JSON(parsing: $0) }),
            event: try row.text("event"))
    }
}
