import District
import Record

/// What the handbook says about assessments: periods, what must be kept how long, and the sources of the rules.
struct AssessmentBook: Sendable {
    /// The edition of the file (SHA-256), which events name.
    let edition: String
    /// Months from one assessment of a place to the next.
    let yearlyMonths: Int64
    /// Years for which an assessment is kept.
    let retentionYears: Int64
    /// The longest that a verification may be relied on, in days.
    let longestValidity: Int64
    /// The rules that pages cite.
    let rules: [Rule]

    /// A rule with its source.
    struct Rule: Sendable, Hashable {
        let id: String
        let words: Words
        /// The article, or nil where it is advice.
        let citation: String?
        /// The date of the text that was read.
        let date: String?
    }

    init(_ book: Handbook) throws(HandbookError) {
        let file = "assessments-method.json"
        let (json, edition) = try book.read(file)
        self.edition = edition
        func whole(_ key: String) throws(HandbookError) -> Int64 {
            guard let value = json[key]?.integer, (1...3660).contains(value) else {
                throw HandbookError(file: file, place: key, rule: "is a whole number from 1")
            }
            return value
        }
        yearlyMonths = try whole("yearly_months")
        retentionYears = try whole("retention_years")
        longestValidity = try whole("longest_validity_days")
        var rules: [Rule] = []
        for entry in json["rules"]?.elements ?? [] {
            guard let id = entry["id"]?.text, let ko = entry["ko"]?.text, let en = entry["en"]?.text else {
                throw HandbookError(file: file, place: "rules", rule: "id, ko and en")
            }
            rules.append(
                Rule(id: id, words: Words(ko, en), citation: entry["citation"]?.text, date: entry["date"]?.text))
        }
        self.rules = rules
    }

    /// When the next assessment of a place is due after one was reported.
    func nextDue(after reported: Timestamp) -> KoreanDay { KoreanDay(reported).adding(months: yearlyMonths) }

    /// Until when an assessment is kept.
    func keepUntil(_ reported: Timestamp) -> KoreanDay { KoreanDay(reported).adding(months: 12 * retentionYears) }
}
