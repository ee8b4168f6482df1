import CPostgreSQL

/// An answer of the server, read out and freed.
struct PostgreSQLResult {
    let rows: [Row]
    let changed: Int

    init(_ result: OpaquePointer?, connection: OpaquePointer, sql: String) throws {
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK:
            let width = PQnfields(result)
            var columns: [String: Int] = [:]
            for column in 0..<width {
                let name = String(cString: PQfname(result, column))
                if columns[name] == nil { columns[name] = Int(column) }
            }
            rows = (0..<PQntuples(result)).map { row in
                Row(columns: columns, values: (0..<width).map { Self.value(result, row, $0) })
            }
            changed = Int(String(cString: PQcmdTuples(result))) ?? 0
        case PGRES_COMMAND_OK:
            rows = []
            changed = Int(String(cString: PQcmdTuples(result))) ?? 0
        default:
            throw StoreError.postgresql(result, connection, sql: sql)
        }
    }

    /// A field in text format, by the OID of its type (`pg_type.dat`: 16 bool, 17 bytea, 20/21/23 integers, 700/701
    /// floats, 1700 numeric).
    private static func value(_ result: OpaquePointer?, _ row: Int32, _ column: Int32) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let field = PQgetvalue(result, row, column) else { return .null }
        let type = PQftype(result, column)
        if type == 17 {
            return .blob(bytes(field, Int(PQgetlength(result, row, column))))
        }
        let text = String(cString: field)
        switch type {
        case 16: return .integer(text == "t" ? 1 : 0)
        case 20, 21, 23, 26: return Int64(text).map { .integer($0) } ?? .text(text)
        case 700, 701: return Double(text).map { .real($0) } ?? .text(text)
        case 1700:
            if let whole = Int64(text) { return .integer(whole) }
            return Double(text).map { .real($0) } ?? .text(text)
        default: return .text(text)
        }
    }

    /// `\x` followed by hexadecimal digits.
    private static func bytes(_ field: UnsafeMutablePointer<CChar>, _ length: Int) -> [UInt8] {
        func nibble(_ at: Int) -> UInt8 {
            let byte = UInt8(bitPattern: field[at])
            return byte <= 57 ? byte - 48 : (byte | 32) - 87
        }
        return [UInt8](unsafeUninitializedCapacity: (length - 2) / 2) { out, count in
            count = (length - 2) / 2
            for index in 0..<count { out[index] = nibble(2 + 2 * index) << 4 | nibble(3 + 2 * index) }
        }
    }
}

/// Arguments in the shape libpq takes: blobs in binary, the rest as text.
struct PostgreSQLParameters {
    private var storage: [[UInt8]?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ arguments: [SQLValue]) {
        for argument in arguments {
            switch argument {
            case .null: append(nil, binary: false)
            case .integer(let value): append(Array(String(value).utf8) + [0], binary: false)
            case .real(let value): append(Array("\(value)".utf8) + [0], binary: false)
            // PostgreSQL keeps no zero byte in text; C strings end there as well.
            case .text(let value): append(Array(value.utf8.filter { $0 != 0 }) + [0], binary: false)
            case .blob(let value): append(value.isEmpty ? [0] : value, binary: true, length: value.count)
            }
        }
    }

    private mutating func append(_ bytes: [UInt8]?, binary: Bool, length: Int = 0) {
        storage.append(bytes)
        lengths.append(Int32(length))
        formats.append(binary ? 1 : 0)
    }

    func withPointers<T>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        // One buffer for all values: pointers into it stay valid for the length of the call.
        let total = storage.reduce(0) { $0 + ($1?.count ?? 0) }
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, total))
        defer { buffer.deallocate() }
        var pointers: [UnsafePointer<CChar>?] = []
        var at = 0
        for bytes in storage {
            guard let bytes else {
                pointers.append(nil)
                continue
            }
            for (index, byte) in bytes.enumerated() { buffer[at + index] = byte }
            pointers.append(UnsafeRawPointer(buffer + at).assumingMemoryBound(to: CChar.self))
            at += bytes.count
        }
        return pointers.withUnsafeBufferPointer { values in
            lengths.withUnsafeBufferPointer { lengths in
                formats.withUnsafeBufferPointer { formats in
                    body(values.baseAddress, lengths.baseAddress, formats.baseAddress)
                }
            }
        }
    }
}

extension StoreError {
    /// An error of the server by its SQLSTATE (PostgreSQL manual, appendix A).
    static func postgresql(_ result: OpaquePointer?, _ connection: OpaquePointer, sql: String) -> StoreError {
        let field = result.flatMap { PQresultErrorField($0, 67) }  // PG_DIAG_SQLSTATE is 'C'
        let state = field.map { String(cString: $0) } ?? ""
        let message = String(cString: result.flatMap { PQresultErrorMessage($0) } ?? PQerrorMessage(connection))
        let rule = result.flatMap { PQresultErrorField($0, 110) }  // PG_DIAG_CONSTRAINT_NAME is 'n'
        let code: Code =
            switch state {
            case "40001", "40P01": .conflict
            // Two nodes that create the same table or schema at once collide in the server's own catalogue.
            case "23505" where rule.map { String(cString: $0).hasPrefix("pg_") } == true: .conflict
            case "53100", "53200": .full
            case _ where state.hasPrefix("23"): .constraint
            case _ where state.hasPrefix("08") || state.hasPrefix("57P"): .unavailable
            case _ where PQstatus(connection) != CONNECTION_OK: .unavailable
            default: .statement
            }
        return StoreError(code, "\(state) \(message.split(separator: "\n").first ?? "") in \(sql)")
    }
}
