import Record
import Series

/// Holds the readings of a series against its limits: says when the level that counts changes.
///
/// Each limit keeps its own deadband and delays; without delays a single reading beyond it counts. Time is that of
/// observation: a reading no newer than the last one changes nothing, nor does one of bad quality. What is uncertain may
/// raise an alarm but never end one.
struct LimitWatch: Sendable, Hashable {
    /// A change of the level that counts.
    struct Change: Sendable, Hashable {
        let from: LimitLevel
        let to: LimitLevel
        /// When the value first lay there, before the delay.
        let since: Timestamp
    }

    let limits: Limits
    private var gates: [LimitLevel: LimitGate]
    private var latest: Timestamp?

    /// A watch that begins within limits, or where it stood.
    init(_ limits: Limits, level: LimitLevel = .within) {
        self.limits = limits
        gates = [:]
        for gate in LimitLevel.beyond where limits.bound(of: gate) != nil {
            gates[gate] = LimitGate(isOut: gate.contains(level))
        }
    }

    /// The level that counts: the most severe whose limit is passed.
    var level: LimitLevel { LimitLevel.beyond.first { gates[$0]?.isOut == true } ?? .within }

    /// Takes in a reading.
    /// - Returns: the change that now counts, if any.
    mutating func observe(_ reading: Reading) -> Change? {
        guard reading.quality != .bad, reading.value.isFinite, latest.map({ reading.time > $0 }) ?? true else {
            return nil
        }
        latest = reading.time
        let before = level
        var since: Timestamp?
        for gate in LimitLevel.beyond {
            guard let bound = limits.bound(of: gate) else { continue }
            let excess = LimitLevel.high.contains(gate) ? reading.value - bound : bound - reading.value
            if reading.quality == .uncertain, gates[gate]?.isOut == true { continue }
            if let turned = gates[gate]?.observe(excess: excess, at: reading.time, limits: limits) {
                since = min(since ?? turned, turned)
            }
        }
        guard let since, level != before else { return nil }
        return Change(from: before, to: level, since: since)
    }
}
