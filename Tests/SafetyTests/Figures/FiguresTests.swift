import District
import Testing

@testable import Safety

@Suite("Figures")
struct FiguresTests {
    /// Garwood's limits at 95 % as published tables have them (Ulm 1990; R `poisson.test`).
    @Test(
        "a count's exact interval is that of the tables",
        arguments: [
            (0, 0, 3.688879), (1, 0.025318, 5.571643), (2, 0.242209, 7.224688), (10, 4.795389, 18.390356),
            (100, 81.363987, 121.627034),
        ] as [(Int64, Double, Double)])
    func garwood(count: Int64, low: Double, high: Double) {
        let interval = Interval.poisson(count)
        #expect(abs(interval.low - low) < 2e-5 * max(1, low))
        #expect(abs(interval.high - high) < 2e-5 * max(1, high))
    }

    /// Limits of Clopper and Pearson at 95 % as R's `binom.test` gives them.
    @Test(
        "a share's exact interval is that of the tables",
        arguments: [
            (0, 10, 0, 0.3084971), (5, 10, 0.1870860, 0.8129140), (10, 10, 0.6915029, 1),
            (1, 20, 0.00126509, 0.2487328),
        ] as [(Int64, Int64, Double, Double)])
    func clopperPearson(count: Int64, total: Int64, low: Double, high: Double) throws {
        let interval = try #require(Interval.share(count, of: total))
        #expect(abs(interval.low - low) < 1e-6)
        #expect(abs(interval.high - high) < 1e-6)
    }

    @Test("nothing counted of nothing is no share")
    func nothing() {
        #expect(Interval.share(0, of: 0) == nil)
        #expect(MeasuredShare(count: 0, total: 0).value == nil)
    }

    @Test("one death among 57,972 is 0.17 in 10,000, and says how little that settles")
    func oneDeath() throws {
        let rate = MeasuredRate(indicator: .fatalityRate, count: 1, base: 57_972)
        #expect(abs(try #require(rate.value) - 0.1725) < 1e-4)
        let interval = try #require(rate.interval)
        #expect(abs(interval.low - 0.00437) < 1e-4)
        #expect(abs(interval.high - 0.9611) < 1e-3)
    }

    @Test(
        "each formula is that of the domain",
        arguments: [(.ltifr, 4.0), (.trir, 0.8), (.severityRate, 0.004)] as [(Indicator, Double)])
    func formulas(indicator: Indicator, value: Double) throws {
        let rate = MeasuredRate(indicator: indicator, count: 2, base: 500_000)
        #expect(abs(try #require(rate.value) - value) < 1e-12)
    }

    @Test("days lost have no interval, for they come together")
    func severity() {
        #expect(MeasuredRate(indicator: .severityRate, count: 30, base: 90_000).interval == nil)
    }

    @Test("months without reported hours give no zero: they are left out, and said to be")
    func unknown() throws {
        let silent = MonthOfWork(month: "2026-09", injuries: Injuries(lostTime: 1))
        let nothing = Exposure(months: [silent]).reading(.ltifr)
        #expect(nothing.rate.value == nil)
        #expect(nothing.leftOut == 1)
        let both = Exposure(months: [silent, MonthOfWork(month: "2026-10", hours: 8000)]).reading(.ltifr)
        #expect(both.rate.value == 0)
        #expect(both.known == 1)
        #expect(both.of == 2)
        #expect(both.leftOut == 1)
    }

    @Test("insured workers are an annual average, so twelve equal months are that many")
    func insured() throws {
        let year = (1...12).map {
            MonthOfWork(month: "2026-\($0)", insured: 40, injuries: Injuries(injured: $0 == 3 ? 1 : 0))
        }
        #expect(abs(try #require(Exposure(months: year).reading(.injuryRate).rate.value) - 2.5) < 1e-12)
    }

    /// Ranks of the interval for the median that the sign test gives: 2 and 9 of ten, 6 and 15 of twenty.
    @Test("the median's interval is that of the tables, and fewer than six values have none")
    func median() {
        #expect(Leading.median([3, 1, 2]) == 2)
        #expect(Leading.median([4, 1]) == 2.5)
        #expect(Leading.median([]) == nil)
        #expect(Leading.medianInterval((1...10).map(Double.init)) == Interval(low: 2, high: 9))
        #expect(Leading.medianInterval((1...20).map(Double.init)) == Interval(low: 6, high: 15))
        #expect(Leading.medianInterval((1...6).map(Double.init)) == Interval(low: 1, high: 6))
        #expect(Leading.medianInterval((1...5).map(Double.init)) == nil)
    }

    @Test("where nobody was hurt there is no ratio of reports to injuries")
    func ratio() {
        let leading = Leading(reports: 30)
        #expect(leading.reportsPerInjury(0) == nil)
        #expect(leading.reportsPerInjury(4) == 7.5)
    }
}
