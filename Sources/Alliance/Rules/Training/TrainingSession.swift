import Record

/// One run of a programme: when, where, and how many can take part.
struct TrainingSession: Sendable, Hashable {
    let id: String, programme: String
    let starts: Timestamp, ends: Timestamp
    let place: String
    let places: Int64
    /// Why it does not take place, where it does not.
    let cancelled: String?

    /// How many places are left, and how many wait.
    struct Seats: Sendable, Hashable {
        var taken: Int64 = 0
        var waiting: Int64 = 0
    }
}

/// Somebody's place in a session, or in its waiting list.
struct TrainingEnrolment: Sendable, Hashable {
    let id: String, session: String, programme: String
    let person: PersonID
    let firm: FirmID?
    let scope: Scope
    let state: State
    /// When it was asked for.
    let asked: Timestamp
    /// Whether the person's credential of this programme has ended or soon does.
    let isRenewal: Bool
    /// Where the credential is to be sent in the end, by which it is bound to them too; nil where none was given, or erased.
    let email: String?
    /// What it came to.
    let share: Int64?, score: Int64?

    enum State: String, Sendable, CaseIterable {
        case placed, waiting, withdrawn, cancelled, completed, failed

        /// Whether it holds a place or waits for one.
        var isOpen: Bool { self == .placed || self == .waiting }

        var words: Words {
            switch self {
            case .placed: Words("참석 확정", "Has a place")
            case .waiting: Words("대기", "Waiting")
            case .withdrawn: Words("신청 취소", "Withdrawn")
            case .cancelled: Words("교육 취소", "Session cancelled")
            case .completed: Words("수료", "Completed")
            case .failed: Words("미수료", "Not completed")
            }
        }

        var badge: String {
            switch self {
            case .placed: "info"
            case .waiting: "warn"
            case .withdrawn, .cancelled: "off"
            case .completed: "ok"
            case .failed: "danger"
            }
        }
    }

    /// From how many days before its end on a credential is called for renewal, and its holder comes first.
    static let notice: Int64 = 60

    /// Who comes next, of those who wait: whoever's credential ends or has ended, then whoever asked first.
    static func queue(_ waiting: [TrainingEnrolment]) -> [TrainingEnrolment] {
        waiting.filter { $0.state == .waiting }.sorted {
            ($0.isRenewal ? 0 : 1, $0.asked.microseconds, $0.id) < ($1.isRenewal ? 0 : 1, $1.asked.microseconds, $1.id)
        }
    }
}
