import Record

/// An accident or an illness from work, as it is known by now.
struct Incident: Sendable, Hashable {
    /// Its identifier: the stream `incident/…`.
    let id: String
    let scope: Scope
    /// The firm whose place it is.
    let firm: FirmID
    /// The firm that employs whoever came to harm: the firm itself, or its contractor.
    let employer: FirmID
    let thing: ThingID
    let type: AccidentType
    /// Whether it is an illness from work rather than an accident.
    let isDisease: Bool
    let occurred: Timestamp
    let reported: Timestamp
    let casualties: Casualties
    let osh: SeriousAccident.Finding
    let sapa: SeriousAccident.Finding
    let form30: Form30.Need
    let form30Due: KoreanDay
    /// The day Form 30 was filed.
    let form30Filed: KoreanDay?
    /// The file that was handed in.
    let form30File: String?
    /// The receipt the authority gave.
    let receipt: String?
    /// Who signed the form: `employer` and `representative`.
    let signed: Set<String>
    let isInvestigated: Bool
    let plan: Plan
    /// The report of the same accident that it was folded into.
    let foldedInto: String?
    /// When it was closed.
    let closed: Timestamp?
    /// The event that reported it, which everything later answers.
    let event: Identifier?

    /// How far the plan against recurrence is.
    enum Plan: String, Sendable {
        case none, planned, reported, verified
        /// Looked at, and it did not help.
        case failed

        var words: Words {
            switch self {
            case .none: Words("대책 없음", "no plan yet")
            case .planned: Words("대책 수립, 보고 전", "planned, not yet reported")
            case .reported: Words("경영책임자 보고", "reported to the executive")
            case .verified: Words("효과 확인", "effect verified")
            case .failed: Words("효과 없음", "did not help")
            }
        }
    }

    /// Whether it is serious by any definition, or nobody can say yet that it is not.
    var mayBeSerious: Bool { osh != .notSerious || sapa != .notSerious }
    /// Whether everyone needed first aid at most.
    var isFirstAidOnly: Bool {
        casualties.undescribed == 0 && !casualties.people.isEmpty
            && casualties.people.allSatisfy { $0.care == .firstAid }
    }
}
