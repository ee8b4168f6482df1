import District
import Record

/// One look forward at a centre's items: what will be asked for, and what should be ordered for it.
struct DemandLook: Sendable {
    /// An item with all that is known of it.
    struct Known: Sendable {
        var item: Item
        /// What was asked for, day by day, until yesterday.
        var past: [(day: Int, quantity: Double)]
        var supply: Replenishment.Supply
    }

    /// An item, as it is seen.
    struct Seen: Sendable {
        let item: String
        let forecast: Forecast.Answer
        let proposal: Replenishment
    }

    /// How many days of the past count.
    static let past = 180
    /// For how many days ahead a look is judged.
    static let ahead = 7

    /// Looks forward.
    /// - Parameters:
    ///   - mayForecast: whether the use of AI stands; where not, only reorder points speak.
    static func look(_ known: [Known], on today: KoreanDay, mayForecast: Bool) -> [Seen] {
        let day = Int(today.number)
        return known.map { known in
            // Days before the first order of an item are not zeros: it may not have been sold yet.
            let first = max(known.past.map(\.day).min() ?? day - 1, day - past)
            let history = DemandHistory(
                known.item.code, known.past.filter { $0.day >= first && $0.day < day },
                days: min(first, day - 1)...(day - 1))
            let answer: Forecast.Answer =
                mayForecast
                ? Forecast.of(history, horizon: ahead)
                : .tooLittle(Words("수요 예측을 쓰지 않는 중입니다.", "Demand is not forecast at present."))
            let proposal =
                switch answer {
                case .forecast(let forecast): Replenishment.proposal(forecast, known.supply)
                case .tooLittle(let why):
                    Replenishment.proposal(
                        known.item.code, tooLittle: why, reorder: known.item.reorder, today: day, known.supply)
                }
            return Seen(item: known.item.code, forecast: answer, proposal: proposal)
        }
    }

    /// As the Record carries a forecast.
    static func json(_ seen: Seen) -> JSON {
        guard let forecast = seen.forecast.forecast else { return ["item": .string(seen.item)] }
        let range = forecast.interval(over: ahead)
        var members: [String: JSON] = [
            "item": .string(seen.item), "method": .string(forecast.method.name),
            "pattern": .string(forecast.pattern.rawValue), "mean": .number(rounded(range.mean)),
            "low": .number(rounded(range.low)), "high": .number(rounded(range.high)),
            "pinball": .number(rounded(forecast.score.pinball)),
        ]
        if let mase = forecast.score.mase { members["mase"] = .number(rounded(mase)) }
        if let coverage = forecast.score.coverage { members["coverage"] = .number(rounded(coverage)) }
        return .object(members)
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

/// How good looks forward really were, once their days are over.
struct DemandAccuracy: Sendable, Hashable {
    /// How many looks at single items are over.
    let count: Int
    /// How far they were off on the whole, as a part of all that came (weighted absolute percentage error); nil where nothing came.
    let error: Double?
    /// How often what came lay within the range of 80 in 100; nil where nothing is over.
    let within: Double?

    init(_ outcomes: [(range: Forecast.Interval, came: Int64)]) {
        count = outcomes.count
        let (off, all) = outcomes.reduce(into: (0.0, 0.0)) { sum, one in
            sum.0 += abs(one.range.mean - Double(one.came))
            sum.1 += Double(one.came)
        }
        error = all > 0 ? off / all : nil
        let inside = outcomes.count { $0.range.low <= Double($0.came) && Double($0.came) <= $0.range.high }
        within = count > 0 ? Double(inside) / Double(count) : nil
    }
}
