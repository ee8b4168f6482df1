import Record

/// The bounds that a person has set for a series, from law or a machine's data sheet. No detector has a say in them.
struct Limits: Sendable, Hashable {
    /// Below it something breaks or someone is hurt; in the series' unit, as are the others.
    var lowLow: Double?
    /// Below it someone should look.
    var low: Double?
    /// Above it someone should look.
    var high: Double?
    /// Above it something breaks or someone is hurt.
    var highHigh: Double?
    /// How far the value must come back within a bound before it counts as back.
    var deadband = 0.0
    /// Seconds a value must stay out before it counts as out.
    var onDelay = 0.0
    /// Seconds a value must stay back before it counts as back.
    var offDelay = 0.0

    /// What is wrong with the bounds themselves; nil where they make sense.
    var fault: Words? {
        let bounds = [lowLow, low, high, highHigh].compactMap(\.self)
        if bounds.isEmpty { return Words("한계값을 하나 이상 정해 주세요.", "Set at least one limit.") }
        guard (bounds + [deadband, onDelay, offDelay]).allSatisfy(\.isFinite) else {
            return Words("한계값은 유한한 숫자여야 합니다.", "Limits must be finite numbers.")
        }
        guard zip(bounds, bounds.dropFirst()).allSatisfy(<) else {
            return Words("한계값은 하하한, 하한, 상한, 상상한 순서로 커져야 합니다.", "Limits must rise from low-low to high-high.")
        }
        guard deadband >= 0, onDelay >= 0, offDelay >= 0 else {
            return Words("불감대와 지연 시간은 0 이상이어야 합니다.", "Deadband and delays cannot be negative.")
        }
        // Were the deadband as wide as the band, a value that is back in the middle would still count as out.
        if let floor = low ?? lowLow, let ceiling = high ?? highHigh, deadband * 2 >= ceiling - floor {
            return Words("불감대가 정상 범위보다 넓습니다.", "The deadband leaves nothing of the normal range.")
        }
        return nil
    }

    /// The bound that a level is named after; nil where none is set.
    func bound(of level: LimitLevel) -> Double? {
        switch level {
        case .lowLow: lowLow
        case .low: low
        case .within: nil
        case .high: high
        case .highHigh: highHigh
        }
    }
}
