import Record

/// What is wrong in an event or a document: which event, which member, which rule.
struct EPCISFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// A rule that can be broken.
    enum Rule: String, Sendable, Hashable {
        /// It must be there.
        case required
        /// It is of another kind: text instead of a number.
        case kind
        /// It is no URI.
        case uri
        /// It is no moment with a zone.
        case time
        /// It is no word of its vocabulary and no URI.
        case vocabulary
        /// It is not written as it should be.
        case pattern
        /// There are too few.
        case few
        /// One stands twice.
        case twice
        /// There is no such member; what is one's own has a name with a colon.
        case unknown
        /// It stands only with ADD.
        case onlyAdd
        /// The event says nothing of what it is about.
        case what
        /// There are too many, or it is too large.
        case limit
        /// An event of this identifier is there already.
        case exists
        /// The text is no JSON or no XML.
        case syntax
    }

    /// Which event of the document, from 0; nil for the document itself.
    var event: Int?
    /// The member: `bizTransactionList/0/type`; empty for the whole.
    let path: String
    let rule: Rule
    /// What stands there, or what is allowed.
    let detail: String

    init(_ path: String, _ rule: Rule, _ detail: String = "", event: Int? = nil) {
        self.event = event
        self.path = path
        self.rule = rule
        self.detail = String(detail.prefix(200))
    }

    var description: String { "\(event.map { "\($0)/" } ?? "")\(path): \(rule.rawValue)" }

    /// As a person reads it.
    var words: Words {
        let place = Words(
            (event.map { "\($0 + 1)번째 이벤트" } ?? "문서") + (path.isEmpty ? "" : "의 \(path)"),
            (event.map { "Event \($0 + 1)" } ?? "Document") + (path.isEmpty ? "" : ", \(path)"))
        let said = rule(detail)
        return Words("\(place.ko): \(said.ko)", "\(place.en): \(said.en)")
    }

    private func rule(_ detail: String) -> Words {
        switch rule {
        case .required: Words("반드시 있어야 합니다.", "must be there.")
        case .kind: Words("형식이 다릅니다(\(detail) 필요).", "is of another kind (\(detail) expected).")
        case .uri: Words("URI가 아닙니다: \(detail)", "is no URI: \(detail)")
        case .time: Words("시간대가 있는 일시가 아닙니다: \(detail)", "is no moment with a zone: \(detail)")
        case .vocabulary: Words("표준 어휘도 URI도 아닙니다: \(detail)", "is neither a word of the standard nor a URI: \(detail)")
        case .pattern: Words("표기가 올바르지 않습니다: \(detail)", "is not written as it should be: \(detail)")
        case .few: Words("하나 이상 있어야 합니다.", "needs one at least.")
        case .twice: Words("같은 값이 두 번 있습니다: \(detail)", "has a value twice: \(detail)")
        case .unknown:
            Words(
                "표준에 없는 항목입니다. 자체 항목 이름에는 콜론이 있어야 합니다.",
                "is no member of the standard; one of your own has a colon in its name.")
        case .onlyAdd: Words("ADD일 때만 쓸 수 있습니다.", "stands only with the action ADD.")
        case .what: Words("대상(\(detail))이 없습니다.", "says nothing of what it is about (\(detail)).")
        case .limit: Words("허용 한도를 넘습니다(\(detail)).", "is beyond the limit (\(detail)).")
        case .exists:
            Words("같은 eventID의 이벤트가 이미 있습니다: \(detail)", "an event of this eventID is there already: \(detail)")
        case .syntax: Words("읽을 수 없습니다: \(detail)", "cannot be read: \(detail)")
        }
    }
}
