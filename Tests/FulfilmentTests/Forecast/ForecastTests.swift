import Record
import Testing

@testable import Fulfilment

@Suite struct ForecastTests {
    /// 2026-01-05, a Monday.
    static let monday = 20_458

    static func history(_ days: Int, seed: UInt64 = 1, _ of: (Int, inout PlanDraw) -> Double?) -> DemandHistory {
        var draw = PlanDraw(seed: seed)
        return DemandHistory("item", first: monday, daily: (0..<days).map { of($0, &draw) })
    }

    static func week(_ days: Int = 140, seed: UInt64 = 1) -> DemandHistory {
        history(days, seed: seed) { day, draw in
            Double([40, 42, 44, 46, 60, 10, 5][day % 7] + draw.below(9) - 4)
        }
    }

    @Test func mondayIsZero() {
        #expect(DemandHistory.weekday(0) == 3)
        #expect(DemandHistory.weekday(Self.monday) == 0 && DemandHistory.weekday(-3) == 0)
    }

    @Test func quantitiesOfADayAreAddedAndGapsAreZeroButTheUnknownIsNot() {
        let history = DemandHistory("a", [(10, 2), (12, 1), (10, 3)], days: 10...13, unknown: [13])
        #expect(history.daily == [5, 0, 1, nil] && history.end == 14)
    }

    @Test("a week's shape is found, and it is better than last week's same day")
    func seasonal() throws {
        let forecast = try #require(Forecast.of(Self.week()).forecast)
        #expect(["weekday", "level-and-weekday"].contains(forecast.method.name))
        #expect(
            abs(forecast.mean(on: forecast.first + 4) - 60) < 4 && abs(forecast.mean(on: forecast.first + 6) - 5) < 4)
        #expect(try #require(forecast.score.mase) < 0.9)
        #expect(abs(forecast.mean(over: 7) - 247) < 12)
        #expect(forecast.pattern == .smooth)
    }

    @Test("quantiles keep their order and hold about as often as they say")
    func quantiles() throws {
        var (inside, count, coverage) = (0, 0, 0.0)
        for seed in 1...12 as ClosedRange<UInt64> {
            let whole = Self.week(112, seed: seed)
            let history = DemandHistory("item", first: whole.first, daily: Array(whole.daily.dropLast(7)))
            let forecast = try #require(Forecast.of(history).forecast)
            for days in 1...7 {
                let interval = forecast.interval(over: days)
                #expect(interval.low <= interval.mean && interval.mean <= interval.high)
                #expect(forecast.quantile(0.99, over: days) >= interval.high)
                let came = whole.daily.suffix(7).prefix(days).reduce(0) { $0 + ($1 ?? 0) }
                if interval.low <= came, came <= interval.high { inside += 1 }
                count += 1
            }
            coverage += try #require(forecast.score.coverage) / 12
        }
        let share = Double(inside) / Double(count)
        #expect(share > 0.65 && share < 0.97, "\(share)")
        // Windows that overlap are off together: of one history this says little, of twelve enough.
        #expect(coverage > 0.65 && coverage < 0.95, "\(coverage)")
    }

    @Test("rare demand is forecast by a method for it, near its true rate")
    func intermittent() throws {
        let history = Self.history(280, seed: 3) { _, draw in draw.below(8) == 0 ? Double(3 + draw.below(3)) : 0 }
        let forecast = try #require(Forecast.of(history, horizon: 14).forecast)
        #expect(forecast.pattern == .intermittent)
        #expect(abs(forecast.mean(over: 28) - 14) < 6)
        #expect(forecast.quantile(0.1, over: 7) >= 0)
        #expect(forecast.quantile(0.95, over: 7) > forecast.mean(over: 7))
    }

    @Test("Croston, SBA and TSB say what their formulas say")
    func formulas() throws {
        let history = DemandHistory("a", first: 0, daily: [0, 0, 6, 0, 0, 6, 0, 0, 6].map { $0 })
        let croston = try #require(ForecastMethod.croston(0.1).learn(history).last ?? nil)
        #expect(abs(croston[0] - 2) < 1e-9)
        let sba = try #require(ForecastMethod.sba(0.1).learn(history).last ?? nil)
        #expect(abs(sba[0] - 1.9) < 1e-9)
        let gone = DemandHistory("a", first: 0, daily: history.daily + Array(repeating: 0, count: 60))
        let faded = try #require(ForecastMethod.tsb(0.1, 0.05).learn(gone).last ?? nil)
        let stays = try #require(ForecastMethod.croston(0.1).learn(gone).last ?? nil)
        #expect(faded[0] < 0.2 && stays[0] == croston[0])
    }

    @Test func tooLittleIsSaidAndNotGuessed() {
        func words(_ answer: Forecast.Answer) -> String? {
            if case .tooLittle(let words) = answer { words.ko } else { nil }
        }
        #expect(words(Forecast.of(Self.week(20)))?.contains("20일") == true)
        #expect(words(Forecast.of(Self.history(90) { day, _ in day % 30 == 0 ? 1 : 0 })) != nil)
        #expect(words(Forecast.of(Self.history(90) { day, _ in day < 70 ? nil : 5 })) != nil)
    }

    @Test("days nobody knows are not taken for zero")
    func unknownDays() throws {
        let gaps = Self.history(140) { day, draw in
            day % 10 == 3 ? nil : Double([40, 42, 44, 46, 60, 10, 5][day % 7] + draw.below(9) - 4)
        }
        let forecast = try #require(Forecast.of(gaps).forecast)
        #expect(abs(forecast.mean(over: 7) - 247) < 15)
    }

    @Test func theSameHistoryGivesTheSameForecast() throws {
        let one = try #require(Forecast.of(Self.week()).forecast)
        let other = try #require(Forecast.of(Self.week()).forecast)
        #expect(one.quantile(0.9, over: 200) == other.quantile(0.9, over: 200) && one.score == other.score)
    }

    @Test func pinballIsDearOnTheSideThatTheQuantileForbids() {
        #expect(abs(ForecastScore.pinball(0.9, 10) - 9) < 1e-9 && abs(ForecastScore.pinball(0.9, -10) - 1) < 1e-9)
    }
}
