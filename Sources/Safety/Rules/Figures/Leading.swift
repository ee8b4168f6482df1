import District
import Record

/// Leading figures: what is done before anybody comes to harm, each as counts from which it can be checked.
struct Leading: Sendable, Hashable {
    /// Actions done by their first due date, of those that fell due, by band.
    var inTime: [RiskBand: MeasuredShare] = [:]
    /// Controls that somebody saw to work and whose verification has not expired, of all.
    var verified = MeasuredShare(count: 0, total: 0)
    /// Controls that work without anybody's attention (engineering or better), of all.
    var engineered = MeasuredShare(count: 0, total: 0)
    /// Near misses and dangers reported.
    var reports: Int64 = 0
    /// Minutes from a stop of work to its answer, one for each that was answered, in order; and those not answered.
    var answers: [Double] = []
    var unanswered: Int64 = 0
    /// Minutes until everyone was accounted for, one for each drill in which everyone was; and those in which not.
    var accounted: [Double] = []
    var unaccounted: Int64 = 0

    /// Dangers reported for each injury; nil where nobody was hurt, for then there is no such ratio.
    func reportsPerInjury(_ injuries: Int64) -> Double? { injuries > 0 ? Double(reports) / Double(injuries) : nil }

    /// The middle one of values in order; of an even number the mean of both; nil where there is none.
    static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
    }

    /// The range in which the true median lies with at least 95 % confidence, by the order of the values (binomial);
    /// nil for fewer than six values, which settle nothing.
    static func medianInterval(_ values: [Double]) -> Interval? {
        let count = values.count
        guard count >= 6 else { return nil }
        let sorted = values.sorted()
        // The largest rank r with P(B(n, 1/2) < r) at most 2.5 %: from the incomplete beta function.
        var rank = 1
        while rank < count / 2,
            1 - Distribution.beta(Double(rank) + 1, Double(count - rank), 0.5) <= 0.025
        {
            rank += 1
        }
        return Interval(low: sorted[rank - 1], high: sorted[count - rank])
    }
}
