/// A transaction on PostgreSQL, on its connection's queue.
final class PostgreSQLTransaction: Writer {
    private let connection: PostgreSQLConnection

    init(_ connection: PostgreSQLConnection) { self.connection = connection }

    var dialect: Dialect { .postgresql }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try connection.execute(sql, arguments).rows
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try connection.execute(sql, arguments).changed
    }

    func savepoint<T>(_ body: () throws -> T) throws -> T {
        _ = try connection.execute("SAVEPOINT part", [])
        do {
            let result = try body()
            _ = try connection.execute("RELEASE SAVEPOINT part", [])
            return result
        } catch {
            _ = try connection.execute("ROLLBACK TO SAVEPOINT part", [])
            _ = try connection.execute("RELEASE SAVEPOINT part", [])
            throw error
        }
    }

    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        guard !rows.isEmpty else { return }
        try connection.copy(into: table, columns: columns, rows: rows)
    }
}
