import Record

/// Where a value lies among its limits.
enum LimitLevel: String, Sendable, CaseIterable {
    case lowLow = "low-low", low, within, high, highHigh = "high-high"

    /// The levels beyond a limit, the more severe first.
    static let beyond: [LimitLevel] = [.highHigh, .lowLow, .high, .low]

    /// Whether a value of the other level lies beyond this one's limit as well.
    func contains(_ other: LimitLevel) -> Bool {
        switch self {
        case .within, .lowLow, .highHigh: self == other
        case .low: other == .low || other == .lowLow
        case .high: other == .high || other == .highHigh
        }
    }

    /// What people on the shop floor call it.
    var words: Words {
        switch self {
        case .lowLow: Words("하하한 미만", "Below the low-low limit")
        case .low: Words("하한 미만", "Below the low limit")
        case .within: Words("정상 범위", "Within limits")
        case .high: Words("상한 초과", "Above the high limit")
        case .highHigh: Words("상상한 초과", "Above the high-high limit")
        }
    }
}
