import Foundation

/// A small sum of decision trees that gives the odds of an entry: gradient boosting of the logistic loss (Friedman
/// 2001) by second order steps over features cut into bins. No draw is made: the same examples give the same trees.
struct BoostedTrees: Sendable {
    /// How it learns.
    struct Settings: Sendable {
        /// How many trees, and how many cuts deep each is.
        var trees = 60
        var depth = 3
        /// How much of each step is taken.
        var rate = 0.12
        /// What holds a leaf back whose examples are few: examples' worth of doubt, and the least number of examples.
        var doubt = 10.0
        var least = 50
    }

    /// A node asks whether a feature's bin is at most `bin`; a leaf says its value.
    private struct Node: Sendable {
        var feature = -1
        var bin: UInt8 = 0
        var left = 0, right = 0
        var value = 0.0
    }

    private static let most = 200
    private var cuts: [[Float]]
    private var base = 0.0
    private var trees: [[Node]] = []

    /// Learns from cells of which is known whether they were entered.
    /// - Returns: nil where none of them was entered, or all were.
    init?(_ examples: Examples, _ settings: Settings = Settings()) {
        let hits = examples.entered.count { $0 }
        guard hits > 0, hits < examples.count else { return nil }
        cuts = examples.features.map(Self.cuts)
        let bins = Self.bins(examples.features, cuts)
        let share = Double(hits) / Double(examples.count)
        base = log(share / (1 - share))
        var scores = [Double](repeating: base, count: examples.count)
        var (slope, curve) = (scores, scores)
        for _ in 0..<settings.trees {
            for index in scores.indices {
                let odds = 1 / (1 + exp(-scores[index]))
                slope[index] = (examples.entered[index] ? 1 : 0) - odds
                curve[index] = max(odds * (1 - odds), 1e-9)
            }
            var leafOf = [Int32](repeating: 0, count: examples.count)
            var tree = [Node()]
            var growing = [0]
            for level in 0...settings.depth {
                growing = Self.grow(
                    &tree, growing, &leafOf, bins, slope, curve, settings, isLast: level == settings.depth)
                if growing.isEmpty { break }
            }
            for index in scores.indices { scores[index] += tree[Int(leafOf[index])].value }
            trees.append(tree)
        }
    }

    /// The odds of each cell's entry, as the trees see them: calibrate them before anybody is told.
    func odds(of examples: Examples) -> [Double] {
        let bins = Self.bins(examples.features, cuts)
        return examples.cells.indices.map { index in
            var score = base
            for tree in trees {
                var at = 0
                while tree[at].feature >= 0 {
                    at = bins[tree[at].feature][index] <= tree[at].bin ? tree[at].left : tree[at].right
                }
                score += tree[at].value
            }
            return 1 / (1 + exp(-score))
        }
    }

    /// Splits the nodes of a level where that helps most, or makes leaves of them.
    /// - Returns: the nodes of the next level.
    private static func grow(
        _ tree: inout [Node], _ level: [Int], _ leafOf: inout [Int32], _ bins: [[UInt8]], _ slope: [Double],
        _ curve: [Double], _ settings: Settings, isLast: Bool
    ) -> [Int] {
        let place = Dictionary(uniqueKeysWithValues: level.enumerated().map { (Int32($1), $0) })
        var slots = [Int32](repeating: -1, count: tree.count)
        for (node, slot) in place { slots[Int(node)] = Int32(slot) }
        var sums = [(slope: Double, curve: Double)](repeating: (0, 0), count: level.count)
        for index in leafOf.indices {
            let slot = slots[Int(leafOf[index])]
            guard slot >= 0 else { continue }
            sums[Int(slot)].slope += slope[index]
            sums[Int(slot)].curve += curve[index]
        }
        for (slot, node) in level.enumerated() {
            tree[node].value = settings.rate * sums[slot].slope / (sums[slot].curve + settings.doubt * 0.1)
        }
        guard !isLast else { return [] }
        var best = [(gain: Double, feature: Int, bin: Int)](repeating: (1e-6, -1, 0), count: level.count)
        for (feature, column) in bins.enumerated() {
            var table = [(slope: Double, curve: Double, count: Int)](
                repeating: (0, 0, 0), count: level.count * 256)
            for index in leafOf.indices {
                let slot = slots[Int(leafOf[index])]
                guard slot >= 0 else { continue }
                let at = Int(slot) << 8 + Int(column[index])
                table[at].slope += slope[index]
                table[at].curve += curve[index]
                table[at].count += 1
            }
            for slot in level.indices {
                let whole = sums[slot]
                let all = table[slot << 8..<(slot + 1) << 8].reduce(0) { $0 + $1.count }
                var (leftSlope, leftCurve, leftCount) = (0.0, 0.0, 0)
                for bin in 0..<255 {
                    let entry = table[slot << 8 + bin]
                    guard entry.count > 0 else { continue }
                    leftSlope += entry.slope
                    leftCurve += entry.curve
                    leftCount += entry.count
                    guard leftCount >= settings.least, all - leftCount >= settings.least else { continue }
                    let (restSlope, restCurve) = (whole.slope - leftSlope, whole.curve - leftCurve)
                    let doubt = settings.doubt * 0.1
                    let gain =
                        leftSlope * leftSlope / (leftCurve + doubt) + restSlope * restSlope / (restCurve + doubt)
                        - whole.slope * whole.slope / (whole.curve + doubt)
                    if gain > best[slot].gain { best[slot] = (gain, feature, bin) }
                }
            }
        }
        var next: [Int] = []
        for (slot, node) in level.enumerated() where best[slot].feature >= 0 {
            tree[node].feature = best[slot].feature
            tree[node].bin = UInt8(best[slot].bin)
            tree[node].left = tree.count
            tree[node].right = tree.count + 1
            next += [tree.count, tree.count + 1]
            tree += [Node(), Node()]
        }
        guard !next.isEmpty else { return [] }
        for index in leafOf.indices {
            let node = tree[Int(leafOf[index])]
            guard node.feature >= 0 else { continue }
            leafOf[index] = Int32(bins[node.feature][index] <= node.bin ? node.left : node.right)
        }
        return next
    }

    /// Where a feature is cut, so that each bin has about as many examples.
    private static func cuts(_ feature: [Float]) -> [Float] {
        let sorted = feature.filter { !$0.isNaN }.sorted()
        guard !sorted.isEmpty else { return [] }
        var cuts: [Float] = []
        for part in 1..<most {
            let cut = sorted[min(part * sorted.count / most, sorted.count - 1)]
            if cut != cuts.last { cuts.append(cut) }
        }
        return cuts
    }

    /// Which bin each example falls into; what is unknown has the first for itself.
    private static func bins(_ features: [[Float]], _ cuts: [[Float]]) -> [[UInt8]] {
        zip(features, cuts).map { feature, cuts in
            feature.map { value in
                guard !value.isNaN else { return 0 }
                var (low, high) = (0, cuts.count)
                while low < high {
                    let middle = (low + high) / 2
                    if value < cuts[middle] { high = middle } else { low = middle + 1 }
                }
                return UInt8(low + 1)
            }
        }
    }
}
