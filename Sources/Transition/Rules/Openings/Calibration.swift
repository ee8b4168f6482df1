/// From what a model says to what comes true: a rising step function, fitted by pooling neighbours that stand the
/// wrong way round (Ayer et al. 1955), on examples that the model has not learnt from.
public struct Calibration: Sendable, Hashable {
    /// From which saying a step begins, and what came true there.
    private let steps: [(from: Double, odds: Double)]

    /// Fits the steps. Each is a share of at least `least` examples, drawn towards the whole by one example's worth,
    /// so that no step says never or always.
    init?(said: [Double], entered: [Bool], least: Int = 200) {
        guard said.count == entered.count, !said.isEmpty else { return nil }
        let order = said.indices.sorted { (said[$0], $0) < (said[$1], $1) }
        let whole = Double(entered.count { $0 }) / Double(entered.count)
        var blocks: [(from: Double, hits: Double, count: Double)] = []
        var at = 0
        while at < order.count {
            let value = said[order[at]]
            var (hits, count) = (0.0, 0.0)
            while at < order.count, said[order[at]] == value {
                hits += entered[order[at]] ? 1 : 0
                count += 1
                at += 1
            }
            blocks.append((value, hits, count))
            while blocks.count > 1 {
                let (one, next) = (blocks[blocks.count - 2], blocks[blocks.count - 1])
                guard one.hits / one.count >= next.hits / next.count else { break }
                blocks.removeLast()
                blocks[blocks.count - 1] = (one.from, one.hits + next.hits, one.count + next.count)
            }
        }
        // The rarest and highest sayings are few: what rests on too little joins the step below it.
        var merged: [(from: Double, hits: Double, count: Double)] = []
        for block in blocks {
            if let last = merged.last, last.count < Double(min(least, said.count / 4)) {
                merged[merged.count - 1] = (last.from, last.hits + block.hits, last.count + block.count)
            } else {
                merged.append(block)
            }
        }
        if merged.count > 1, merged[merged.count - 1].count < Double(min(least, said.count / 4)) {
            let last = merged.removeLast()
            let before = merged[merged.count - 1]
            merged[merged.count - 1] = (before.from, before.hits + last.hits, before.count + last.count)
        }
        steps = merged.map { ($0.from, ($0.hits + whole) / ($0.count + 1)) }
    }

    /// What comes true where a model says so much.
    public func callAsFunction(_ said: Double) -> Double {
        var (low, high) = (0, steps.count)
        while low < high {
            let middle = (low + high) / 2
            if said < steps[middle].from { high = middle } else { low = middle + 1 }
        }
        return steps[max(low - 1, 0)].odds
    }

    /// By its steps.
    public static func == (one: Calibration, other: Calibration) -> Bool {
        one.steps.elementsEqual(other.steps) { $0 == $1 }
    }

    /// By its steps.
    public func hash(into hasher: inout Hasher) {
        for step in steps {
            hasher.combine(step.from)
            hasher.combine(step.odds)
        }
    }
}
