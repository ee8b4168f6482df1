/// Holds back what is learnt from a slow score while that score is so far out that it may be the beginning of a fault.
///
/// Where it comes back by itself, its peak was one of a healthy signal and is given to the tail; where it stays without
/// becoming an anomaly, the doubt ends in time.
struct Doubt: Sendable, Hashable {
    private var run = 0
    private var peak = 0.0

    /// Takes in a score, and says whether to learn nothing from it yet.
    mutating func holds(_ score: Double, against tail: inout TailModel, longest: Int, target: Double) -> Bool {
        guard score > tail.quantile(run > 0 ? 0.01 : 0.001) else {
            if run > 0 { tail.observe(min(peak, 1.5 * tail.quantile(target))) }
            self = Doubt()
            return false
        }
        run += 1
        peak = max(peak, score)
        return run <= longest
    }

    /// Carries the state out or in.
    mutating func exchange(with archive: inout StateArchive) {
        archive.exchange(&run)
        archive.exchange(&peak)
    }
}
