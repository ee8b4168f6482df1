import Record

/// What will be asked for of an item, with how far it may be off, from what was asked for.
///
/// Of several methods that one is taken whose forecasts of the coming days would have been off least on earlier days (rolling
/// origin). How far off it was then gives the quantiles (conformal: Vovk et al.), not an assumption on how demand is spread.
struct Forecast: Sendable {
    let item: String
    /// The method, and how demand comes.
    let method: ForecastMethod
    let pattern: DemandHistory.Pattern
    /// The first day that is forecast: days since 1970-01-01 in Korea.
    let first: Int
    /// How well it would have done.
    let score: ForecastScore
    /// What a day of each weekday brings, Monday first.
    let week: [Double]
    /// What the chosen method would have said after each day, and what came.
    private let past: Past

    /// A forecast, or why there is none.
    enum Answer: Sendable {
        case forecast(Forecast)
        case tooLittle(Words)

        /// The forecast, where there is one.
        var forecast: Forecast? { if case .forecast(let forecast) = self { forecast } else { nil } }
    }

    /// Fewer known days, or fewer days with demand, are too little.
    static let (leastDays, leastHits) = (28, 5)

    /// What it may be off, in the item's unit.
    struct Interval: Sendable, Hashable {
        let mean: Double
        let low: Double
        let high: Double
    }

    /// Forecasts an item.
    /// - Parameters:
    ///   - history: what was asked for, until yesterday.
    ///   - horizon: for how many days ahead methods are compared, 1 to 28.
    static func of(_ history: DemandHistory, horizon: Int = 7) -> Answer {
        let known = history.known
        let hits = known.count { $0 > 0 }
        guard known.count >= leastDays, hits >= leastHits else {
            return .tooLittle(
                Words(
                    "자료가 너무 적습니다: 확인된 날 \(known.count)일, 수요가 있던 날 \(hits)일 (최소 \(leastDays)일과 \(leastHits)일).",
                    "Too little data: \(known.count) known days, \(hits) of them with demand (at least \(leastDays) and "
                        + "\(leastHits))."))
        }
        let ahead = min(max(1, horizon), 28)
        let candidates = ForecastMethod.all.map { Past(history, $0.learn(history), $0) }
        let start = max(14, history.daily.count / 3)
        func off(_ past: Past) -> Double {
            let errors = past.errors(over: ahead, from: start)
            return errors.isEmpty ? .infinity : errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
        }
        let scored = candidates.map { (past: $0, off: off($0)) }
        guard let best = scored.filter({ $0.off.isFinite }).min(by: { $0.off < $1.off }),
            let week = best.past.says.last ?? nil
        else {
            return .tooLittle(Words("자료에 빈 날이 너무 많습니다.", "Too many days of the data are not known."))
        }
        return .forecast(
            Forecast(
                item: history.item, method: best.past.method, pattern: history.pattern, first: history.end,
                score: ForecastScore(best.past, over: ahead, from: start), week: week, past: best.past))
    }

    /// What a day brings.
    func mean(on day: Int) -> Double { week[DemandHistory.weekday(day)] }

    /// What some days bring together, from the first one on.
    func mean(over days: Int) -> Double { (0..<max(0, days)).reduce(0) { $0 + mean(on: first + $1) } }

    /// So much is not exceeded by what some days bring together, in this share of cases.
    /// - Parameters:
    ///   - level: 0 to 1.
    ///   - days: how many, from the first day on.
    func quantile(_ level: Double, over days: Int) -> Double {
        guard days > 0 else { return 0 }
        let errors = past.errors(over: days, from: 14)
        let drawn = errors.count >= 20 ? errors.sorted() : past.bootstrap(over: days).sorted()
        guard !drawn.isEmpty else { return mean(over: days) }
        return max(0, mean(over: days) + Self.conformal(level, drawn))
    }

    /// Where demand of some days lies in 80 of 100 cases.
    func interval(over days: Int) -> Interval {
        Interval(mean: mean(over: days), low: quantile(0.1, over: days), high: quantile(0.9, over: days))
    }

    /// The value below which the next of exchangeable values lies with this chance, of sorted ones.
    static func conformal(_ level: Double, _ sorted: [Double]) -> Double {
        let rank = Int((level * Double(sorted.count + 1)).rounded(.up)) - 1
        return sorted[min(max(0, rank), sorted.count - 1)]
    }

    /// What a method would have said on earlier days, beside what came.
    struct Past: Sendable {
        let history: DemandHistory
        let says: [[Double]?]
        let method: ForecastMethod

        init(_ history: DemandHistory, _ says: [[Double]?], _ method: ForecastMethod) {
            self.history = history
            self.says = says
            self.method = method
        }

        /// What came less what was said, of so many days together, for each day on which it was said.
        func errors(over days: Int, from start: Int) -> [Double] {
            let daily = history.daily
            guard daily.count > days else { return [] }
            return (min(start, daily.count)..<daily.count).compactMap { end -> Double? in
                guard end + days <= daily.count, let week = says[end - 1] else { return nil }
                var error = 0.0
                for ahead in 0..<days {
                    guard let came = daily[end + ahead] else { return nil }
                    error += came - week[DemandHistory.weekday(history.first + end + ahead)]
                }
                return error
            }
        }

        /// Sums of single days' errors drawn at random: for more days than the past is long.
        func bootstrap(over days: Int, draws: Int = 400) -> [Double] {
            let single = errors(over: 1, from: 14)
            guard !single.isEmpty else { return [] }
            var draw = PlanDraw(seed: UInt64(days))
            return (0..<draws).map { _ in (0..<days).reduce(0) { sum, _ in sum + single[draw.below(single.count)] } }
        }
    }
}
