import Store

/// Notes how SQLite finds the rows of every query that is asked through it.
final class Explaining: Reader {
    private let base: any Reader
    /// What was asked and how its rows were found.
    private(set) var plans: [(sql: String, steps: [String])] = []

    init(_ base: any Reader) { self.base = base }

    var dialect: Dialect { base.dialect }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        let steps = try base.query("EXPLAIN QUERY PLAN " + sql, arguments).map { try $0.text("detail") }
        plans.append((sql, steps))
        return try base.query(sql, arguments)
    }

    /// Steps of a kind: `SCAN` walks from end to end, `USE TEMP B-TREE` sorts; of lists without their counts where so asked.
    func steps(startingWith word: String, counts: Bool = true) -> [String] {
        plans.filter { counts || !$0.sql.hasPrefix("SELECT COUNT") }.flatMap(\.steps).filter { $0.hasPrefix(word) }
    }
}
