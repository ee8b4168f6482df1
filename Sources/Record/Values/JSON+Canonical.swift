extension JSON {
    /// The one byte string that RFC 8785 (JCS) gives this value.
    ///
    /// NaN and the infinities have no JSON text: they are written as null, and the Record refuses them
    /// (``JSON/isCanonicalizable``).
    public var canonical: [UInt8] {
        var writer = CanonicalWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The canonical text.
    public var canonicalText: String { String(decoding: canonical, as: UTF8.self) }

    /// Whether every number in it is finite, so that its canonical text says all it says.
    public var isCanonicalizable: Bool {
        switch self {
        case .null, .bool, .string: true
        case .number(let value): value.isFinite
        case .array(let elements): elements.allSatisfy(\.isCanonicalizable)
        case .object(let members): members.values.allSatisfy(\.isCanonicalizable)
        }
    }
}

/// Writes canonical JSON.
private struct CanonicalWriter {
    var bytes: [UInt8] = []

    mutating func write(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let value): append(value.isFinite ? value.ecmaScriptText : "null")
        case .string(let text): write(text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (offset, element) in elements.enumerated() {
                if offset > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (offset, member) in sorted.enumerated() {
                if offset > 0 { bytes.append(UInt8(ascii: ",")) }
                write(member.key)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// A string with the escapes of RFC 8785 §3.2.2.2: short ones where JSON has them, `\u00xx` for the other control
    /// characters, everything else as it is.
    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case 0..<0x20:
                append("\\u00")
                bytes.append(Hex.digits[Int(byte >> 4)])
                bytes.append(Hex.digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension Double {
    /// The number as ECMAScript writes it (ECMA-262 §6.1.6.1.20, Number::toString), for finite values.
    var ecmaScriptText: String {
        if let whole = Int64(exactly: self), abs(whole) < 1 << 53 { return String(whole) }
        // Swift's own description has the same shortest digits that read back as this value; only its layout differs.
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        let text = Array(magnitude.description.utf8)
        for (offset, byte) in text.enumerated() {
            if byte == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(offset + 1)...], as: UTF8.self)) ?? 0
                break
            } else if byte == UInt8(ascii: ".") {
                point = digits.count
            } else {
                digits.append(byte)
            }
        }
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        // The value is 0.d₁d₂…dₖ · 10ⁿ, k digits without zeros at either end.
        let n = (point ?? digits.count) - leading + exponent
        digits.removeFirst(leading)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (self < 0 ? "-" : "") + Self.laidOut(String(decoding: digits, as: UTF8.self), n)
    }

    private static func laidOut(_ digits: String, _ n: Int) -> String {
        let k = digits.utf8.count
        if k <= n, n <= 21 { return digits + String(repeating: "0", count: n - k) }
        if 0 < n, n <= 21 { return digits.prefix(n) + "." + digits.dropFirst(n) }
        if -6 < n, n <= 0 { return "0." + String(repeating: "0", count: -n) + digits }
        let exponent = n - 1 < 0 ? "e-\(1 - n)" : "e+\(n - 1)"
        return digits.prefix(1) + (k == 1 ? "" : "." + digits.dropFirst(1)) + exponent
    }
}
