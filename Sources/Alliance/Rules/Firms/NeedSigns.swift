import District
import Record

/// What on the Record may show that a firm needs something, where it lets the house look: how often, within how long.
struct NeedSigns: Sendable {
    /// Where a sign comes from, and what a firm consents to.
    enum Source: String, Sendable, CaseIterable {
        /// A machine or a place was in alarm again.
        case alarms
        /// An action against a risk was overdue, and the next level was told.
        case actions

        var words: Words {
            switch self {
            case .alarms: Words("반복되는 경보", "Repeated alarms")
            case .actions: Words("기한을 넘긴 안전조치", "Overdue safety actions")
            }
        }
    }

    /// A rule of the handbook.
    struct Sign: Sendable {
        let source: Source
        /// So often within so many days; after a proposal it stays quiet for so many days.
        let count: Int, days: Int64, quietDays: Int64
        let kinds: [String]
        let title: Words
    }

    let signs: [Sign]
    /// In how many days a proposed need should be met.
    let deadlineDays: Int64
    let edition: String

    /// As many days as a rule may look back: signs older than that are dropped.
    static let longest: Int64 = 180
    static let file = "firms-signs.json"

    /// Reads the handbook's file.
    init(_ book: Handbook, kinds: SolutionKinds) throws(HandbookError) {
        let (json, edition) = try book.read(Self.file)
        let known = Set(kinds.kinds.map(\.id))
        var signs: [Sign] = []
        for (index, one) in (json["signs"]?.elements ?? []).enumerated() {
            let proposed = one["kinds"]?.elements?.compactMap(\.text) ?? []
            guard let source = one["source"]?.text.flatMap({ Source(rawValue: $0) }), let title = Words(one["title"]),
                let count = one["count"]?.integer, (1...1000).contains(count), let days = one["days"]?.integer,
                (1...Self.longest).contains(days), let quiet = one["quiet_days"]?.integer, quiet >= 0,
                !proposed.isEmpty,
                known.isSuperset(of: proposed), !signs.contains(where: { $0.source == source })
            else {
                throw HandbookError(
                    file: Self.file, place: "signs[\(index)]",
                    rule: "needs a source of its own, count, days, quiet_days, title and known kinds")
            }
            signs.append(
                Sign(source: source, count: Int(count), days: days, quietDays: quiet, kinds: proposed, title: title))
        }
        guard let deadline = json["deadline_days"]?.integer, deadline > 0 else {
            throw HandbookError(file: Self.file, place: "deadline_days", rule: "is at least 1")
        }
        (self.signs, deadlineDays, self.edition) = (signs, deadline, edition)
    }

    /// The rule of a source.
    subscript(_ source: Source) -> Sign? { signs.first { $0.source == source } }
}
