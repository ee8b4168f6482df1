public import District

/// How well a ranking found what came true: never by one number alone, and always beside the null model.
public struct RankScore: Sendable, Hashable {
    /// Average precision: the mean, over all entries, of the precision at the place where each stands.
    public let averagePrecision: Double
    /// Of the first k, how many were entered.
    public let first: [First]
    /// How many cells were ranked, and how many of them were entered.
    public let count: Int, entered: Int

    /// The first so many of a ranking.
    public struct First: Sendable, Hashable {
        /// How many.
        public let count: Int
        /// How many of them were entered.
        public let entered: Int

        /// Precision at k.
        public var precision: Double { count == 0 ? 0 : Double(entered) / Double(count) }
        /// Its exact interval of 95 %.
        public var interval: Interval? { Interval.share(Int64(entered), of: Int64(count)) }
    }

    /// The share of all cells that were entered: what a ranking by lot finds.
    public var base: Double { count == 0 ? 0 : Double(entered) / Double(count) }

    /// The places looked at, as far as there are as many cells.
    public static let places = [10, 100, 1000]

    /// - Parameters:
    ///   - scores: a higher one is likelier; of cells with the same score none is put first: they share their places.
    ///   - entered: whether each was entered.
    public init(_ scores: [Double], _ entered: [Bool]) {
        let groups = Self.groups(scores, entered)
        (count, self.entered) = (scores.count, entered.count { $0 })
        averagePrecision = Self.averagePrecision(groups.map { ($0.hits, $0.count) })
        first = Self.places.filter { $0 <= scores.count }.map { place in
            var (left, hits) = (place, 0.0)
            for group in groups where left > 0 {
                let taken = min(left, group.count)
                hits += Double(group.hits) * Double(taken) / Double(group.count)
                left -= taken
            }
            return First(count: place, entered: Int(hits.rounded()))
        }
    }

    /// Cells that have one score, the highest first.
    private static func groups(_ scores: [Double], _ entered: [Bool]) -> [(hits: Int, count: Int)] {
        let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        var groups: [(hits: Int, count: Int)] = []
        var last: Double?
        for index in order {
            if scores[index] != last { groups.append((0, 0)) }
            last = scores[index]
            groups[groups.count - 1].count += 1
            if entered[index] { groups[groups.count - 1].hits += 1 }
        }
        return groups
    }

    /// Average precision over groups that share a place: precision at a group's end, weighed by its hits.
    private static func averagePrecision(_ groups: [(hits: Int, count: Int)]) -> Double {
        var (seen, hits, sum) = (0, 0, 0.0)
        for group in groups {
            seen += group.count
            hits += group.hits
            sum += Double(group.hits) * Double(hits) / Double(seen)
        }
        return hits == 0 ? 0 : sum / Double(hits)
    }

    /// How much better a ranking is than another: the ratio of the average precisions, with an interval of 95 % over
    /// 200 draws of the regions (bootstrap, percentiles; the same draws for both, and at every run).
    public static func lift(
        _ scores: [Double], over null: [Double], _ entered: [Bool], cells: [Int], industries: Int, draws: Int = 200
    ) -> (value: Double, interval: Interval)? {
        let regions = cells.map { $0 / industries }
        let most = (regions.max() ?? 0) + 1
        let orders = [scores, null].map { list in list.indices.sorted { (-list[$0], $0) < (-list[$1], $1) } }
        func ratio(_ weights: [Int]) -> Double? {
            let found = zip(orders, [scores, null]).map { order, list in
                var groups: [(hits: Int, count: Int)] = []
                var last: Double?
                for index in order {
                    let weight = weights[regions[index]]
                    guard weight > 0 else { continue }
                    if list[index] != last { groups.append((0, 0)) }
                    last = list[index]
                    groups[groups.count - 1].count += weight
                    if entered[index] { groups[groups.count - 1].hits += weight }
                }
                return averagePrecision(groups)
            }
            return found[1] > 0 ? found[0] / found[1] : nil
        }
        guard let value = ratio([Int](repeating: 1, count: most)) else { return nil }
        let present = Set(regions).sorted()
        var draw = SeededDraw(seed: 95)
        var ratios: [Double] = []
        for _ in 0..<draws {
            var weights = [Int](repeating: 0, count: most)
            for _ in present { weights[present[draw.below(present.count)]] += 1 }
            if let ratio = ratio(weights) { ratios.append(ratio) }
        }
        ratios.sort()
        guard ratios.count > 20 else { return nil }
        let tail = ratios.count / 40
        return (value, Interval(low: ratios[tail], high: ratios[ratios.count - 1 - tail]))
    }

    /// The rank of each score between 0 (lowest) and 1; equal scores share the mean.
    static func ranks(_ scores: [Double]) -> [Double] {
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        var ranks = [Double](repeating: 0, count: scores.count)
        var at = 0
        while at < order.count {
            var end = at
            while end < order.count, scores[order[end]] == scores[order[at]] { end += 1 }
            let rank = Double(at + end - 1) / 2 / Double(max(scores.count - 1, 1))
            for place in at..<end { ranks[order[place]] = rank }
            at = end
        }
        return ranks
    }
}
