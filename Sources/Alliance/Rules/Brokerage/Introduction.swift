import Record

/// Two firms introduced to each other: who said yes, how far it came, what is to be done next.
struct Introduction: Sendable {
    /// The two sides.
    enum Side: String, Sendable, CaseIterable { case firm, supplier }

    /// What a side said; nil where it has not answered.
    enum Answer: String, Sendable { case accepted, declined }

    /// How far it came. Later ones hold earlier ones.
    enum Stage: Int64, Sendable, CaseIterable, Comparable {
        case made, agreed, met, talks, contract
        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
        var key: String { ["made", "agreed", "met", "talks", "contract"][Int(rawValue)] }
    }

    /// What a person notes.
    enum Outcome: String, Sendable, CaseIterable {
        case met, talks, contract, none

        var words: Words {
            switch self {
            case .met: Words("만남", "Met")
            case .talks: Words("협의 중", "In talks")
            case .contract: Words("계약", "Contract")
            case .none: Words("성사되지 않음", "Came to nothing")
            }
        }

        var stage: Stage? {
            switch self {
            case .met: .met
            case .talks: .talks
            case .contract: .contract
            case .none: nil
            }
        }

        /// Whether nothing is to follow.
        var isLast: Bool { self == .contract || self == .none }
    }

    let id: String, day: String
    let date: KoreanDay
    let firm: FirmID, supplier: FirmID
    let need: String, offer: String
    let needTitle: String, needAbout: String, needMusts: String, offerTitle: String
    let kinds: [String]
    /// What counted for each side.
    let firmReasons: [MatchReason], supplierReasons: [MatchReason]
    let answers: [Side: Answer]
    let stage: Stage
    let isEnded: Bool
    let followUp: KoreanDay?
    /// Whose the next step is: a firm's, or the zone's where it is empty.
    let owner: String
    let note: String
    let event: String
    /// When and where the day is held; nil where its hours are not known.
    let held: Held?
    /// Where the two sit, once both have accepted and there is room.
    let seat: DayHours.Seat?
    /// Whether the day was cancelled.
    let isCancelled: Bool

    /// The hours and the place of a day, as both firms are told them.
    struct Held: Sendable, Hashable {
        let begins: Int64, ends: Int64
        let place: String
    }

    var scope: Scope { .contract(firm, supplier) }

    /// The side on which a firm stands; nil where it is neither.
    func side(of one: FirmID) -> Side? { one == firm ? .firm : one == supplier ? .supplier : nil }

    /// Why an answer cannot be given.
    enum Fault: String, Error {
        case ended, answered, early, back, followUp = "follow-up", reason, future, late, why
    }

    /// Whether a side may answer so now. Who declines says why; so does who changes an answer, which they may until the
    /// day comes, or until the other side has answered.
    func check(_ answer: Answer, of side: Side, reason: String, on today: KoreanDay) throws(Fault) {
        if isCancelled || stage > .agreed { throw .ended }
        guard let before = answers[side] else {
            if isEnded { throw .ended }
            if answer == .declined, reason.isEmpty { throw .why }
            return
        }
        // What came to nothing after both had accepted is over.
        if isEnded, stage == .agreed { throw .ended }
        if before == answer { throw .answered }
        guard mayChange(side, on: today) else { throw .late }
        if reason.isEmpty { throw .why }
    }

    /// Whether a side that has answered may still say the contrary.
    func mayChange(_ side: Side, on today: KoreanDay) -> Bool {
        guard answers[side] != nil, !isCancelled, stage <= .agreed, !(isEnded && stage == .agreed) else { return false }
        let other: Side = side == .firm ? .supplier : .firm
        return today < date || answers[other] == nil
    }

    /// Whether the two see whom to call at the other: once both have accepted, and while it goes on or came to a contract.
    var showsContacts: Bool { stage >= .agreed && (!isEnded || stage == .contract) }

    /// Whether a day that is moved or cancelled takes it along: what has come further than an appointment goes on.
    var isAwaited: Bool { !isEnded && stage <= .agreed }

    /// Whether an outcome may be noted now, with what is to follow.
    func check(_ outcome: Outcome, followUp: KoreanDay?, reason: String, on today: KoreanDay) throws(Fault) {
        if isEnded { throw .ended }
        if stage < .agreed { throw .early }
        if let next = outcome.stage, next < stage { throw .back }
        if outcome == .none, reason.isEmpty { throw .reason }
        // What goes on has a day on which somebody looks again.
        guard outcome.isLast || followUp != nil else { throw .followUp }
        if let followUp, !outcome.isLast, followUp <= today { throw .future }
    }

    /// Whether the day to look again has passed.
    func isOverdue(on today: KoreanDay) -> Bool { !isEnded && followUp.map { $0 < today } ?? false }
}

extension Introduction.Fault {
    /// The field that is meant, and what is said of it.
    var told: (field: String, words: Words) {
        switch self {
        case .ended: ("introduction", Words("이미 끝난 소개입니다.", "This introduction is over."))
        case .answered: ("answer", Words("이미 답했습니다.", "It is answered already."))
        case .early: ("introduction", Words("두 기업이 모두 받아들인 뒤에 적을 수 있습니다.", "Both have to accept first."))
        case .back: ("outcome", Words("이미 더 나아간 소개입니다.", "It has come further already."))
        case .followUp: ("follow_up", Words("다시 살펴볼 날을 적어 주세요.", "Please say when it is looked at again."))
        case .reason: ("note", Words("성사되지 않은 사유를 적어 주세요.", "Please say why it came to nothing."))
        case .why:
            (
                "reason",
                Words(
                    "거절하거나 답을 바꾸는 사유를 적어 주세요. 상대 기업이 봅니다.", "Say why you decline or change it: the other firm reads it."
                )
            )
        case .late:
            (
                "answer",
                Words(
                    "상담회 날이 되었고 상대 기업도 답했으므로 바꿀 수 없습니다. 결과로 적어 주세요.",
                    "The day has come and both have answered: note it as an outcome.")
            )
        case .future: ("follow_up", Words("오늘 뒤의 날이어야 합니다.", "It lies after today."))
        }
    }
}
