import Record

/// A danger that somebody reported or that an alarm made the house propose, and what became of it.
struct Hazard: Sendable, Hashable {
    /// Its identifier: the stream `hazard/…`.
    let id: String
    let scope: Scope
    /// The thing or place it is at.
    let thing: ThingID
    let state: State
    let origin: Origin
    /// How somebody could be hurt; nil until somebody said.
    let accident: AccidentType?
    /// How bad it is; nil until a person has judged it.
    let band: RiskBand?
    let risk: Risk?
    /// What was written; nil where nothing was, or once it was forgotten.
    let text: String?
    /// Why the house proposed it; nil where a person reported it.
    let why: Words?
    /// Why nothing is done, or why it needs no measure.
    let reason: String?
    /// The hazard that it is handled with.
    let joined: String?
    let photo: Photo?
    /// The alarm that it was proposed for.
    let alarm: Alarm?
    let raised: Timestamp
    /// Its last event, which whatever comes next answers.
    let event: Identifier?

    /// How far it has come.
    enum State: String, Sendable, Hashable, CaseIterable {
        /// Reported by a person.
        case raised
        /// Proposed by a rule.
        case proposed
        /// A person accepted it, with its band; measures are under way.
        case accepted
        /// All measures are taken, their effect is not checked yet.
        case controlled
        /// All measures were found effective.
        case closed
        /// A person decided against it.
        case rejected
        /// It is handled with another one.
        case joined

        /// What people call it.
        var words: Words {
            switch self {
            case .raised: Words("신고됨", "Reported")
            case .proposed: Words("제안됨", "Proposed")
            case .accepted: Words("조치 중", "Being mended")
            case .controlled: Words("효과 확인 중", "Mended, to be checked")
            case .closed: Words("확인 완료", "Verified and closed")
            case .rejected: Words("조치 안 함", "Rejected")
            case .joined: Words("다른 신고와 합침", "Joined")
            }
        }

        /// The badge that shows it.
        var badge: String {
            switch self {
            case .raised, .proposed: "warn"
            case .accepted: "danger"
            case .controlled: "info"
            case .closed: "ok"
            case .rejected, .joined: "off"
            }
        }

        /// Whether a person has still to say what it is.
        var isNew: Bool { self == .raised || self == .proposed }
        /// Whether nothing more comes of it.
        var isOver: Bool { [.closed, .rejected, .joined].contains(self) }
    }

    /// How it came.
    enum Origin: String, Sendable, Hashable {
        /// By the QR code of a place, without an account.
        case code
        /// By somebody signed in.
        case person
        /// By a program with a token.
        case program
        /// By a rule, after an alarm.
        case alarm

        /// What people call it.
        var words: Words {
            switch self {
            case .code: Words("QR 신고", "By QR")
            case .person: Words("사람이 신고", "By a person")
            case .program: Words("프로그램이 신고", "By a program")
            case .alarm: Words("경보에서 제안", "Proposed after an alarm")
            }
        }
    }

    /// The photo that came with a report.
    struct Photo: Sendable, Hashable {
        /// SHA-256 of what arrived.
        let hash: String
        /// Whether that is what the phone had measured when it was taken; nil where it had not.
        let isAsTaken: Bool?
        /// Whether the same photo, or the same picture in another file, was used before in the firm.
        let isReused: Bool
    }

    /// The alarm behind a proposal.
    struct Alarm: Sendable, Hashable {
        let id: String
        let property: String?
        let priority: String
    }

    /// The number that a reporter is given: the end of its identifier.
    var number: String { Self.number(id) }
    static func number(_ id: String) -> String { id.suffix(6).uppercased() }
}
