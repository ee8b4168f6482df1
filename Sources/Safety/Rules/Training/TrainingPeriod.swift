import Record

/// A half-year or a year of the Korean calendar, in which hours of training are counted.
struct TrainingPeriod: Sendable, Hashable {
    /// How long it is.
    enum Length: String, Sendable, Hashable {
        case half = "half-year"
        case year

        var months: Int64 { self == .half ? 6 : 12 }
    }

    let length: Length
    let first: KoreanDay

    /// The period of that length that a day lies in.
    init(_ length: Length, of day: KoreanDay) {
        let text = day.description
        let isSecond = length == .half && (Int(text.dropFirst(5).prefix(2)) ?? 1) > 6
        self.length = length
        first = KoreanDay("\(text.prefix(4))-\(isSecond ? "07" : "01")-01") ?? day
    }

    /// Its last day.
    var last: KoreanDay { first.adding(months: length.months) - 1 }
    /// The one after it.
    var next: TrainingPeriod { TrainingPeriod(length, of: last + 1) }
    /// The one before it.
    var previous: TrainingPeriod { TrainingPeriod(length, of: first - 1) }
    /// Whether a day lies in it.
    func contains(_ day: KoreanDay) -> Bool { first <= day && day <= last }

    /// `2026-H2` or `2026`.
    var name: String {
        let year = String(first.description.prefix(4))
        guard length == .half else { return year }
        return year + (first.description.dropFirst(5).hasPrefix("01") ? "-H1" : "-H2")
    }
}
