import Record

/// Something that is to be done against a risk: who, until when, and whether it helped.
struct SafetyAction: Sendable, Hashable {
    /// Its identifier: the stream `action/…`.
    let id: String
    /// Whom it concerns.
    let scope: Scope
    /// Where.
    let thing: ThingID
    /// What is to be done.
    let title: String
    /// What it follows from.
    let source: Source
    /// The risk it is against.
    let band: RiskBand
    /// Where it stands in the hierarchy of controls.
    let step: ControlStep
    /// Who does it; nil while nobody was named.
    let owner: PersonID?
    /// The day it was opened.
    let opened: KoreanDay
    /// The day it was due at first: its age counts from here whatever was extended since.
    let firstDue: KoreanDay
    /// The day it is due after the last extension.
    let due: KoreanDay
    /// How often it was extended.
    let extensions: Int64
    let state: State
    /// When and by whom it was done.
    let completed: KoreanDay?, completedBy: Author?
    /// Photo or file that shows it done.
    let proof: String?
    /// The highest level that has heard of it being late.
    let escalated: EscalationLevel?
    /// A photo used before, or too many extensions: someone should look closely.
    let flags: Set<Flag>
    /// The event that opened it, which everything later answers.
    let event: Identifier?

    /// What an action follows from.
    struct Source: Sendable, Hashable {
        /// hazard, assessment, inspection, incident, drill, stop, opinion or manual.
        let kind: String
        /// Its identifier; empty where somebody opened it by hand.
        let id: String
    }

    /// How far it is.
    enum State: String, Sendable, CaseIterable {
        /// To be done.
        case open
        /// Done, its effect not yet checked.
        case done
        /// Done, and it helps.
        case verified
        /// Not to be done any more.
        case cancelled

        /// What people call it.
        var words: Words {
            switch self {
            case .open: Words("조치 전", "open")
            case .done: Words("효과 확인 전", "done, not yet checked")
            case .verified: Words("효과 확인", "verified")
            case .cancelled: Words("취소", "cancelled")
            }
        }
    }

    /// Why someone should look closely.
    enum Flag: String, Sendable, CaseIterable {
        case photoReused = "photo-reused"
        case extendedOften = "extended-often"
        case notEffective = "not-effective"
    }

    /// Days since the first due day; nil where it is not late, or no longer to be done.
    func overdueDays(on day: KoreanDay) -> Int64? {
        guard state == .open, day > firstDue else { return nil }
        return day.number - firstDue.number
    }

    /// Whether it was done by its first due day; nil while it is not done.
    var wasInTime: Bool? { completed.map { $0 <= firstDue } }
}
