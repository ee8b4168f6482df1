import Foundation

/// A sequential test for a drop of the share of what is kept: Page's cumulative sum of log likelihood ratios (Page 1954)
/// of “kept with the base rate less the drop” against “kept with the base rate”. It starts again at zero whenever
/// nothing speaks for a drop, so that a drop is found whenever it begins.
///
/// Without a drop, the probability of crossing the threshold h in a bounded number of turns falls as e⁻ʰ; so where m
/// groups are watched at once the threshold grows by ln m, and the probability of any false flag stays what it was.
struct DropTest: Sendable, Hashable {
    /// How large a drop is to be found, as a share (0.1 is ten points).
    let drop: Double
    /// The threshold for a single test, in nats.
    let threshold: Double
    /// By how many standard errors the estimated base rate is lowered, since it is an estimate.
    let margin: Double

    /// The base rate to test against, where `kept` of `seen` are its estimate.
    func base(kept: Int64, seen: Int64) -> Double {
        let estimate = (Double(kept) + 1) / (Double(seen) + 2)
        let error = (estimate * (1 - estimate) / Double(max(seen, 1))).squareRoot()
        // Near the ends a logarithm would be without bound.
        return min(max(estimate - margin * error, drop + 0.05), 0.99)
    }

    /// The score after one more turn.
    func advanced(_ score: Double, isKept: Bool, base: Double) -> Double {
        let dropped = base - drop
        let step = isKept ? log(dropped / base) : log((1 - dropped) / (1 - base))
        return max(0, score + step)
    }

    /// Whether a score speaks for a drop, where so many are tested at once.
    func isCrossed(_ score: Double, tests: Int) -> Bool { score >= threshold + log(Double(max(tests, 1))) }
}
