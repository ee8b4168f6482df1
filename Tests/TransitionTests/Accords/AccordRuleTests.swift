import District
import Record
import Testing

@testable import Transition

@Suite("The rules of accords")
struct AccordRuleTests {
    private static func milestone(
        due: String, reached: String? = nil, dropped: Bool = false
    ) throws -> AccordMilestone {
        AccordMilestone(
            id: "m", undertaking: "u", accord: "a", title: Words("가", "A"), owner: "p",
            due: try #require(KoreanDay(due)), moves: 0, reason: nil, reached: reached.flatMap { KoreanDay($0) },
            isDropped: dropped)
    }

    @Test(
        "a milestone is late from the day after it was due on, until it is reached or given up",
        arguments: [
            ("2026-12-31", nil, false, AccordMilestone.State.open(days: 40)),
            ("2026-12-05", nil, false, .soon(days: 14)), ("2026-12-06", nil, false, .open(days: 15)),
            ("2026-11-21", nil, false, .soon(days: 0)), ("2026-11-20", nil, false, .slipped(days: 1)),
            ("2026-11-01", "2026-11-01", false, .reached(late: 0)),
            ("2026-11-01", "2026-10-20", false, .reached(late: 0)),
            ("2026-11-01", "2026-11-04", false, .reached(late: 3)), ("2026-11-01", nil, true, .dropped),
        ] as [(String, String?, Bool, AccordMilestone.State)])
    func state(_ due: String, _ reached: String?, _ dropped: Bool, _ state: AccordMilestone.State) throws {
        let today = try #require(KoreanDay("2026-11-21"))
        #expect(try Self.milestone(due: due, reached: reached, dropped: dropped).state(on: today) == state)
    }

    @Test("what is told of other cities has a day and a source for everything")
    func cited() throws {
        let cited = try CitedAccord.all(Handbook(shipped: Transition.shippedData))
        #expect(cited.map(\.signed.description) == ["2024-03-13"])
        #expect(cited.allSatisfy { $0.sources.count > 1 && !$0.points.isEmpty })
        #expect(throws: HandbookError.self) { try CitedAccord.all(Handbook(shipped: "/nowhere")) }
        #expect(throws: HandbookError.self) { try AccordSample(Handbook(shipped: "/nowhere")) }
    }
}
