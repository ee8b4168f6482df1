import Record

/// Half a year by the Korean calendar, in which SAPA's duties are checked: January to June, July to December.
struct HalfYear: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The year.
    let year: Int
    /// 1 or 2.
    let half: Int

    /// A half of a year.
    init(year: Int, half: Int) {
        self.year = year
        self.half = half
    }

    /// The half-year in which a moment lies, in Korean time.
    init(_ moment: Timestamp) { self.init(KoreanDay(moment)) }

    /// The half-year in which a day lies.
    init(_ day: KoreanDay) {
        let text = day.description
        year = Int(text.prefix(4)) ?? 0
        half = (Int(text.dropFirst(5).prefix(2)) ?? 1) <= 6 ? 1 : 2
    }

    /// Reads `2026-H2`; nil where it is none.
    init?(_ text: String) {
        let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, let year = Int(parts[0]), (1970...9998).contains(year),
            parts[1] == "H1" || parts[1] == "H2"
        else { return nil }
        self.init(year: year, half: parts[1] == "H1" ? 1 : 2)
    }

    /// `2026-H2`.
    var description: String { "\(year)-H\(half)" }
    /// 2026년 하반기.
    var words: Words {
        Words("\(year)년 \(half == 1 ? "상반기" : "하반기")", "H\(half) \(year)")
    }

    /// Its first day.
    var first: KoreanDay { KoreanDay("\(year)-\(half == 1 ? "01" : "07")-01") ?? KoreanDay(number: 0) }
    /// Its last day: 30 June or 31 December.
    var last: KoreanDay { next.first - 1 }
    /// The moment at which it is over.
    var end: Timestamp { next.first.start }
    /// The one after it.
    var next: HalfYear { half == 1 ? HalfYear(year: year, half: 2) : HalfYear(year: year + 1, half: 1) }
    /// The one before it.
    var previous: HalfYear { half == 2 ? HalfYear(year: year, half: 1) : HalfYear(year: year - 1, half: 2) }

    /// How many days are left, today included; 0 once it is over.
    func daysLeft(at now: Timestamp) -> Int { max(0, Int(last.number - KoreanDay(now).number + 1)) }

    static func < (left: HalfYear, right: HalfYear) -> Bool { (left.year, left.half) < (right.year, right.half) }
}
