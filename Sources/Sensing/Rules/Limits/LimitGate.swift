import Record

/// One limit of a series: whether its value counts as beyond it.
struct LimitGate: Sendable, Hashable {
    /// Whether the value counts as beyond the limit.
    private(set) var isOut: Bool
    /// Since when the value has been on the other side of what counts.
    private(set) var turned: Timestamp?

    init(isOut: Bool = false) { self.isOut = isOut }

    /// Takes in a value's excess: how far it lies beyond the limit, negative within.
    /// - Returns: since when the value has lain there, where it now counts as gone to the other side.
    mutating func observe(excess: Double, at time: Timestamp, limits: Limits) -> Timestamp? {
        let isBeyond = excess > (isOut ? -limits.deadband : 0)
        guard isBeyond != isOut else {
            turned = nil
            return nil
        }
        let since = turned ?? time
        turned = since
        guard time.seconds(since: since) >= (isBeyond ? limits.onDelay : limits.offDelay) else { return nil }
        (isOut, turned) = (isBeyond, nil)
        return since
    }
}
