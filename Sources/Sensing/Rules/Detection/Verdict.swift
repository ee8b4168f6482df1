/// What a detector says of one reading.
struct Verdict: Sendable, Hashable {
    /// The three things it can say.
    enum Kind: String, Sendable, CaseIterable { case calibrating, normal, anomalous }

    /// What it says.
    var kind: Kind
    /// How far the reading is from what was expected, in scales of the residual.
    var score: Double
    /// The calibrated probability that a healthy reading has such a score, or a rarer one.
    var p: Double
    /// The value that was expected, in the series' unit.
    var expected: Double?
    /// The lower edge of the expected band.
    var low: Double?
    /// The upper edge of the expected band.
    var high: Double?
    /// Why it is anomalous; nil unless it is.
    var reason: Reason?
}
