/// What was asked for of an item, day by day without a gap.
struct DemandHistory: Sendable, Hashable {
    /// The item's code.
    let item: String
    /// The first day: days since 1970-01-01, as Korea counts them.
    let first: Int
    /// How much each day, in the item's unit; nil where nobody knows (closed, or nothing left to sell), which is not zero.
    let daily: [Double?]

    init(_ item: String, first: Int, daily: [Double?]) {
        self.item = item
        self.first = first
        self.daily = daily
    }

    /// From single quantities: days between the first and the last without any are zero.
    /// - Parameters:
    ///   - quantities: the day and how much; a day may come more than once.
    ///   - days: from when to when; both count.
    ///   - unknown: days on which nothing could be sold.
    init(_ item: String, _ quantities: [(day: Int, quantity: Double)], days: ClosedRange<Int>, unknown: Set<Int> = []) {
        var sums: [Int: Double] = [:]
        for (day, quantity) in quantities { sums[day, default: 0] += quantity }
        self.init(item, first: days.lowerBound, daily: days.map { unknown.contains($0) ? nil : sums[$0] ?? 0 })
    }

    /// The first day after it.
    var end: Int { first + daily.count }
    /// The days that are known.
    var known: [Double] { daily.compactMap { $0 } }

    /// Monday is 0: the first of January 1970 was a Thursday.
    static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

    /// How demand comes (Syntetos, Boylan and Croston 2005): how many days lie between two days with demand, and how much
    /// quantities differ.
    var pattern: Pattern {
        let sizes = known.filter { $0 > 0 }
        guard !sizes.isEmpty else { return .none }
        let mean = sizes.reduce(0, +) / Double(sizes.count)
        let spread = sizes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sizes.count) / (mean * mean)
        let interval = Double(known.count) / Double(sizes.count)
        return switch (interval < 1.32, spread < 0.49) {
        case (true, true): .smooth
        case (true, false): .erratic
        case (false, true): .intermittent
        case (false, false): .lumpy
        }
    }

    enum Pattern: String, Sendable, Hashable, CaseIterable {
        case none, smooth, erratic, intermittent, lumpy
    }
}
