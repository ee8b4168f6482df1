/// How well a forecast would have done on days that it did not know yet.
struct ForecastScore: Sendable, Hashable {
    /// How far a day was off, as a part of how far last week's same day was off (MASE: Hyndman and Koehler 2006); below 1 it is
    /// better than that. Nil where demand never changed.
    let mase: Double?
    /// The pinball loss of the quantiles of 10, 50 and 90 %, of the days compared together, a mean; in the item's unit.
    let pinball: Double
    /// How often what came lay between the quantiles of 10 and 90 %; nil where too few days tell.
    let coverage: Double?
    /// On how many earlier days it was tried.
    let trials: Int

    init(_ past: Forecast.Past, over days: Int, from start: Int) {
        let daily = past.history.daily
        let single = past.errors(over: 1, from: start)
        let naive = (7..<max(7, daily.count)).compactMap { day -> Double? in
            guard let now = daily[day], let then = daily[day - 7] else { return nil }
            return abs(now - then)
        }
        let scale = naive.isEmpty ? 0 : naive.reduce(0, +) / Double(naive.count)
        mase = scale > 0 && !single.isEmpty ? single.reduce(0) { $0 + abs($1) } / Double(single.count) / scale : nil
        let errors = past.errors(over: days, from: start)
        trials = errors.count
        // The quantiles of each day come from the errors of the days before it alone.
        let known = max(10, errors.count / 2)
        var (loss, inside, count) = (0.0, 0, 0)
        for index in known..<max(known, errors.count) {
            // What began within the last days had not come yet.
            let seen = errors.prefix(max(1, index - days + 1)).sorted()
            let error = errors[index]
            for level in [0.1, 0.5, 0.9] { loss += Self.pinball(level, error - Forecast.conformal(level, seen)) / 3 }
            if (Forecast.conformal(0.1, seen)...Forecast.conformal(0.9, seen)).contains(error) { inside += 1 }
            count += 1
        }
        pinball =
            count > 0
            ? loss / Double(count)
            : errors.isEmpty ? 0 : errors.reduce(0) { $0 + abs($1) / 2 } / Double(errors.count)
        coverage = count >= 10 ? Double(inside) / Double(count) : nil
    }

    /// What a quantile costs that was off by so much (what came less the quantile).
    static func pinball(_ level: Double, _ off: Double) -> Double { off >= 0 ? level * off : (level - 1) * off }
}
