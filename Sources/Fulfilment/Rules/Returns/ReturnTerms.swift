import District
import Record

/// Until when goods may be sent back, and what is paid back, from `returns.json`.
struct ReturnTerms: Sendable {
    private let unwantedDays: Int64
    private let wrongMonths: Int64
    private let holidays: PublicHolidays
    /// Within how many working days of their return goods are paid back.
    let workingDays: Int64
    private let shares: [ReturnRule.Grade: Int64]

    init(_ book: Handbook) throws(HandbookError) {
        let file = "returns.json"
        let json = try book.read(file).json
        func number(_ name: String, _ range: ClosedRange<Int64>) throws(HandbookError) -> Int64 {
            guard let value = json[name]?.integer, range.contains(value) else {
                throw HandbookError(file: file, place: name, rule: "\(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
        unwantedDays = try number("unwanted_days", 7...365)
        wrongMonths = try number("wrong_months", 3...60)
        workingDays = try number("paid_back_working_days", 1...3)
        var shares: [ReturnRule.Grade: Int64] = [:]
        for grade in ReturnRule.Grade.allCases {
            guard let share = json["unwanted_shares"]?[grade.rawValue]?.integer, (0...100).contains(share) else {
                throw HandbookError(file: file, place: "unwanted_shares.\(grade.rawValue)", rule: "0 to 100")
            }
            shares[grade] = share
        }
        self.shares = shares
        holidays = try PublicHolidays(book)
    }

    /// The last day on which goods may be sent back: the day of delivery does not count, the last day counts to its end, and
    /// one at a weekend or on a public holiday moves to the next day that is none (Civil Act, art. 157 to 161).
    func last(_ reason: ReturnRule.Reason, delivered: Timestamp) -> KoreanDay {
        let day = KoreanDay(delivered)
        let last = reason == .unwanted ? day + unwantedDays : day.adding(months: wrongMonths)
        return holidays.working(from: last)
    }

    /// Whether goods may still be sent back.
    func isOpen(_ reason: ReturnRule.Reason, delivered: Timestamp, at now: Timestamp) -> Bool {
        let last = last(reason, delivered: delivered)
        return KoreanDay(now) <= (holidays.knows(last) ? last : last + holidays.unknownDays)
    }

    /// What is paid back for so many pieces, in won: all of it where it was ours; where a mind was changed, by how the goods
    /// are found.
    func refund(_ price: Int64, _ quantity: Int64, _ grade: ReturnRule.Grade, _ reason: ReturnRule.Reason) -> Int64 {
        let whole = Won.of(price, quantity)
        guard !reason.isOurs else { return whole }
        let share = shares[grade] ?? 0
        return whole / 100 * share + whole % 100 * share / 100
    }
}
