extension LineProtocol {
    /// Reads a field's value up to the comma, the space or the line's end behind it.
    /// - Returns: the value, or nil where it can be no reading and was rejected by the field's name.
    mutating func value(for field: String) throws(Rejection) -> Double? {
        let start = at
        if at < bytes.count, bytes[at] == Sign.quote {
            try closeQuote(field)
            return skipped(field, .text, start..<at)
        }
        while at < bytes.count, !isEnd(bytes[at]) { at += 1 }
        let range = start..<at
        if let last = range.last, bytes[last] == 105 || bytes[last] == 117 {
            return try whole(range.dropLast(), field, isSigned: bytes[last] == 105)
        }
        switch DecimalNumber.read(bytes, range) {
        case .number(let value): return value
        case .tooLarge: return skipped(field, .range, range)
        case .notFinite: return skipped(field, .notFinite, range)
        case .none:
            if let truth = truth(range) { return truth }
            throw rejection(field, .number, range)
        }
    }

    private mutating func skipped(_ field: String, _ rule: Rejection.Rule, _ range: Range<Int>) -> Double? {
        parsed.reject(rejection(field, rule, range))
        return nil
    }

    /// A whole number of 64 bits, `12i` or `12u`. Beyond 2⁵³ the nearest double stands for it.
    private mutating func whole(_ digits: Range<Int>, _ field: String, isSigned: Bool) throws(Rejection) -> Double? {
        let isNegative = digits.first.map { bytes[$0] == Sign.minus } ?? false
        guard isSigned || !isNegative else { throw rejection(field, .number, digits) }
        let largest: UInt64 = isSigned ? 1 << 63 - (isNegative ? 0 : 1) : .max
        let magnitude = digits.dropFirst(isNegative ? 1 : 0)
        guard !magnitude.isEmpty else { throw rejection(field, .number, digits) }
        var value: UInt64 = 0
        for index in magnitude {
            guard bytes[index] >= 48, bytes[index] <= 57 else { throw rejection(field, .number, digits) }
            let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeStill) = tens.addingReportingOverflow(UInt64(bytes[index] - 48))
            guard !isTooLarge, !isTooLargeStill, sum <= largest else { return skipped(field, .range, digits) }
            value = sum
        }
        return isNegative ? -Double(value) : Double(value)
    }

    private func truth(_ range: Range<Int>) -> Double? {
        guard range.count <= 5 else { return nil }
        switch String(decoding: bytes[range], as: UTF8.self) {
        case "t", "T", "true", "True", "TRUE": return 1
        case "f", "F", "false", "False", "FALSE": return 0
        default: return nil
        }
    }

    /// Moves behind the quotation mark that ends a text. The text may hold line breaks, but what follows it must be
    /// the end of a field: otherwise the mark is missing, and the one found belongs to another line.
    private mutating func closeQuote(_ field: String) throws(Rejection) {
        let start = at
        at += 1
        while at < bytes.count, bytes[at] != Sign.quote, at - start <= Self.longestLine {
            if bytes[at] == Sign.newline { line += 1 }
            at += bytes[at] == Sign.backslash && at + 1 < bytes.count && bytes[at + 1] != Sign.newline ? 2 : 1
        }
        let isClosed = at < bytes.count && bytes[at] == Sign.quote
        at = min(at + 1, bytes.count)
        guard isClosed, at == bytes.count || isEnd(bytes[at]) else {
            throw rejection(field, .syntax, start..<at)
        }
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == Sign.comma || byte == Sign.space || byte == Sign.newline || byte == Sign.carriageReturn
    }
}
