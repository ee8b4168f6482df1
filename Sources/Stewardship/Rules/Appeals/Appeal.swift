import Access
import District
import Record

/// Somebody objects to what a use of AI did or would do.
struct Appeal: Sendable, Hashable {
    /// The stream is `appeal/ID`. It opens nothing: whoever objected holds a code of 128 bits, of which the house keeps a
    /// hash.
    let id: String
    /// The use, where whoever objects knew it.
    let use: String?
    let wish: Wish
    /// What happened, in their words; nil once it is forgotten.
    let text: String?
    /// How to reach them, where they said so.
    let contact: String?
    let submitted: Timestamp
    /// The last day for an answer.
    let due: KoreanDay
    let answered: Timestamp?
    let outcome: Outcome?
    let answer: String?

    /// What is asked for.
    enum Wish: String, Sendable, Hashable, CaseIterable {
        case explain, person, correct, stop

        var words: Words {
            switch self {
            case .explain: Words("왜 그렇게 되었는지 설명해 주세요", "Explain why it came out so")
            case .person: Words("사람이 다시 살펴봐 주세요", "Let a person look at it again")
            case .correct: Words("잘못된 결과를 바로잡아 주세요", "Correct a wrong result")
            case .stop: Words("나에게는 인공지능을 쓰지 말아 주세요", "Use no AI for me")
            }
        }
    }

    enum Outcome: String, Sendable, Hashable, CaseIterable {
        case upheld, partly, rejected

        var words: Words {
            switch self {
            case .upheld: Words("받아들임", "Upheld")
            case .partly: Words("일부 받아들임", "Partly upheld")
            case .rejected: Words("받아들이지 않음", "Not upheld")
            }
        }

        var badge: String { self == .rejected ? "off" : "ok" }
    }

    /// Whether its answer is late.
    func isOverdue(on day: KoreanDay) -> Bool { answered == nil && due < day }

    /// The kind of its stream; its identifier follows.
    static let stream = "appeal/"

    /// The identifier in a stream's name.
    static func id(_ stream: String) -> String { String(stream.dropFirst(Self.stream.count)) }

    /// What is kept of a code: whoever reads the tables or the Record learns none.
    static func hash(_ code: String) -> String { ContentHash.sha256(code.utf8) }

    /// In whose name its words are kept: a name for this alone, which leads to nobody.
    static func subject(_ id: String) -> PersonID { PersonID("appeal-\(id)") }

    /// So long whoever has just objected is led from its identifier to the code, in seconds.
    static let handing = 600.0
}

/// Within how many days an appeal is answered: `Data/appeals-rules.json`.
struct AppealRules: Sendable, Hashable {
    let days: Int64
    let edition: String

    static let file = "appeals-rules.json"

    init(_ book: Handbook) throws(HandbookError) {
        let (json, edition) = try book.read(Self.file)
        func count(_ key: String, _ bounds: ClosedRange<Int64>) throws(HandbookError) -> Int64 {
            guard let count = json[key]?.integer, bounds.contains(count) else {
                throw HandbookError(file: Self.file, place: key, rule: "is missing or out of bounds")
            }
            return count
        }
        days = try count("answer_days", 1...90)
        self.edition = edition
    }
}
