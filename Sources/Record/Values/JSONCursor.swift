/// Walks over the bytes of a JSON text once, from left to right.
struct JSONCursor {
    private let bytes: [UInt8]
    private var at = 0
    /// How many more arrays and objects may open.
    private var depth: Int

    init(bytes: [UInt8], depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    /// The one value of the text.
    mutating func document() throws(JSONError) -> JSON {
        let value = try value()
        skipSpace()
        guard at == bytes.count else { throw JSONError(.trailingText, at: at) }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
        default: throw JSONError(.unexpectedByte, at: at)
        }
    }

    private mutating func object() throws(JSONError) -> JSON {
        try open()
        var members: [String: JSON] = [:]
        if try closes(with: UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            let start = at
            guard try peek() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: at) }
            let key = try string()
            skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte, at: at) }
            at += 1
            guard members.updateValue(try value(), forKey: key) == nil else {
                throw JSONError(.duplicateKey, at: start)
            }
            if try closes(with: UInt8(ascii: "}")) { return .object(members) }
            try comma()
        }
    }

    private mutating func array() throws(JSONError) -> JSON {
        try open()
        var elements: [JSON] = []
        if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value())
            if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
            try comma()
        }
    }

    private mutating func open() throws(JSONError) {
        guard depth > 0 else { throw JSONError(.tooDeep, at: at) }
        depth -= 1
        at += 1
    }

    /// Steps over the closing bracket, if it stands here.
    private mutating func closes(with bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard try peek() == bracket else { return false }
        depth += 1
        at += 1
        return true
    }

    private mutating func comma() throws(JSONError) {
        guard try peek() == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: at) }
        at += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for offset in 0..<word.utf8CodeUnitCount {
            guard try peek() == word.utf8Start[offset] else { throw JSONError(.unexpectedByte, at: at) }
            at += 1
        }
        return value
    }

    // MARK: Strings

    private mutating func string() throws(JSONError) -> String {
        at += 1
        let start = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                let text = try text(bytes[start..<at])
                at += 1
                return text
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw JSONError(.controlCharacter, at: at)
            default: at += 1
            }
        }
        throw JSONError(.endsEarly, at: at)
    }

    /// The rest of a string in which an escape was met; what stands before it is taken as it is.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = try text(bytes[start..<at])
        var plain = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                text += try self.text(bytes[plain..<at])
                at += 1
                return text
            case UInt8(ascii: "\\"):
                text += try self.text(bytes[plain..<at])
                text.unicodeScalars.append(try escape())
                plain = at
            case 0..<0x20: throw JSONError(.controlCharacter, at: at)
            default: at += 1
            }
        }
        throw JSONError(.endsEarly, at: at)
    }

    private func text(_ part: ArraySlice<UInt8>) throws(JSONError) -> String {
        guard let text = String(validating: part, as: UTF8.self) else {
            throw JSONError(.malformedUTF8, at: part.startIndex)
        }
        return text
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = at
        at += 1
        let letter = try peek()
        at += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "u"): break
        default: throw JSONError(.malformedEscape, at: start)
        }
        var code = try fourHex(of: start)
        if code >> 10 == 0x36 {  // a high surrogate: its low half must follow at once
            guard try peek() == UInt8(ascii: "\\") else { throw JSONError(.malformedEscape, at: start) }
            at += 1
            guard try peek() == UInt8(ascii: "u") else { throw JSONError(.malformedEscape, at: start) }
            at += 1
            let low = try fourHex(of: start)
            guard low >> 10 == 0x37 else { throw JSONError(.malformedEscape, at: start) }
            code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
        }
        guard let scalar = Unicode.Scalar(code) else { throw JSONError(.malformedEscape, at: start) }
        return scalar
    }

    private mutating func fourHex(of start: Int) throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Hex.value(of: try peek()) else { throw JSONError(.malformedEscape, at: start) }
            code = code << 4 | UInt32(digit)
            at += 1
        }
        return code
    }

    // MARK: Numbers

    private mutating func number() throws(JSONError) -> Double {
        let start = at
        let negative = bytes[at] == UInt8(ascii: "-")
        if negative { at += 1 }
        let first = at
        try digits(of: start)
        if bytes[first] == UInt8(ascii: "0"), at > first + 1 { throw JSONError(.malformedNumber, at: start) }
        var whole = true
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            whole = false
            at += 1
            try digits(of: start)
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            whole = false
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            try digits(of: start)
        }
        if whole, at - first <= 15 {  // below 2^53: exact without further thought
            let magnitude = bytes[first..<at].reduce(0) { $0 * 10 + Int64($1 & 15) }
            return negative ? -Double(magnitude) : Double(magnitude)
        }
        guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)), value.isFinite else {
            throw JSONError(.numberOutOfRange, at: start)
        }
        return value
    }

    /// Steps over one digit or more.
    private mutating func digits(of start: Int) throws(JSONError) {
        let first = at
        while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 { at += 1 }
        guard at > first else { throw JSONError(.malformedNumber, at: start) }
    }

    // MARK: Bytes

    private func peek() throws(JSONError) -> UInt8 {
        guard at < bytes.count else { throw JSONError(.endsEarly, at: at) }
        return bytes[at]
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }
}
