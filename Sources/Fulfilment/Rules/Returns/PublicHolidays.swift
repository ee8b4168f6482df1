import District
import Record

/// The public holidays of the years that are known, from `holidays.json`: a period that ends on one ends on the next
/// day that is none (Civil Act, art. 161).
struct PublicHolidays: Sendable, Hashable {
    private let days: [Int: Set<KoreanDay>]
    /// How many days more are let pass in a year whose holidays are not known: nobody is refused for what is not known here.
    let unknownDays: Int64

    init(_ book: Handbook) throws(HandbookError) {
        let file = "holidays.json"
        let json = try book.read(file).json
        guard let unknown = json["unknown_days"]?.integer, (0...31).contains(unknown) else {
            throw HandbookError(file: file, place: "unknown_days", rule: "0 to 31")
        }
        var days: [Int: Set<KoreanDay>] = [:]
        for (name, listed) in json["years"]?.members ?? [:] {
            let read = (listed.elements ?? []).compactMap { $0.text.flatMap { KoreanDay($0) } }
            guard let year = Int(name), read.count == listed.elements?.count, !read.isEmpty,
                read.allSatisfy({ $0.description.hasPrefix("\(name)-") })
            else { throw HandbookError(file: file, place: "years.\(name)", rule: "days of this year, as 2026-12-25") }
            days[year] = Set(read)
        }
        (self.days, unknownDays) = (days, unknown)
    }

    /// Whether the holidays of a day's year are known.
    func knows(_ day: KoreanDay) -> Bool { days[Self.year(day)] != nil }

    /// The same day, or the next one that is neither at a weekend nor a public holiday.
    func working(from day: KoreanDay) -> KoreanDay {
        var day = day
        while day.isWeekend || days[Self.year(day)]?.contains(day) == true { day = day + 1 }
        return day
    }

    private static func year(_ day: KoreanDay) -> Int { Int(day.description.prefix(4)) ?? 0 }
}
