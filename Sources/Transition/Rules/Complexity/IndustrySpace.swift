/// How near industries are to each other, by the regions that are specialised in both.
///
/// Proximity (Hidalgo, Klinger, Barabási, Hausmann 2007): φ_pq = U_pq / max(k_p, k_q), U = MᵀM; between 0 and 1. An
/// industry in which no region is specialised is near to none, itself included.
public struct IndustrySpace: Sendable {
    /// How many industries there are.
    public let count: Int
    /// φ row by row, with the diagonal at 1 wherever an industry has any region.
    public let proximity: [Double]

    /// The space of the industries of an economy.
    public init(_ specialisation: Specialisation, threads: Int = 2) {
        let (ubiquity, turned) = (specialisation.ubiquity, specialisation.present.transposed())
        count = ubiquity.count
        let width = count
        proximity = Lanes.rows(width, width: width, threads: threads) { row, out in
            for column in 0..<width {
                let most = max(ubiquity[row], ubiquity[column])
                out[column] = most == 0 ? 0 : Double(turned.overlap(row, column)) / Double(most)
            }
        }
    }

    /// How near two industries are.
    public subscript(one: Int, other: Int) -> Double { proximity[one * count + other] }

    /// What each column adds up to.
    var columnSums: [Double] {
        var sums = [Double](repeating: 0, count: count)
        for row in 0..<count {
            for column in 0..<count { sums[column] += proximity[row * count + column] }
        }
        return sums
    }

    /// A way between two industries, as a network draws it.
    public struct Link: Sendable, Hashable {
        /// The industries, the earlier one first.
        public let one: Int, other: Int
        /// How near they are.
        public let proximity: Double
    }

    /// The backbone of the space: a spanning tree of the nearest links (Kruskal, ties in the order of the industries),
    /// and every link beside it that is at least as near as `alsoFrom`. This is how Hidalgo et al. 2007 made theirs
    /// readable.
    public func backbone(alsoFrom least: Double = 0.55) -> [Link] {
        var links: [Link] = []
        for one in 0..<count {
            for other in one + 1..<max(count, one + 1) where self[one, other] > 0 {
                links.append(Link(one: one, other: other, proximity: self[one, other]))
            }
        }
        links.sort { ($1.proximity, $0.one, $0.other) < ($0.proximity, $1.one, $1.other) }
        var group = Array(0..<count)
        func root(_ industry: Int) -> Int {
            var at = industry
            while group[at] != at {
                group[at] = group[group[at]]
                at = group[at]
            }
            return at
        }
        return links.filter { link in
            let (a, b) = (root(link.one), root(link.other))
            if a != b {
                group[max(a, b)] = min(a, b)
                return true
            }
            return link.proximity >= least
        }
    }
}
