import District
import Record

/// Something said in a debate: on a process or a proposal, or in answer to another comment.
struct Comment: Sendable, Hashable {
    enum Position: String, Sendable, CaseIterable {
        case pro, con, neutral

        var words: Words {
            switch self {
            case .pro: Words("찬성", "For")
            case .con: Words("반대", "Against")
            case .neutral: Words("의견", "Neutral")
            }
        }

        var badge: String {
            switch self {
            case .pro: "ok"
            case .con: "danger"
            case .neutral: "neutral"
            }
        }
    }

    let text: CivicText
    let parent: String?
    /// 0 for a comment of its own; an answer is one deeper, down to ``deepest``.
    let depth: Int
    let position: Position

    /// Deeper than this a debate reads as a quarrel of two: answers stay on this level.
    static let deepest = 3

    var id: String { text.id }
}

/// The rules of the house for what people write, by which alone it is taken down.
struct DebateRules: Sendable {
    struct Rule: Sendable, Hashable {
        let id: String
        let words: Words
    }

    let all: [Rule]

    /// Reads `debate-rules.json`.
    /// - Throws: ``HandbookError`` naming the rule that cannot be used.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "debate-rules.json"
        var all: [Rule] = []
        for (index, entry) in (try book.read(file).json["rules"]?.elements ?? []).enumerated() {
            guard let id = entry["id"]?.text, let words = Words(entry) else {
                throw HandbookError(file: file, place: "rules[\(index)]", rule: "id, ko, en")
            }
            all.append(Rule(id: id, words: words))
        }
        guard !all.isEmpty else { throw HandbookError(file: file, place: "rules", rule: "at least one rule") }
        self.all = all
    }

    func words(_ id: String) -> Words { all.first { $0.id == id }?.words ?? Words(id, id) }
    var choices: Field.Kind { .choice(all.map { Field.Choice($0.id, $0.words) }) }
}

/// What was done to a text by a moderator and by whoever appealed against it.
struct ModerationCase: Sendable, Hashable {
    /// Why it was taken down, by which rule, by whom, when.
    let rule: String
    let reason: String
    let moderator: PersonID?
    let hidden: Timestamp
    /// What its author says against that; nil where nothing was said, or it was erased.
    let appeal: String?
    let appealed: Timestamp?
    /// Whether it was put back, and why.
    let restored: Bool?
    let decision: String?
    let decided: Timestamp?

    /// Whether an appeal waits for another person.
    var isAppealOpen: Bool { appealed != nil && decided == nil }
}
