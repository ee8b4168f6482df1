import District
import Record
import Store

/// One assessment of a firm.
struct MaturityAssessment: Sendable, Hashable {
    let id: String
    let firm: FirmID
    let scope: Scope
    /// SHA-256 of the items that it answers.
    let edition: String
    let started: Timestamp
    let submitted: Timestamp?
    /// Who handed it in, as events name authors.
    let submittedBy: String?
    /// When another person of the firm confirmed it.
    let confirmed: Timestamp?
    /// Whether the zone may see it by name.
    let isNamed: Bool
    let overall: Int?, overallVerified: Int?
}

/// A dimension of an assessment that was handed in, as it came to be.
struct MaturityLine: Sendable, Hashable {
    let dimension: String
    let level: Int?, verified: Int?
    let items: Int, known: Int, verifiedItems: Int
}

/// The assessments, their answers, and what they came to.
enum MaturityTable {
    static let migration = Migration(
        "alliance.maturity.001",
        [
            """
            CREATE TABLE alliance_maturity_assessments (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, edition TEXT NOT NULL,
                started BIGINT NOT NULL, submitted BIGINT, submitted_by TEXT, confirmed BIGINT, is_named BIGINT NOT NULL,
                overall BIGINT, overall_verified BIGINT)
            """,
            "CREATE INDEX alliance_maturity_assessments_scope ON alliance_maturity_assessments (scope, started)",
            "CREATE INDEX alliance_maturity_assessments_firm ON alliance_maturity_assessments (firm, submitted)",
            """
            CREATE TABLE alliance_maturity_answers (
                assessment TEXT NOT NULL, item TEXT NOT NULL, scope TEXT NOT NULL, is_answered BIGINT NOT NULL,
                declared BIGINT, verified BIGINT, evidence TEXT, PRIMARY KEY (assessment, item))
            """,
            """
            CREATE TABLE alliance_maturity_lines (
                assessment TEXT NOT NULL, dimension TEXT NOT NULL, place BIGINT NOT NULL, scope TEXT NOT NULL,
                level BIGINT, verified BIGINT, items BIGINT NOT NULL, known BIGINT NOT NULL,
                verified_items BIGINT NOT NULL, PRIMARY KEY (assessment, dimension))
            """,
        ])

    static let projection = Projection(
        tables: ["alliance_maturity_assessments", "alliance_maturity_answers", "alliance_maturity_lines"],
        types: MaturityEvents.all
    ) { event, payload, transaction in
        guard case .firm(let firm) = event.scope else { return }
        let (id, scope) = (String(event.stream.dropFirst("maturity/".count)), event.scope.text)
        let at = SQLValue.integer(event.observed.microseconds)
        func set(_ columns: String, _ values: [SQLValue]) throws {
            try transaction.execute(
                "UPDATE alliance_maturity_assessments SET \(columns) WHERE id = ?", values + [.text(id)])
        }
        func answer(_ item: String, _ column: String, _ value: SQLValue, isAnswer: Bool) throws {
            try transaction.execute(
                """
                INSERT INTO alliance_maturity_answers (assessment, item, scope, is_answered, \(column))
                VALUES (?, ?, ?, ?, ?) ON CONFLICT (assessment, item) DO UPDATE SET \(column) = excluded.\(column)
                \(isAnswer ? ", is_answered = 1" : "")
                """, [.text(id), .text(item), .text(scope), .integer(isAnswer ? 1 : 0), value])
        }
        switch event.type {
        case MaturityEvents.started:
            try transaction.execute(
                """
                INSERT INTO alliance_maturity_assessments (id, firm, scope, edition, started, is_named)
                VALUES (?, ?, ?, ?, ?, 0)
                """, [.text(id), .text(firm.rawValue), .text(scope), .text(payload["edition"]?.text ?? ""), at])
        case MaturityEvents.answered:
            for entry in payload["answers"]?.elements ?? [] {
                try answer(
                    entry["item"]?.text ?? "", "declared", number(entry["level"]), isAnswer: true)
            }
        case MaturityEvents.attached:
            try answer(
                payload["item"]?.text ?? "", "evidence", .text(payload["file"]?.text ?? ""), isAnswer: false)
        case MaturityEvents.submitted:
            try set(
                "submitted = ?, submitted_by = ?, is_named = ?, overall = ?",
                [
                    at, .text(payload["by"]?.text ?? event.author.text),
                    .integer(payload["named"]?.bool == true ? 1 : 0),
                    number(payload["overall"]),
                ])
            try keep(payload, id, scope, in: transaction)
        case MaturityEvents.confirmed: try set("confirmed = ?", [at])
        case MaturityEvents.named: try set("is_named = ?", [.integer(payload["named"]?.bool == true ? 1 : 0)])
        default:
            try answer(payload["item"]?.text ?? "", "verified", number(payload["found"]), isAnswer: false)
            try set("overall_verified = ?", [number(payload["overall_verified"])])
            try keep(payload, id, scope, in: transaction)
        }
    }

    private static func number(_ json: JSON?) -> SQLValue { json?.integer.map { .integer($0) } ?? .null }

    private static func keep(_ payload: [String: JSON], _ id: String, _ scope: String, in transaction: any Writer)
        throws
    {
        try transaction.execute("DELETE FROM alliance_maturity_lines WHERE assessment = ?", [.text(id)])
        for (place, line) in (payload["lines"]?.elements ?? []).enumerated() {
            try transaction.execute(
                """
                INSERT INTO alliance_maturity_lines
                    (assessment, dimension, place, scope, level, verified, items, known, verified_items)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(id), .text(line["dimension"]?.text ?? ""), .integer(Int64(place)), .text(scope),
                    number(line["level"]), number(line["verified"]), .integer(line["items"]?.integer ?? 0),
                    .integer(line["known"]?.integer ?? 0), .integer(line["verified_items"]?.integer ?? 0),
                ])
        }
    }
}
