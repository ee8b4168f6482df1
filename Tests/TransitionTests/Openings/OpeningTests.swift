import District
import Testing

@testable import Transition

@Suite("Rankings and odds")
struct RankScoreTests {
    @Test("average precision is the mean precision at each entry")
    func average() {
        let score = RankScore([0.9, 0.8, 0.7], [true, false, true])
        #expect(abs(score.averagePrecision - 5.0 / 6) < 1e-12)
        #expect(score.count == 3 && score.entered == 2 && score.first.isEmpty)
    }

    @Test("cells of the same score share their places, in whatever order they came")
    func ties() {
        let one = RankScore([Double](repeating: 1, count: 200), (0..<200).map { $0 < 20 })
        let other = RankScore([Double](repeating: 1, count: 200), (0..<200).map { $0 >= 180 })
        #expect(one == other)
        #expect(abs(one.averagePrecision - 0.1) < 1e-12)
        #expect(one.first.map(\.entered) == [1, 10])
        #expect(one.first[1].interval == Interval.share(10, of: 100))
    }

    @Test("lift over itself is 1, and its interval is the same at every run")
    func lift() throws {
        var draw = SeededDraw(seed: 3)
        let scores = (0..<600).map { _ in draw.uniform() }
        let entered = scores.map { draw.uniform() < $0 * $0 }
        let none = (0..<600).map { _ in draw.uniform() }
        let cells = Array(0..<600)
        let same = try #require(RankScore.lift(scores, over: scores, entered, cells: cells, industries: 20))
        #expect(same.value == 1 && same.interval == Interval(low: 1, high: 1))
        let one = try #require(RankScore.lift(scores, over: none, entered, cells: cells, industries: 20))
        let again = try #require(RankScore.lift(scores, over: none, entered, cells: cells, industries: 20))
        #expect(one.value > 1.2 && one.interval.low < one.value && one.value < one.interval.high)
        #expect(one.interval == again.interval)
    }

    @Test("calibration rises, and says what came true")
    func calibration() throws {
        var draw = SeededDraw(seed: 12)
        let said = (0..<8000).map { _ in draw.uniform() }
        let entered = said.map { draw.uniform() < $0 / 4 }
        let calibration = try #require(Calibration(said: said, entered: entered))
        var last = 0.0
        for step in 0...20 {
            let odds = calibration(Double(step) / 20)
            #expect(odds >= last && odds > 0 && odds < 1)
            last = odds
        }
        #expect(abs(calibration(0.8) - 0.2) < 0.03)
        #expect(Calibration(said: [], entered: []) == nil)
    }

    @Test("the record of odds counts what came true in each class")
    func record() {
        let record = OddsRecord([0.005, 0.06, 0.07, 0.6], [false, true, false, true])
        #expect(record.count == 4 && record.entered == 2)
        let row = record.row(for: 0.08)
        #expect(row.count == 2 && row.share == 0.5 && abs((row.given ?? 0) - 0.065) < 1e-12)
        #expect(abs((record.brier ?? 0) - (0.000025 + 0.8836 + 0.0049 + 0.16) / 4) < 1e-9)
        #expect(record.row(for: 0.15).share == nil && OddsRecord().brier == nil)
    }
}

@Suite("Learning what is entered next")
struct OpeningModelTests {
    /// Moments of an economy in which regions grow into what is near to what they have.
    static func moments(_ count: Int, seed: UInt64 = 20) -> [Snapshot] {
        SyntheticEconomy(seed: seed, regions: 24, industries: 40).years(count, from: 2010, every: 3).map {
            Snapshot($0.matrix)
        }
    }

    @Test("trees find a rule that there is, and none where there is none")
    func trees() throws {
        var draw = SeededDraw(seed: 8)
        let features = (0..<3).map { _ in (0..<2000).map { _ in Float(draw.uniform()) } }
        let entered = (0..<2000).map { features[0][$0] > 0.7 && features[2][$0] < 0.5 }
        let examples = Examples(cells: Array(0..<2000), industries: 50, features: features, entered: entered)
        let trees = try #require(BoostedTrees(examples))
        let odds = trees.odds(of: examples)
        #expect(RankScore(odds, entered).averagePrecision > 0.97)
        #expect(BoostedTrees(Examples(cells: [0], industries: 1, features: [[1]], entered: [true])) == nil)
        #expect(BoostedTrees(examples)?.odds(of: examples) == odds)
    }

    @Test("with one change regions are held out, with more a later time", arguments: [2, 3, 4])
    func held(count: Int) throws {
        let moments = Self.moments(count)
        let model = try #require(OpeningModel(moments, settings: 12))
        #expect(model.held == (count == 2 ? .outOfPlace : .outOfTime))
        #expect(model.figures.map(\.predictor) == Snapshot.Predictor.allCases)
        #expect(model.figures[0].lift == nil && model.figures.dropFirst().allSatisfy { $0.lift != nil })
        let last = try #require(moments.last)
        let examples = last.examples(.usual)
        #expect(examples.entered.isEmpty && examples.count > 0)
        #expect(model.told(of: examples).allSatisfy { $0.odds > 0 && $0.odds < 1 })
        #expect(model.past.count == model.test.count)
    }

    @Test("it does not look at what it is judged by: another outcome changes no odds that were told")
    func blind() throws {
        var moments = Self.moments(4)
        let model = try #require(OpeningModel(moments, settings: 6))
        moments[3] = Self.moments(4, seed: 99)[3]
        let other = try #require(OpeningModel(moments, settings: 6))
        let told = Dictionary(uniqueKeysWithValues: model.test.map { ($0.cell, $0.odds) })
        let shared = other.test.filter { told[$0.cell] != nil }
        #expect(shared.count > 100 && shared.allSatisfy { told[$0.cell] == $0.odds })
    }

    @Test("there is nothing to learn from one moment")
    func one() { #expect(OpeningModel(Self.moments(1)) == nil) }
}
