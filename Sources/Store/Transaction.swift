/// A consistent view of the database. Valid only within the closure that was handed it.
public protocol Reader: AnyObject {
    /// Which database answers, for the few places where the two differ.
    var dialect: Dialect { get }

    /// Runs a query; placeholders are `?`, filled in order.
    /// - Returns: all rows; bound what you ask for.
    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row]
}

/// A transaction that may change the database. Everything done in it is durable together, or not at all.
public protocol Writer: Reader {
    /// Runs a statement; placeholders are `?`, filled in order.
    /// - Returns: how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs a part whose failure undoes that part only; the error is passed on.
    func savepoint<T>(_ body: () throws -> T) throws -> T

    /// Inserts many rows (COPY where the database has it).
    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws
}

extension Reader {
    /// Runs a query without arguments.
    public func query(_ sql: String) throws -> [Row] { try query(sql, []) }

    /// The first row of a query, if it has any.
    public func first(_ sql: String, _ arguments: [SQLValue] = []) throws -> Row? {
        try query(sql, arguments).first
    }
}

extension Writer {
    /// Runs a statement without arguments.
    @discardableResult
    public func execute(_ sql: String) throws -> Int { try execute(sql, []) }
}

/// The two databases Slipway runs on.
public enum Dialect: String, Sendable {
    case sqlite, postgresql
}
