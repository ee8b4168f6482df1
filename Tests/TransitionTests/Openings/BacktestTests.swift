import District
import Testing

@testable import Transition

@Suite("Past forecasts made anew")
struct BacktestTests {
    private static let all = SyntheticEconomy(seed: 21, regions: 24, industries: 40).years(5, from: 2010, every: 3)
    private static let years = all.map(\.year)

    private func run(
        _ years: [(year: Int, matrix: EconomyMatrix)] = all.map { ($0.year, $0.matrix) }, to trained: Int,
        _ target: Int, by predictor: Snapshot.Predictor = .trees
    ) throws(Backtest.Lack) -> Backtest {
        try Backtest(years, trainedTo: trained, target: target, by: predictor, trees: 8)
    }

    @Test("hits, misses and what was overlooked are what the later year says", arguments: Snapshot.Predictor.allCases)
    func outcomes(by predictor: Snapshot.Predictor) throws {
        let (from, to) = (Self.years[3], Self.years[4])
        let backtest = try run(to: from, to, by: predictor)
        let later = Specialisation(try #require(Self.all.last).matrix)
        let before = Specialisation(Self.all[3].matrix)
        #expect(backtest.first.count == Backtest.told && backtest.first.map(\.place) == Array(1...Backtest.told))
        for cell in backtest.first + backtest.overlooked {
            let region = try #require(later.matrix.regions.firstIndex(of: cell.region))
            let industry = try #require(later.matrix.industries.firstIndex(of: cell.industry))
            #expect(cell.entered == later.advantage(region, industry).map { $0 >= 1 })
            #expect((before.advantage(region, industry) ?? 9) < 0.5)
            #expect((cell.odds ?? -1) > 0 && (cell.odds ?? 2) < 1)
        }
        #expect(backtest.overlooked.allSatisfy { $0.entered == true && $0.place > Backtest.told })
        #expect(backtest.score.count + backtest.unknown == backtest.ranked)
        #expect(backtest.record?.count == backtest.score.count)
        #expect((backtest.lift == nil) == (predictor == .null))
        if predictor == .null { #expect(backtest.score == backtest.null) }
    }

    @Test("nothing of later years leaks: other outcomes, and regions that come later, change no prediction")
    func blind() throws {
        let (from, to) = (Self.years[2], Self.years[3])
        let plain = try run(to: from, to)
        let other = SyntheticEconomy(seed: 99, regions: 24, industries: 40).years(5, from: 2010, every: 3)
        // Later years are others, and know a region and an industry that earlier ones do not.
        let names = (Self.all[0].matrix.regions + ["나중군"], Self.all[0].matrix.industries + ["99 나중업"])
        let mixed = Self.all.indices.map { index -> (year: Int, matrix: EconomyMatrix) in
            let matrix = index <= 2 ? Self.all[index].matrix : other[index].matrix
            let wide = matrix.aligned(regions: names.0, industries: names.1)
            guard index > 2 else { return (Self.years[index], wide) }
            return (Self.years[index], wide.filled())
        }
        for predictor in [Snapshot.Predictor.trees, .blend, .alike] {
            let one = try run(to: from, to, by: predictor)
            let two = try run(mixed, to: from, to, by: predictor)
            #expect(one.ranked == two.ranked)
            func said(_ backtest: Backtest) -> [String] {
                backtest.first.map { "\($0.place) \($0.region) \($0.industry) \($0.odds ?? -1)" }
            }
            #expect(said(one) == said(two))
            #expect(one.first.map(\.entered) != two.first.map(\.entered), "what came is another thing")
        }
        #expect(plain.trainedTo == from && plain.target == to)
    }

    @Test("what lacks is said: years, a change to learn from, an entry, room")
    func lacks() throws {
        let (first, second) = (Self.years[0], Self.years[1])
        #expect(throws: Backtest.Lack.noChange) { try run(to: first, second) }
        #expect(throws: Backtest.Lack.years) { try run(to: second, first) }
        #expect(throws: Backtest.Lack.years) { try run(to: second, second) }
        #expect(throws: Backtest.Lack.years) { try run(to: 1999, second) }
        #expect(throws: Backtest.Lack.years) { try run(to: first, 2999) }
        let flat = EconomyMatrix(regions: ["A", "B"], industries: ["1", "2"], values: [1, 1, 1, 1])
        #expect(throws: Backtest.Lack.noEntry) { try run([(1, flat), (2, flat), (3, flat)], to: 2, 3) }
        let side = 3600
        let large = EconomyMatrix(
            regions: (0..<side).map { "R\($0)" }, industries: (0..<side).map { "\($0)" },
            values: [Double](repeating: .nan, count: side * side))
        #expect(throws: Backtest.Lack.tooLarge) { try run([(1, large), (2, large)], to: 1, 2, by: .density) }
        // Without a change before the year a ranking has no odds, and says so.
        let ranking = try run(to: first, second, by: .alike)
        #expect(ranking.record == nil && ranking.first.allSatisfy { $0.odds == nil })
    }
}

@Suite("What is kept of what was worked out")
struct KeptTests {
    @Test("it is made once, however many ask; what was not asked for longest goes first")
    func once() async throws {
        let (kept, made) = (Kept<Int>(room: 2), Counter())
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await kept.value("a") { await made.up() } } }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(values == [Int](repeating: 1, count: 8))
        _ = try await kept.value("b") { await made.up() }
        _ = try await kept.value("a") { await made.up() }
        _ = try await kept.value("c") { await made.up() }
        #expect(await made.count == 3)
        #expect(try await kept.value("a") { await made.up() } == 1)
        #expect(try await kept.value("b") { await made.up() } == 4, "it had gone to make room")
    }

    @Test("what failed is tried anew")
    func failed() async throws {
        let kept = Kept<Int>(room: 2)
        await #expect(throws: Backtest.Lack.years) { try await kept.value("a") { throw Backtest.Lack.years } }
        #expect(try await kept.value("a") { 7 } == 7)
    }

    @Test("no more than eight are begun where nobody waits")
    func pending() async throws {
        let (kept, gate) = (Kept<Int>(room: 99), Gate())
        for name in 0..<9 {
            #expect(
                await kept.ready("\(name)") {
                    while await !gate.isOpen { try await Task.sleep(for: .milliseconds(2)) }
                    return name
                } == nil)
        }
        await gate.open()
        #expect(try await kept.value("0") { -1 } == 0)
        #expect(try await kept.value("8") { -1 } == -1, "the ninth was not begun")
    }

    private actor Gate {
        var isOpen = false
        func open() { isOpen = true }
    }

    private actor Counter {
        var count = 0
        func up() -> Int {
            count += 1
            return count
        }
    }
}
