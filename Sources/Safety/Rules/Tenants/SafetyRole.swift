import Record

/// What a person is in a firm's safety organisation, beside their role in the house.
enum SafetyRole: String, Sendable, Hashable, CaseIterable {
    /// Speaks and signs for the workers (OSH 35 and elsewhere).
    case workersRepresentative
    /// Supervises work (OSH 16).
    case supervisor
    /// The required specialists: safety officer (OSH 17), health officer (OSH 18), safety and health person (OSH 19).
    case safetyOfficer
    case healthOfficer
    case safetyHealthPerson

    /// Whether the law asks for so many of them with their time guaranteed (SAPA Decree 4(6)).
    var isSpecialist: Bool { [.safetyOfficer, .healthOfficer, .safetyHealthPerson].contains(self) }

    /// What people call it.
    var words: Words {
        switch self {
        case .workersRepresentative: Words("근로자대표", "Workers' representative")
        case .supervisor: Words("관리감독자", "Supervisor")
        case .safetyOfficer: Words("안전관리자(선임)", "Safety officer (appointed)")
        case .healthOfficer: Words("보건관리자(선임)", "Health officer (appointed)")
        case .safetyHealthPerson: Words("안전보건관리담당자", "Safety and health person")
        }
    }
}
