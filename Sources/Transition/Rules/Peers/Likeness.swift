/// Which regions are like each other, and by what.
public enum Likeness: String, Sendable, CaseIterable {
    /// Hellinger distance between shares, √(1 − Σ√(s_p t_p)): 0 alike, 1 nothing in common. Of those tried it changes
    /// least from year to year.
    case hellinger
    /// One less the cosine between shares: large industries decide.
    case cosine
    /// One less sᵀφt / √(sᵀφs · tᵀφt): industries that are near to each other count as partly the same.
    case proximity
}

/// A region that is like another.
public struct Peer: Sendable, Hashable {
    /// Its row.
    public let region: Int
    /// How far it is: between 0 (alike) and 1.
    public let distance: Double
    /// The industries that make the likeness, the weightiest first, with the share of the whole likeness that each
    /// makes.
    public let alike: [Reason]
    /// The industries that keep the two apart, the weightiest first, with the share of the difference.
    public let unlike: [Reason]
    /// The share of industries known in both.
    public let knownShare: Double

    /// An industry that makes two regions alike or unlike.
    public struct Reason: Sendable, Hashable {
        /// Its column.
        public let industry: Int
        /// Its part of what makes the two alike, or of what keeps them apart: between 0 and 1.
        public let part: Double
        /// Its share in the region asked about and in the peer, of what is known in both.
        public let own: Double, theirs: Double
    }
}

/// Finds the regions that are like one.
public struct Peers: Sendable {
    private let matrix: EconomyMatrix
    private let average: [Double]
    /// What is known of each region in all.
    private let known: [Double]
    private let space: IndustrySpace?

    /// - Parameter space: how near industries are, for ``Likeness/proximity``.
    public init(_ matrix: EconomyMatrix, space: IndustrySpace? = nil) {
        self.matrix = matrix
        self.space = space
        let totals = matrix.industryTotals
        let all = totals.reduce(0, +)
        average = totals.map { all > 0 ? $0 / all : 0 }
        known = matrix.regions.indices.map { row in
            matrix.industries.indices.reduce(0) { $0 + (matrix[row, $1] ?? 0) }
        }
    }

    /// The regions nearest to one, the nearest first; ties in the order of the rows. Two regions are held against each
    /// other by the industries that are known in both, of which they must share at least a tenth, and in which at least half
    /// of what is known of each lies: what is hidden of a region must not make it like another.
    public func nearest(to region: Int, by likeness: Likeness = .hellinger, count: Int = 10) -> [Peer] {
        var found: [(region: Int, distance: Double)] = []
        for other in matrix.regions.indices where other != region {
            guard let pair = pair(region, other), let distance = distance(pair, likeness) else { continue }
            found.append((other, distance))
        }
        found.sort { ($0.distance, $0.region) < ($1.distance, $1.region) }
        return found.prefix(count).compactMap { one in
            pair(region, one.region).map { explain($0, one.region, one.distance) }
        }
    }

    /// The shares of two regions, industry by industry.
    private struct Pair {
        var industries: [Int] = []
        var own: [Double] = []
        var theirs: [Double] = []
    }

    private func pair(_ one: Int, _ other: Int) -> Pair? {
        var pair = Pair()
        for industry in matrix.industries.indices {
            guard let a = matrix[one, industry], let b = matrix[other, industry] else { continue }
            pair.industries.append(industry)
            pair.own.append(a)
            pair.theirs.append(b)
        }
        let (a, b) = (pair.own.reduce(0, +), pair.theirs.reduce(0, +))
        guard a > 0, b > 0, pair.industries.count * 10 >= matrix.industries.count, a * 2 >= known[one],
            b * 2 >= known[other]
        else { return nil }
        for index in pair.own.indices {
            pair.own[index] /= a
            pair.theirs[index] /= b
        }
        return pair
    }

    private func distance(_ pair: Pair, _ likeness: Likeness) -> Double? {
        switch likeness {
        case .hellinger:
            let common = zip(pair.own, pair.theirs).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }
            return max(0, 1 - common).squareRoot()
        case .cosine:
            let (ab, aa, bb) = zip(pair.own, pair.theirs).reduce((0.0, 0.0, 0.0)) {
                ($0.0 + $1.0 * $1.1, $0.1 + $1.0 * $1.0, $0.2 + $1.1 * $1.1)
            }
            return max(0, 1 - ab / (aa * bb).squareRoot())
        case .proximity:
            guard let space else { return nil }
            var (ab, aa, bb) = (0.0, 0.0, 0.0)
            for (row, one) in pair.industries.enumerated() where pair.own[row] > 0 || pair.theirs[row] > 0 {
                // What is near to this industry here and there.
                var (here, there) = (0.0, 0.0)
                for (column, other) in pair.industries.enumerated() {
                    let near = space[one, other]
                    here += near * pair.own[column]
                    there += near * pair.theirs[column]
                }
                ab += pair.own[row] * there
                aa += pair.own[row] * here
                bb += pair.theirs[row] * there
            }
            return aa > 0 && bb > 0 ? max(0, 1 - ab / (aa * bb).squareRoot()) : nil
        }
    }

    /// What makes two regions alike is first what both have more of than everybody has.
    private func explain(_ pair: Pair, _ other: Int, _ distance: Double) -> Peer {
        var (alike, unlike): ([Peer.Reason], [Peer.Reason]) = ([], [])
        let common = zip(pair.own, pair.theirs).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }
        let apart = zip(pair.own, pair.theirs).reduce(0) {
            let gap = $1.0.squareRoot() - $1.1.squareRoot()
            return $0 + gap * gap
        }
        for (index, industry) in pair.industries.enumerated() {
            let (own, theirs) = (pair.own[index], pair.theirs[index])
            let gap = own.squareRoot() - theirs.squareRoot()
            let near = min(own, theirs) > average[industry] && common > 0 ? (own * theirs).squareRoot() / common : 0
            let far = apart > 0 ? gap * gap / apart : 0
            // An industry speaks for one side alone: the one to which it gives more.
            if near > 0, near >= far {
                alike.append(.init(industry: industry, part: near, own: own, theirs: theirs))
            } else if far > 0 {
                unlike.append(.init(industry: industry, part: far, own: own, theirs: theirs))
            }
        }
        func first(_ reasons: [Peer.Reason]) -> [Peer.Reason] {
            Array(reasons.sorted { (-$0.part, $0.industry) < (-$1.part, $1.industry) }.prefix(5))
        }
        return Peer(
            region: other, distance: distance, alike: first(alike), unlike: first(unlike),
            knownShare: Double(pair.industries.count) / Double(max(matrix.industries.count, 1)))
    }
}
