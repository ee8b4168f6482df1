import Access
import District
import Record
import Store

/// The opportunities that the district took up, and the cases they rest on. They are public: the scope is kept all the
/// same, so that whoever looks sees no more than they may.
enum OpportunityTable {
    static let closed = "transition.opportunity.closed"

    static let migration = Migration(
        "transition.opportunities.001",
        [
            """
            CREATE TABLE transition_opportunities (
                id TEXT PRIMARY KEY, ko TEXT NOT NULL, en TEXT NOT NULL, economy TEXT NOT NULL, region TEXT NOT NULL,
                industry TEXT NOT NULL, basis TEXT NOT NULL, forecast_event TEXT, odds DOUBLE PRECISION, base BIGINT,
                target BIGINT, why TEXT NOT NULL, event TEXT NOT NULL, author TEXT NOT NULL, scope TEXT NOT NULL,
                at BIGINT NOT NULL, closed_how TEXT, closed_why TEXT, closed_event TEXT, closed_author TEXT,
                closed_at BIGINT)
            """,
            "CREATE INDEX transition_opportunities_region ON transition_opportunities (economy, region)",
            """
            CREATE TABLE transition_opportunity_cases (
                opportunity TEXT NOT NULL, case_id TEXT NOT NULL, ko TEXT NOT NULL, en TEXT NOT NULL,
                level BIGINT NOT NULL, carries TEXT NOT NULL, event TEXT NOT NULL, author TEXT NOT NULL,
                at BIGINT NOT NULL, PRIMARY KEY (opportunity, case_id))
            """,
        ])

    static let projection = Projection(
        tables: ["transition_opportunities", "transition_opportunity_cases"],
        types: [OpportunityOpened.type, CaseLinked.type, closed]
    ) { event, payload, writer in
        func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
        let (id, author): (SQLValue, SQLValue) = (.text(event.id.description), .text(event.author.text))
        let at = SQLValue.integer(event.observed.microseconds)
        let (ko, en): (SQLValue, SQLValue) = (
            .text(payload["title"]?["ko"]?.text ?? ""), .text(payload["title"]?["en"]?.text ?? "")
        )
        switch event.type {
        case OpportunityOpened.type:
            try writer.execute(
                """
                INSERT INTO transition_opportunities
                    (id, ko, en, economy, region, industry, basis, forecast_event, odds, base, target, why, event, author,
                     scope, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text("opportunity"), ko, en, text("economy"), text("region"), text("industry"), text("basis"),
                    .optional(payload["forecast_event"]?.text), .optional(payload["odds"]?.double),
                    .optional(payload["base"]?.integer), .optional(payload["target"]?.integer), text("why"), id, author,
                    .text(event.scope.text), at,
                ])
        case CaseLinked.type:
            try writer.execute(
                """
                INSERT INTO transition_opportunity_cases (opportunity, case_id, ko, en, level, carries, event, author, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    text("opportunity"), text("case"), ko, en, .integer(payload["level"]?.integer ?? 1),
                    text("carries"), id, author, at,
                ])
        default:
            try writer.execute(
                """
                UPDATE transition_opportunities
                SET closed_how = ?, closed_why = ?, closed_event = ?, closed_author = ?, closed_at = ? WHERE id = ?
                """, [text("how"), text("reason"), id, author, at, text("opportunity")])
        }
    }

    /// The opportunities that someone may see, the newest first; of one region where it is named.
    static func list(
        of region: (economy: String, region: String)? = nil, for tenant: Tenant?, in reader: any Reader
    ) throws -> [Opportunity] {
        let scope = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM transition_opportunities
            WHERE \(scope.sql)\(region == nil ? "" : " AND economy = ? AND region = ?") ORDER BY at DESC, id DESC LIMIT 500
            """,
            scope.arguments + (region.map { [.text($0.economy), .text($0.region)] } ?? [])
        ).map(opportunity)
    }

    /// A page of them, of all regions.
    static func page(
        for tenant: Tenant?, limit: Int, offset: Int, in reader: any Reader
    ) throws -> Listing<Opportunity> {
        let scope = tenant.condition(column: "scope")
        return try reader.listing(
            "*", from: "transition_opportunities WHERE \(scope.sql)", scope.arguments, order: "at DESC, id DESC",
            limit: limit, offset: offset, opportunity)
    }

    /// One opportunity that someone may see.
    static func find(_ id: String, for tenant: Tenant?, in reader: any Reader) throws -> Opportunity? {
        let scope = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM transition_opportunities WHERE id = ? AND \(scope.sql)", [.text(id)] + scope.arguments
        ).map(opportunity)
    }

    /// The cases that an opportunity rests on, in the order in which they were linked.
    static func cases(of id: String, in reader: any Reader) throws -> [OpportunityChain.Linked] {
        try reader.query(
            "SELECT * FROM transition_opportunity_cases WHERE opportunity = ? ORDER BY at, case_id", [.text(id)]
        ).map { row in
            OpportunityChain.Linked(
                caseID: try row.text("case_id"), title: Words(try row.text("ko"), try row.text("en")),
                level: Int(try row.integer("level")), carries: try row.text("carries"), act: try act(row))
        }
    }

    /// Who did what a row says, when, and by which event.
    static func act(_ row: Row) throws -> Opportunity.Act {
        Opportunity.Act(
            author: Author(try row.text("author")) ?? .system("unknown"),
            at: Timestamp(microseconds: try row.integer("at")), event: try row.text("event"))
    }

    private static func opportunity(_ row: Row) throws -> Opportunity {
        var closed: (how: Opportunity.End, why: String, act: Opportunity.Act)?
        if let how = try row.optionalText("closed_how") {
            closed = (
                Opportunity.End(rawValue: how) ?? .dropped, try row.optionalText("closed_why") ?? "",
                Opportunity.Act(
                    author: Author(try row.optionalText("closed_author") ?? "") ?? .system("unknown"),
                    at: Timestamp(microseconds: try row.optionalInteger("closed_at") ?? 0),
                    event: try row.optionalText("closed_event") ?? "")
            )
        }
        var forecast: (event: String, odds: Double, base: Int, target: Int)?
        if let event = try row.optionalText("forecast_event"), let odds = try row.optionalReal("odds") {
            forecast = (
                event, odds, Int(try row.optionalInteger("base") ?? 0), Int(try row.optionalInteger("target") ?? 0)
            )
        }
        return Opportunity(
            id: try row.text("id"), title: Words(try row.text("ko"), try row.text("en")),
            economy: try row.text("economy"), region: try row.text("region"), industry: try row.text("industry"),
            basis: Opportunity.Basis(rawValue: try row.text("basis")) ?? .judgement, forecast: forecast,
            why: try row.text("why"), opened: try act(row), closed: closed)
    }
}
