/// What a `postgres://` location says, with our own `schema` parameter taken out.
struct PostgreSQLSettings: Sendable {
    /// The URL as libpq takes it.
    let connectionText: String
    /// The schema all tables live in, where one is named.
    let schema: String?
    let password: String?

    init(_ url: String) throws {
        var base = url
        var query: [Substring] = []
        if let mark = url.firstIndex(of: "?") {
            base = String(url[..<mark])
            query = url[url.index(after: mark)...].split(separator: "&")
        }
        let schema = query.first { $0.hasPrefix("schema=") }.map { String($0.dropFirst("schema=".count)) }
        if let schema {
            let allowed = schema.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
            guard allowed, !schema.isEmpty, schema.utf8.count <= 60 else {
                throw StoreError(.location, "schema may hold a–z, 0–9 and _ only")
            }
        }
        self.schema = schema
        var options = query.filter { !$0.hasPrefix("schema=") }
        if !options.contains(where: { $0.hasPrefix("connect_timeout=") }) { options.append("connect_timeout=5") }
        connectionText = base + "?" + options.joined(separator: "&")
        // user:password@host — the password must not reach a log through libpq's words.
        // Before the last @ of the authority, after its first colon; without an @ there is none.
        let rest = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
        let authority = rest.prefix { $0 != "/" }
        let account = authority.lastIndex(of: "@").map { authority[..<$0] } ?? ""
        password = account.firstIndex(of: ":").map { String(account[account.index(after: $0)...]) }
    }

    /// A reason without the password.
    func redacted(_ reason: String) -> String {
        guard let password, !password.isEmpty else { return reason }
        return reason.replacing(password, with: "…")
    }
}

/// `?` placeholders become `$1`, `$2`, … outside quotes.
enum PostgreSQLPlaceholders {
    static func numbered(_ sql: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(sql.utf8.count + 16)
        var count = 0
        var quote: UInt8?
        for byte in sql.utf8 {
            if let open = quote {
                if byte == open { quote = nil }
                out.append(byte)
            } else if byte == 39 || byte == 34 {
                quote = byte
                out.append(byte)
            } else if byte == 63 {
                count += 1
                out.append(36)
                out.append(contentsOf: String(count).utf8)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Rows in COPY's text format.
enum PostgreSQLCopy {
    static func append(_ row: [SQLValue], to buffer: inout [UInt8]) {
        for (index, value) in row.enumerated() {
            if index > 0 { buffer.append(9) }
            switch value {
            case .null: buffer.append(contentsOf: "\\N".utf8)
            case .integer(let number): buffer.append(contentsOf: String(number).utf8)
            case .real(let number): buffer.append(contentsOf: "\(number)".utf8)
            case .text(let text):
                for byte in text.utf8 {
                    switch byte {
                    case 9: buffer.append(contentsOf: "\\t".utf8)
                    case 10: buffer.append(contentsOf: "\\n".utf8)
                    case 13: buffer.append(contentsOf: "\\r".utf8)
                    case 92: buffer.append(contentsOf: "\\\\".utf8)
                    // PostgreSQL keeps no zero byte in text, and COPY would refuse the whole batch for one.
                    case 0: break
                    default: buffer.append(byte)
                    }
                }
            case .blob(let bytes):
                let hex = Array("0123456789abcdef".utf8)
                buffer.append(contentsOf: "\\\\x".utf8)
                for byte in bytes {
                    buffer.append(hex[Int(byte >> 4)])
                    buffer.append(hex[Int(byte & 15)])
                }
            }
        }
        buffer.append(10)
    }
}
