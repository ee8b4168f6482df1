import District
import Record
import Web

/// What a building needs before robots may work in it, from `readiness.json`.
struct Readiness: Sendable {
    let items: [Item]
    let subjects: [(id: String, words: Words)]
    /// After so many months a check says nothing any more.
    let months: Int
    let edition: String

    /// One thing that is measured, or answered by yes or no.
    struct Item: Sendable, Hashable {
        let id: String
        let subject: String
        let words: Words
        let rule: Rule
        /// The bound, in `unit` (UCUM, or dBm); 1 for yes.
        let value: Double
        let unit: String?
        /// How it is found out.
        let how: Words
    }

    /// What must hold.
    enum Rule: String, Sendable, Hashable { case yes, least, most }

    /// What is known. Unknown is never met.
    enum Verdict: String, Sendable, Hashable, CaseIterable {
        case met
        case notMet = "not-met"
        case unknown
    }

    /// What was found out once.
    struct Check: Sendable, Hashable {
        var value: Double?
        var checked: Timestamp
    }

    init(_ book: Handbook) throws(HandbookError) {
        let file = "readiness.json"
        let (json, edition) = try book.read(file)
        self.edition = edition
        months = Int(json["valid_months"]?.double ?? 12)
        subjects = (json["subjects"]?.elements ?? []).compactMap { entry in
            guard let id = entry["id"]?.text, let words = Self.words(entry) else { return nil }
            return (id, words)
        }
        var items: [Item] = []
        for (index, entry) in (json["items"]?.elements ?? []).enumerated() {
            guard let id = entry["id"]?.text, let subject = entry["subject"]?.text, let words = Self.words(entry),
                let rule = entry["rule"]?.text.flatMap({ Rule(rawValue: $0) }), let value = entry["value"]?.double,
                let how = entry["how"].flatMap({ Self.words($0) })
            else {
                throw HandbookError(file: file, place: "items[\(index)]", rule: "id, subject, ko, en, rule, value, how")
            }
            items.append(
                Item(
                    id: id, subject: subject, words: words, rule: rule, value: value, unit: entry["unit"]?.text,
                    how: how))
        }
        guard !items.isEmpty else { throw HandbookError(file: file, place: "items", rule: "at least one") }
        self.items = items
    }

    private static func words(_ json: JSON) -> Words? {
        json["ko"]?.text.flatMap { ko in json["en"]?.text.map { Words(ko, $0) } }
    }

    /// How an item stands by its last check.
    func verdict(_ item: Item, _ check: Check?, at now: Timestamp) -> Verdict {
        guard let check, let value = check.value, value.isFinite else { return .unknown }
        guard KoreanDay(check.checked).adding(months: Int64(months)) >= KoreanDay(now) else { return .unknown }
        let isMet =
            switch item.rule {
            case .yes: value >= 1
            case .least: value >= item.value
            case .most: value <= item.value
            }
        return isMet ? .met : .notMet
    }
}

extension Readiness.Verdict {
    var words: Words {
        switch self {
        case .met: Words("갖춤", "met")
        case .notMet: Words("미달", "not met")
        case .unknown: Words("모름", "not known")
        }
    }

    var badge: String {
        switch self {
        case .met: "ok"
        case .notMet: "danger"
        case .unknown: "unknown"
        }
    }
}

extension Readiness.Item {
    /// What is demanded, in words: `1.1 m 이상`.
    func demand(_ number: String) -> Words {
        let unit = unit.map { $0 == "1" ? "" : " \($0)" } ?? ""
        return switch rule {
        case .yes: Words("그렇다", "yes")
        case .least: Words("\(number)\(unit) 이상", "\(number)\(unit) or more")
        case .most: Words("\(number)\(unit) 이하", "\(number)\(unit) or less")
        }
    }
}
