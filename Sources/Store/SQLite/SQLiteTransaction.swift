import Foundation
import GRDB

/// A transaction on SQLite, on the thread that GRDB gave it.
final class SQLiteTransaction: Writer {
    private let database: Database

    init(_ database: Database) { self.database = database }

    var dialect: Dialect { .sqlite }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try Self.translatingErrors {
            let statement = try database.cachedStatement(sql: sql)
            try statement.setArguments(Self.bound(arguments))
            let names = Dictionary(
                statement.columnNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            var rows: [Row] = []
            let cursor = try GRDB.Row.fetchCursor(statement)
            while let row = try cursor.next() {
                rows.append(Row(columns: names, values: row.databaseValues.map(Self.value)))
            }
            return rows
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try Self.translatingErrors {
            let statement = try database.cachedStatement(sql: sql)
            try statement.execute(arguments: Self.bound(arguments))
            return database.changesCount
        }
    }

    func savepoint<T>(_ body: () throws -> T) throws -> T {
        try Self.translatingErrors {
            try database.execute(sql: "SAVEPOINT part")
            do {
                let result = try body()
                try database.execute(sql: "RELEASE part")
                return result
            } catch {
                // A full disk makes SQLite undo the whole transaction by itself: then there is no savepoint left.
                if database.isInsideTransaction {
                    try database.execute(sql: "ROLLBACK TO part")
                    try database.execute(sql: "RELEASE part")
                }
                throw error
            }
        }
    }

    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        for row in rows { _ = try execute(sql, row) }
    }

    private static func bound(_ arguments: [SQLValue]) -> StatementArguments {
        StatementArguments(
            arguments.map { argument -> (any DatabaseValueConvertible)? in
                switch argument {
                case .null: nil
                case .integer(let value): value
                case .real(let value): value
                case .text(let value): value
                case .blob(let value): DataBytes(bytes: value)
                }
            })
    }

    private static func value(_ stored: DatabaseValue) -> SQLValue {
        switch stored.storage {
        case .null: .null
        case .int64(let value): .integer(value)
        case .double(let value): .real(value)
        case .string(let value): .text(value)
        case .blob(let value): .blob([UInt8](value))
        }
    }

    /// Runs a body and turns GRDB's errors into ours.
    static func translatingErrors<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}

/// Bytes as a blob, without a copy through `Data` at each call site.
private struct DataBytes: DatabaseValueConvertible {
    let bytes: [UInt8]
    var databaseValue: DatabaseValue { Data(bytes).databaseValue }
    static func fromDatabaseValue(_ value: DatabaseValue) -> DataBytes? {
        Data.fromDatabaseValue(value).map { DataBytes(bytes: [UInt8]($0)) }
    }
}

extension StoreError {
    init(_ error: DatabaseError) {
        let code: Code =
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_IOERR: .full
            case .SQLITE_CONSTRAINT: .constraint
            case .SQLITE_BUSY, .SQLITE_LOCKED: .conflict
            case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_READONLY: .unavailable
            default: .statement
            }
        self.init(code, "\(error.resultCode) \(error.message ?? "") in \(error.sql ?? "–")")
    }
}
