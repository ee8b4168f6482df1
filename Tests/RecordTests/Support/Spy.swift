import Store

/// Passes everything on and remembers the statements.
final class Spy: Writer {
    private let inner: any Writer
    private(set) var statements: [String: [SQLValue]] = [:]

    init(_ inner: any Writer) { self.inner = inner }

    var dialect: Dialect { inner.dialect }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        statements[sql] = arguments
        return try inner.query(sql, arguments)
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        statements[sql] = arguments
        return try inner.execute(sql, arguments)
    }

    func savepoint<T>(_ body: () throws -> T) throws -> T { try inner.savepoint(body) }

    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        try inner.insert(into: table, columns: columns, rows: rows)
    }
}
