import Record

/// Keeps a dialogue from waiting for an engine that is ill: after a few failures in a row it is left alone for a while,
/// then tried once.
struct EngineBreaker: Sendable, Hashable {
    /// So many failures in a row are enough.
    static let patience = 3
    /// How long it is left alone, in seconds.
    static let rest = 30.0
    /// How many may ask at once.
    static let crowd = 16

    private var failures = 0
    private var until: Timestamp?
    private var asking = 0

    /// Whether one more may ask now; whoever may must say how it went.
    mutating func enter(at now: Timestamp) -> Bool {
        guard asking < Self.crowd else { return false }
        if let until {
            guard now >= until else { return false }
            // One tries; the others wait for what comes of it.
            self.until = now.advanced(bySeconds: Self.rest)
        }
        asking += 1
        return true
    }

    /// How it went.
    mutating func leave(_ wentWell: Bool, at now: Timestamp) {
        asking -= 1
        guard !wentWell else {
            (failures, until) = (0, nil)
            return
        }
        failures += 1
        if failures >= Self.patience { until = now.advanced(bySeconds: Self.rest) }
    }
}
