import Record

/// The hierarchy of controls, the best first.
enum ControlStep: String, Sendable, Hashable, CaseIterable {
    case elimination, substitution, engineering, administrative, ppe

    /// What people call it.
    var words: Words {
        switch self {
        case .elimination: Words("제거", "Elimination")
        case .substitution: Words("대체", "Substitution")
        case .engineering: Words("공학적 대책", "Engineering")
        case .administrative: Words("관리적 대책", "Administrative")
        case .ppe: Words("개인보호구", "Personal protective equipment")
        }
    }

    /// Its place in the hierarchy, 0 for the best.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 4 }

    /// Whether it works without anybody's attention: only such a control can lower how badly someone is hurt.
    var isHard: Bool {
        switch self {
        case .elimination, .substitution, .engineering: true
        case .administrative, .ppe: false
        }
    }

    /// By how many steps one such control may lower the likelihood at most. [know]: the house's method, not law.
    var mostLikelihood: Int {
        switch self {
        case .elimination: 9
        case .substitution: 3
        case .engineering: 2
        case .administrative, .ppe: 1
        }
    }

    /// By how many steps one such control may lower the severity at most.
    var mostSeverity: Int {
        switch self {
        case .elimination: 9
        case .substitution: 2
        case .engineering: 1
        case .administrative, .ppe: 0
        }
    }
}
