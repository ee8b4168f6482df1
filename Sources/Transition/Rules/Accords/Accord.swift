import Record

/// An accord between cities: who agreed what, and from where one knows it.
struct Accord: Sendable, Hashable {
    let id: String
    let title: Words
    /// The cities, our own first.
    let parties: [String]
    let signed: KoreanDay
    /// The day on which it ends; nil where it names none.
    let until: KoreanDay?
    /// What it is about: robotics, talent …
    let fields: [String]
    /// Where its text is found.
    let source: String, url: String?
    let isSample: Bool
}

/// Something that an accord leads to.
struct AccordUndertaking: Sendable, Hashable {
    let id: String, accord: String
    let kind: Kind
    let title: Words, about: Words
    /// Who sees to it, as everybody may know: an office, no person.
    let office: String
    /// Of an exchange: how many places are offered.
    let places: Int64?

    enum Kind: String, Sendable, CaseIterable {
        case policy, project, exhibition, talent

        var words: Words {
            switch self {
            case .policy: Words("정책 공유", "Shared policy")
            case .project: Words("공동 사업", "Joint project")
            case .exhibition: Words("공동 전시", "Joint exhibition")
            case .talent: Words("인재 교류", "Talent exchange")
            }
        }
    }
}

/// A step of an undertaking that is due on a day.
struct AccordMilestone: Sendable, Hashable {
    let id: String, undertaking: String, accord: String
    let title: Words
    let owner: PersonID
    let due: KoreanDay
    /// How often its day was moved, and why it was the last time.
    let moves: Int64, reason: String?
    /// The day it was reached.
    let reached: KoreanDay?
    let isDropped: Bool

    enum State: Sendable, Hashable {
        case open(days: Int64), soon(days: Int64), slipped(days: Int64), reached(late: Int64), dropped
    }

    /// From how many days before its day on its owner is reminded.
    static let notice: Int64 = 14

    /// Where it stands on a day. The day itself is still on time.
    func state(on today: KoreanDay) -> State {
        if isDropped { return .dropped }
        if let reached { return .reached(late: max(0, reached.number - due.number)) }
        let days = due.number - today.number
        if days < 0 { return .slipped(days: -days) }
        return days <= Self.notice ? .soon(days: days) : .open(days: days)
    }

    var isOpen: Bool { reached == nil && !isDropped }
}

extension AccordMilestone.State {
    var words: Words {
        switch self {
        case .open(let days): Words("\(days)일 남음", "\(days) days left")
        case .soon(0): Words("오늘까지", "Due today")
        case .soon(let days): Words("\(days)일 남음", "\(days) days left")
        case .slipped(let days): Words("\(days)일 지남", "\(days) days late")
        case .reached(0): Words("제때 마침", "Reached in time")
        case .reached(let late): Words("\(late)일 늦게 마침", "Reached \(late) days late")
        case .dropped: Words("그만둠", "Given up")
        }
    }

    var badge: String {
        switch self {
        case .open: "info"
        case .soon: "warn"
        case .slipped: "danger"
        case .reached: "ok"
        case .dropped: "off"
        }
    }
}

/// What came of an undertaking, measured.
struct AccordOutcome: Sendable, Hashable {
    let id: String, undertaking: String
    let metric: Words, unit: String
    let value: Double
    let day: KoreanDay
    let source: String
}

/// Somebody who takes part in an exchange; everybody may know the field and the days, the zone alone the name.
struct AccordTraveller: Sendable, Hashable {
    let id: String, undertaking: String
    /// Nil once it was erased.
    let name: String?
    let direction: Direction
    let field: String
    let from: KoreanDay, until: KoreanDay
    /// What came of it, once they are back.
    let result: String?

    /// Whose name the vault keeps.
    static func subject(_ id: String) -> PersonID { PersonID("traveller-\(id)") }

    enum Direction: String, Sendable, CaseIterable {
        case out, `in`

        var words: Words {
            switch self {
            case .out: Words("보냄", "sent")
            case .in: Words("받음", "received")
            }
        }
    }
}

/// An accord of other cities, as a source tells of it: facts to read, nothing that is tracked here.
struct CitedAccord: Sendable, Hashable {
    let title: Words
    let parties: [String]
    let signed: KoreanDay
    let points: [Words]
    let sources: [Source]

    struct Source: Sendable, Hashable { let title: String, url: String }
}
