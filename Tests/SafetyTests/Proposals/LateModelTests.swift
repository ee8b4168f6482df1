import District
import Record
import Testing

@testable import Safety

@Suite("Sites likely to miss a due date")
struct LateModelTests {
    /// A site whose chance to be late is known, because it was drawn with it.
    private static func drawn(_ count: Int, seed: UInt64) -> [LateModel.Example] {
        var draw = SeededDraw(seed: seed)
        return (0..<count).map { _ in
            let signs = [draw.uniform(), 5 * draw.uniform(), 0, 0, 0, 0]
            let chance = 1 / (1 + LateModelTests.e(-(-3 + 4 * signs[0])))
            return LateModel.Example(signs: signs, missed: draw.happens(chance))
        }
    }

    private static func e(_ x: Double) -> Double {
        var (term, sum) = (1.0, 1.0)
        for step in 1...60 {
            term *= x / Double(step)
            sum += term
        }
        return sum
    }

    @Test("it finds the sign that was planted, and gives no weight to one that means nothing")
    func planted() throws {
        let model = try #require(LateModel(Self.drawn(4000, seed: 3)))
        let slope = model.weights[0] / model.spreads[0]
        #expect(abs(slope - 4) < 0.5)
        #expect(abs(model.weights[1]) < 0.1)
        #expect(model.weights[2...].allSatisfy { abs($0) < 1e-6 })
        let high = model.chance([1, 2.5, 0, 0, 0, 0])
        #expect(abs(high - 0.73) < 0.05)
        #expect(model.reasons([1, 2.5, 0, 0, 0, 0]) == [.missedShare])
        #expect(model.reasons([0, 2.5, 0, 0, 0, 0]).isEmpty)
    }

    @Test("the same record gives the same model; where nothing can be told apart there is none")
    func none() {
        let examples = Self.drawn(200, seed: 1)
        #expect(LateModel(examples) == LateModel(examples))
        #expect(LateModel(examples.filter(\.missed)) == nil)
        #expect(LateModel([]) == nil)
    }

    @Test("the lift is the share of useful visits over the share of late sites, at so many visits")
    func lift() throws {
        let month = [(0.9, true), (0.8, true), (0.7, false), (0.1, false), (0.2, true), (0.3, false)].map {
            (chance: $0.0, missed: $0.1)
        }
        let two = Lift(visits: 2, spans: [month])
        #expect(two.precision == 1)
        #expect(two.base == 0.5)
        #expect(two.lift == 2)
        #expect(Lift(visits: 3, spans: [month, month]).hits == 4)
        #expect(Lift(visits: 3, spans: []).lift == nil)
        let calm = Lift(visits: 2, spans: [[(chance: 0.5, missed: false)]])
        #expect(calm.lift == nil)
        #expect(calm.precision == 0)
    }

    @Test("what is not known of a site is no good sign")
    func unknown() {
        let silent = SiteStanding(firm: "alfa", headcount: nil, open: 2)
        #expect(SiteSign.silence.value(silent) == 60)
        #expect(SiteSign.openLoad.value(silent) == 2)
        #expect(abs(SiteSign.missedShare.value(silent) - 1.0 / 3) < 1e-12)
        let busy = SiteStanding(
            firm: "alfa", headcount: 40, due: 9, missed: 5, opened: 8, extensions: 4, inspections: 4,
            inspectionsLate: 1,
            open: 8, overdue: 3, daysSinceMeeting: 1)
        #expect(SiteSign.values(busy) == [0.5, 2, 3, 0.5, 0.25, 1])
    }

    @Test("a past morning knows nothing that came later")
    func past() {
        var site = SitePast(firm: "alfa", headcount: 10)
        let monday = KoreanDay(number: 20_001)
        let start = monday.monday
        site.actions = [
            // Due before that morning and done after it: missed, and open then.
            SitePast.Action(
                opened: start.number - 30, firstDue: start.number - 5, completed: start.number + 3, ended: nil),
            // Opened later.
            SitePast.Action(opened: start.number + 1, firstDue: start.number + 5, completed: nil, ended: nil),
            // Done in time, verified much later.
            SitePast.Action(
                opened: start.number - 20, firstDue: start.number - 1, completed: start.number - 2,
                ended: start.number + 90),
            // Cancelled before it was due.
            SitePast.Action(
                opened: start.number - 20, firstDue: start.number - 1, completed: nil, ended: start.number - 10),
        ]
        site.weeks = [
            start.number - 7: .init(extensions: 1, inspections: 2, late: 1, lastMeeting: start.number - 3),
            start.number: .init(extensions: 9, inspections: 9, late: 9, lastMeeting: start.number + 2),
        ]
        let then = site.standing(on: start)
        #expect(
            then
                == SiteStanding(
                    firm: "alfa", headcount: 10, due: 3, missed: 1, opened: 3, extensions: 1, inspections: 2,
                    inspectionsLate: 1, open: 1, overdue: 1, daysSinceMeeting: 3))
        #expect(site.missed(from: start, days: 28) == true)
        #expect(site.missed(from: start - 1, days: 1) == false)
        #expect(site.missed(from: start + 60, days: 28) == nil)
    }
}
