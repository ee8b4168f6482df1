import District
import Record

/// How risks are judged: four methods over one register (고용노동부 고시 「사업장 위험성평가에 관한 지침」).
enum AssessmentMethod: String, Sendable, Hashable, CaseIterable {
    case frequencySeverity = "frequency-severity"
    case checklist
    case threeStep = "three-step"
    case onePoint = "one-point"

    /// What people call it.
    var words: Words {
        switch self {
        case .frequencySeverity: Words("빈도·강도법", "Frequency × severity")
        case .checklist: Words("체크리스트법", "Checklist")
        case .threeStep: Words("3단계 판단법", "Three-step judgement")
        case .onePoint: Words("핵심요인 기술법(OPS)", "One-point sheet")
        }
    }

    /// The scale, where the firm has none of its own.
    var scale: RiskScale { self == .frequencySeverity ? .fiveByFour : .threeLevels }

    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}

/// When an assessment is due (산업안전보건법 시행규칙 제37조).
enum AssessmentKind: String, Sendable, Hashable, CaseIterable {
    case initial, yearly, changed, continuous

    /// What people call it.
    var words: Words {
        switch self {
        case .initial: Words("최초평가", "Initial")
        case .yearly: Words("정기평가(매년)", "Yearly")
        case .changed: Words("변경 작업 전 평가", "Before changed work")
        case .continuous: Words("상시평가", "Continuous")
        }
    }

    /// Whether it must be done before certain work begins.
    var precedesWork: Bool { self == .initial || self == .changed }

    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}

/// How workers took part (산업안전보건법 시행규칙 제37조의2): walking round is the rule, the others come beside it.
enum ParticipationWay: String, Sendable, Hashable, CaseIterable {
    case walk, survey, interview

    /// What people call it.
    var words: Words {
        switch self {
        case .walk: Words("순회점검", "Walk-round")
        case .survey: Words("설문조사", "Survey")
        case .interview: Words("면담", "Interview")
        }
    }

    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}
