import Record

/// How bad a risk is, in four bands that all subjects of the room share.
enum RiskBand: String, Sendable, Hashable, CaseIterable, Comparable {
    case low, medium, high, severe

    /// 0 for low to 3 for severe; as columns keep it.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 3 }

    /// From its rank; whatever is beyond the bands is severe, for unknown is never safe.
    init(rank: Int) { self = Self.allCases.indices.contains(rank) ? Self.allCases[rank] : .severe }

    /// Whether work may go on without a further measure.
    var isAcceptable: Bool { self < .high }

    /// What people call it.
    var words: Words {
        switch self {
        case .low: Words("낮음", "Low")
        case .medium: Words("보통", "Medium")
        case .high: Words("높음", "High")
        case .severe: Words("매우 높음", "Severe")
        }
    }

    /// The badge that shows it: colour, shape and word differ.
    var badge: String {
        switch self {
        case .low: "ok"
        case .medium: "info"
        case .high: "warn"
        case .severe: "danger"
        }
    }

    static func < (left: RiskBand, right: RiskBand) -> Bool { left.rank < right.rank }
}
