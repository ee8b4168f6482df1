import Foundation

/// The range in which the true value lies with a given confidence.
public struct Interval: Sendable, Hashable {
    /// Its ends.
    public let low: Double, high: Double

    /// A range.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// The confidence of every interval that the pages show.
    public static let usual = 0.95

    /// The exact interval of the mean of a Poisson count (Garwood 1936): quantiles of chi-square with 2k and 2k + 2
    /// degrees of freedom, halved, which are those of a gamma variable of shape k and k + 1.
    public static func poisson(_ count: Int64, confidence: Double = usual) -> Interval {
        let (tail, k) = ((1 - confidence) / 2, Double(max(count, 0)))
        let most = 20 + 2 * k + 20 * (k + 1).squareRoot()
        return Interval(
            low: k == 0
                ? 0 : Distribution.inverse(of: tail, between: 0, and: most) { Distribution.gamma(shape: k, $0) },
            high: Distribution.inverse(of: 1 - tail, between: 0, and: most) {
                Distribution.gamma(shape: k + 1, $0)
            })
    }

    /// The exact interval of a share (Clopper and Pearson 1934); nil where nothing was counted.
    public static func share(_ count: Int64, of total: Int64, confidence: Double = usual) -> Interval? {
        guard total > 0, (0...total).contains(count) else { return nil }
        let (tail, k, n) = ((1 - confidence) / 2, Double(count), Double(total))
        return Interval(
            low: count == 0
                ? 0 : Distribution.inverse(of: tail, between: 0, and: 1) { Distribution.beta(k, n - k + 1, $0) },
            high: count == total
                ? 1 : Distribution.inverse(of: 1 - tail, between: 0, and: 1) { Distribution.beta(k + 1, n - k, $0) })
    }

    /// The same interval in another measure.
    public func scaled(by factor: Double) -> Interval { Interval(low: low * factor, high: high * factor) }
}
