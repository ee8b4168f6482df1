/// One row of an answer. Columns are asked for by name and by the type they must have.
public struct Row: Sendable {
    let columns: [String: Int]
    /// The values in the order of the query's columns.
    public let values: [SQLValue]

    init(columns: [String: Int], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The column's value as it came, null where the query has no such column.
    public subscript(_ name: String) -> SQLValue {
        guard let at = columns[name] else { return .null }
        return values[at]
    }

    /// The column's integer.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func integer(_ name: String) throws -> Int64 {
        guard let value = try optionalInteger(name) else { throw wrongType(name, "an integer") }
        return value
    }

    /// The column's number, integers included.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func real(_ name: String) throws -> Double {
        guard let value = try optionalReal(name) else { throw wrongType(name, "a number") }
        return value
    }

    /// The column's text.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func text(_ name: String) throws -> String {
        guard let value = try optionalText(name) else { throw wrongType(name, "text") }
        return value
    }

    /// The column's bytes.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func blob(_ name: String) throws -> [UInt8] {
        guard let value = try optionalBlob(name) else { throw wrongType(name, "bytes") }
        return value
    }

    /// The column's truth value, kept as 0 or 1.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func flag(_ name: String) throws -> Bool { try integer(name) != 0 }

    /// The column's integer, nil where null.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func optionalInteger(_ name: String) throws -> Int64? {
        switch self[name] {
        case .null: return nil
        case .integer(let value): return value
        default: throw wrongType(name, "an integer")
        }
    }

    /// The column's number, nil where null.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func optionalReal(_ name: String) throws -> Double? {
        switch self[name] {
        case .null: return nil
        case .real(let value): return value
        case .integer(let value): return Double(value)
        default: throw wrongType(name, "a number")
        }
    }

    /// The column's text, nil where null.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func optionalText(_ name: String) throws -> String? {
        switch self[name] {
        case .null: return nil
        case .text(let value): return value
        default: throw wrongType(name, "text")
        }
    }

    /// The column's bytes, nil where null.
    /// - Throws: ``StoreError`` with code `column` where it holds something else.
    public func optionalBlob(_ name: String) throws -> [UInt8]? {
        switch self[name] {
        case .null: return nil
        case .blob(let value): return value
        default: throw wrongType(name, "bytes")
        }
    }

    private func wrongType(_ name: String, _ wanted: String) -> StoreError {
        StoreError(
            .column, columns[name] == nil ? "no column \(name) in the answer" : "column \(name) is not \(wanted)")
    }
}
