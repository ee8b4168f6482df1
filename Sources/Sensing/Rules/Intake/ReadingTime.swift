import Record

/// Moments as sources write them: RFC 3339, a date and a time of day as spreadsheets write them, or a count since 1970
/// whose size tells its unit.
enum ReadingTime {
    /// The moment a number counts: seconds up to 10¹¹, milliseconds up to 10¹⁴, microseconds up to 10¹⁷, else
    /// nanoseconds. (10¹¹ s is the year 5138, 10¹¹ ms was in 1973: sensible clocks fall on one side.)
    static func moment(counting number: Double) -> Timestamp? {
        // Beyond the year ±33,000 nothing was measured, and the span between two such moments would not fit.
        guard abs(number) < 1e21 else { return nil }
        return switch abs(number) {
        case ..<1e11: Timestamp(seconds: number)
        case ..<1e14: Timestamp(seconds: number / 1e3)
        case ..<1e17: Timestamp(seconds: number / 1e6)
        default: Timestamp(seconds: number / 1e9)
        }
    }

    /// The moment a text names; without a zone, on a clock so many seconds ahead of UTC (Korea: 32,400).
    static func moment(_ text: some StringProtocol, offsetSeconds: Int64) -> Timestamp? {
        if let moment = Timestamp(iso8601: text, defaultOffsetSeconds: offsetSeconds) { return moment }
        if let written = spelledOut(text) { return Timestamp(iso8601: written, defaultOffsetSeconds: offsetSeconds) }
        guard case .number(let number) = DecimalNumber.read(text) else { return nil }
        return moment(counting: number)
    }

    /// `2026.11.21 9:05`, `2026/11/21 오후 9:05:00`, `2026년 11월 21일`, `20261121090500` as RFC 3339 without a zone. The
    /// year comes first: of `03/04/2026` nobody knows which is the month.
    private static func spelledOut(_ text: some StringProtocol) -> String? {
        guard text.utf8.count <= 40 else { return nil }
        let isDigit = { (character: Character) in character.isASCII && character.isNumber }
        var groups = text.split(whereSeparator: { !isDigit($0) }).map { String($0) }
        if groups.count == 1, groups[0].count == 14, text.count == 14,
            ["19", "20"].contains(String(groups[0].prefix(2)))
        {
            let digits = groups[0]
            var rest = digits.dropFirst(4)
            groups = [String(digits.prefix(4))]
            while !rest.isEmpty {
                groups.append(String(rest.prefix(2)))
                rest = rest.dropFirst(2)
            }
        }
        let others = String(text.filter { !isDigit($0) })
        guard [3, 5, 6, 7].contains(groups.count), groups[0].count == 4, text.first.map(isDigit) == true,
            groups[1..<min(6, groups.count)].allSatisfy({ $0.count <= 2 }),
            others.allSatisfy({ "-/.:, TAPMapm오전후년월일시분초".contains($0) })
        else { return nil }
        var hour = groups.count > 3 ? Int(groups[3]) ?? 24 : 0
        let isAfternoon = others.contains("후") || others.lowercased().contains("p")
        let isMorning = others.contains("전") || others.lowercased().contains("a")
        if isAfternoon || isMorning {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        func two(_ index: Int) -> String { groups.count > index ? padded(groups[index]) : "00" }
        let fraction = groups.count > 6 ? ".\(groups[6])" : ""
        return "\(groups[0])-\(two(1))-\(two(2))T\(padded("\(hour)")):\(two(4)):\(two(5))\(fraction)"
    }

    private static func padded(_ digits: String) -> String { digits.count < 2 ? "0\(digits)" : digits }
}
