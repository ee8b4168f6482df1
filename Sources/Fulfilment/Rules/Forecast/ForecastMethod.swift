/// A way to tell tomorrow's demand from the days until today. Each learns day by day, so that what it would have said on any
/// earlier day is known.
enum ForecastMethod: Sendable, Hashable {
    /// The mean of all days.
    case mean
    /// Exponential smoothing, with how much of a new day.
    case smooth(Double)
    /// Smoothing of each weekday by itself.
    case weekday(Double)
    /// A level and what each weekday adds to it, both smoothed (Holt and Winters, additive, without trend).
    case level(Double, Double)
    /// Sizes and intervals smoothed apart (Croston 1972).
    case croston(Double)
    /// The same without its bias (Syntetos and Boylan 2005).
    case sba(Double)
    /// Sizes and the chance of a demand smoothed apart, so that an item that nobody wants any more fades (Teunter, Syntetos and
    /// Babai 2011).
    case tsb(Double, Double)

    /// Those that are tried.
    static let all: [ForecastMethod] =
        [.mean] + [0.05, 0.1, 0.2, 0.4].map { .smooth($0) } + [0.1, 0.2, 0.35].map { .weekday($0) }
        + [(0.05, 0.05), (0.1, 0.1), (0.2, 0.1)].map { .level($0.0, $0.1) } + [0.1, 0.2].map { .croston($0) }
        + [0.1, 0.2].map { .sba($0) } + [(0.1, 0.05), (0.2, 0.1)].map { .tsb($0.0, $0.1) }

    /// What it is called in records.
    var name: String {
        switch self {
        case .mean: "mean"
        case .smooth: "smoothing"
        case .weekday: "weekday"
        case .level: "level-and-weekday"
        case .croston: "croston"
        case .sba: "sba"
        case .tsb: "tsb"
        }
    }

    /// What it says after each day for each weekday (Monday first), from the day on which it knows enough; nil before.
    func learn(_ history: DemandHistory) -> [[Double]?] {
        var state = State(method: self)
        return history.daily.enumerated().map { index, quantity in
            if let quantity { state.see(quantity, DemandHistory.weekday(history.first + index)) }
            return state.says
        }
    }

    /// What a method has learnt.
    private struct State {
        let method: ForecastMethod
        var days = 0
        var level = 0.0
        var week = [Double](repeating: 0, count: 7)
        var seen = [Int](repeating: 0, count: 7)
        var size = 0.0
        var interval = 1.0
        var chance = 0.0
        var since = 1
        var hits = 0

        mutating func see(_ quantity: Double, _ weekday: Int) {
            days += 1
            seen[weekday] += 1
            switch method {
            case .mean: level += (quantity - level) / Double(days)
            case .smooth(let share): level += (quantity - level) * max(share, 1 / Double(days))
            case .weekday(let share):
                week[weekday] += (quantity - week[weekday]) * max(share, 1 / Double(seen[weekday]))
            case .level(let share, let other):
                let without = quantity - week[weekday]
                level += (without - level) * max(share, 1 / Double(days))
                week[weekday] += (quantity - level - week[weekday]) * max(other, 1 / Double(seen[weekday] + 1))
            case .croston(let share), .sba(let share): intermittent(quantity, share, share)
            case .tsb(let share, let other): intermittent(quantity, share, other)
            }
        }

        private mutating func intermittent(_ quantity: Double, _ share: Double, _ other: Double) {
            let isHit = quantity > 0
            chance += ((isHit ? 1 : 0) - chance) * max(other, 1 / Double(days))
            if isHit {
                hits += 1
                size += (quantity - size) * max(share, 1 / Double(hits))
                interval += (Double(since) - interval) * max(share, 1 / Double(hits))
                since = 1
            } else {
                since += 1
            }
        }

        var says: [Double]? {
            guard days >= 7 else { return nil }
            switch method {
            case .mean, .smooth: return [Double](repeating: max(0, level), count: 7)
            case .weekday: return seen.contains(0) ? nil : week.map { max(0, $0) }
            case .level: return seen.contains(0) ? nil : week.map { max(0, level + $0) }
            case .croston: return hits > 1 ? [Double](repeating: size / interval, count: 7) : nil
            case .sba(let share):
                return hits > 1 ? [Double](repeating: (1 - share / 2) * size / interval, count: 7) : nil
            case .tsb: return hits > 1 ? [Double](repeating: chance * size, count: 7) : nil
            }
        }
    }
}
