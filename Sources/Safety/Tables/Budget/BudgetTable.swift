import District
import Record
import Store

/// The budget for prevention: what was planned, and what was spent with which receipt.
enum BudgetTable {
    static let migration = Migration(
        "safety.budget.001",
        [
            """
            CREATE TABLE safety_budget_items (
                id TEXT PRIMARY KEY, firm TEXT NOT NULL, scope TEXT NOT NULL, year BIGINT NOT NULL, name TEXT NOT NULL,
                purpose TEXT NOT NULL, planned BIGINT NOT NULL, spent BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_budget_items_firm ON safety_budget_items (firm, year)",
            """
            CREATE TABLE safety_budget_spendings (
                id TEXT PRIMARY KEY, item TEXT NOT NULL, firm TEXT NOT NULL, scope TEXT NOT NULL, year BIGINT NOT NULL,
                amount BIGINT NOT NULL, day BIGINT NOT NULL, file TEXT NOT NULL, note TEXT, at BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_budget_spendings_item ON safety_budget_spendings (item, day)",
        ])

    static let projection = Projection(
        tables: ["safety_budget_items", "safety_budget_spendings"],
        types: ["safety.budget.planned", "safety.budget.revised", "safety.budget.spent"]
    ) { event, payload, transaction in
        guard case .firm(let firm) = event.scope else { return }
        let (id, amount) = (String(event.stream.dropFirst("budget/".count)), payload["amount"]?.integer ?? 0)
        switch event.type {
        case "safety.budget.planned":
            try transaction.execute(
                """
                INSERT INTO safety_budget_items (id, firm, scope, year, name, purpose, planned, spent)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0)
                """,
                [
                    .text(id), .text(firm.rawValue), .text(event.scope.text),
                    .integer(payload["year"]?.integer ?? 0), .text(payload["name"]?.text ?? ""),
                    .text(payload["purpose"]?.text ?? ""), .integer(amount),
                ])
        case "safety.budget.revised":
            try transaction.execute(
                "UPDATE safety_budget_items SET planned = ? WHERE id = ?", [.integer(amount), .text(id)])
        default:
            let (day, note) = (payload["day"]?.text.flatMap { KoreanDay($0) }, payload["note"])
            try transaction.execute(
                """
                INSERT INTO safety_budget_spendings (id, item, firm, scope, year, amount, day, file, note, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(event.id.description), .text(id), .text(firm.rawValue), .text(event.scope.text),
                    .integer(payload["year"]?.integer ?? 0), .integer(amount),
                    .integer((day ?? KoreanDay(event.observed)).number), .text(payload["file"]?.text ?? ""),
                    .optional(note?["erased"]?.bool == true ? "(삭제됨 / erased)" : note?.text),
                    .integer(event.recorded.microseconds),
                ])
            try transaction.execute(
                "UPDATE safety_budget_items SET spent = spent + ? WHERE id = ?", [.integer(amount), .text(id)])
        }
    }

    /// A year's items of a firm that a tenant may see.
    static func lines(of firm: FirmID, in year: Int, for tenant: some Tenancy, _ reader: any Reader) throws
        -> [BudgetLine]
    {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_budget_items WHERE firm = ? AND year = ? AND \(own.sql) ORDER BY purpose, name, id",
            [.text(firm.rawValue), .integer(Int64(year))] + own.arguments
        ).map(line)
    }

    /// An item that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> BudgetLine? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_budget_items WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(line)
    }

    /// What was spent in a year, latest first.
    static func spendings(
        of firm: FirmID, in year: Int, limit: Int64 = 200, for tenant: some Tenancy, _ reader: any Reader
    ) throws -> [BudgetSpending] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_budget_spendings WHERE firm = ? AND year = ? AND \(own.sql)
            ORDER BY day DESC, at DESC, id LIMIT ?
            """, [.text(firm.rawValue), .integer(Int64(year))] + own.arguments + [.integer(limit)]
        ).map { row in
            BudgetSpending(
                id: try row.text("id"), item: try row.text("item"), amount: try row.integer("amount"),
                day: KoreanDay(number: try row.integer("day")), file: try row.text("file"),
                note: try row.optionalText("note"), at: Timestamp(microseconds: try row.integer("at")))
        }
    }

    private static func line(_ row: Row) throws -> BudgetLine {
        BudgetLine(
            id: try row.text("id"), firm: FirmID(try row.text("firm")), year: Int(try row.integer("year")),
            name: try row.text("name"), purpose: BudgetPurpose(rawValue: try row.text("purpose")) ?? .improvement,
            planned: try row.integer("planned"), spent: try row.integer("spent"))
    }
}
