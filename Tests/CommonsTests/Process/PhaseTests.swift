import Record
import Testing

@testable import Commons

@Suite("Phases of a process")
struct PhaseTests {
    static func phase(_ phase: Phase, _ begins: Int64, _ ends: Int64) -> PhaseDays {
        PhaseDays(phase: phase, begins: KoreanDay(number: begins), ends: KoreanDay(number: ends))
    }

    @Test("a day falls into one phase or between two, and only what that phase holds can be done")
    func days() throws {
        let plan = try PhasePlan([
            Self.phase(.proposals, 10, 20), Self.phase(.vote, 25, 30), Self.phase(.accountability, 31, 400),
        ])
        #expect(plan.phase(on: KoreanDay(number: 20))?.phase == .proposals)
        #expect(plan.phase(on: KoreanDay(number: 22)) == nil)
        #expect(plan.next(after: KoreanDay(number: 22))?.phase == .vote)
        #expect(plan.allows(.propose, on: KoreanDay(number: 10)) && !plan.allows(.propose, on: KoreanDay(number: 25)))
        #expect(plan.allows(.vote, on: KoreanDay(number: 30)) && !plan.allows(.vote, on: KoreanDay(number: 31)))
        #expect(!Phase.allCases.contains { $0 != .vote && $0.acts.contains(.vote) })
    }

    @Test(
        "phases that end before they begin, overlap, come twice or in another order are refused by their place",
        arguments: [
            ([], PhasePlan.Fault(place: 0, rule: .none)),
            ([phase(.vote, 5, 4)], PhasePlan.Fault(place: 0, rule: .ends)),
            ([phase(.proposals, 1, 5), phase(.vote, 5, 9)], PhasePlan.Fault(place: 1, rule: .overlap)),
            ([phase(.vote, 1, 5), phase(.vote, 6, 9)], PhasePlan.Fault(place: 1, rule: .twice)),
            ([phase(.vote, 1, 5), phase(.proposals, 6, 9)], PhasePlan.Fault(place: 1, rule: .order)),
        ])
    func faults(phases: [PhaseDays], fault: PhasePlan.Fault) {
        #expect(throws: fault) { try PhasePlan(phases) }
    }
}
