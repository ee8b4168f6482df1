import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Processes: opened, their phases, and what is refused", .serialized)
struct ProcessTests {
    @Test("each template makes a plan whose votes come after their proposals, and whose phases last as it says")
    func templates() throws {
        let templates = try ProcessTemplates(Handbook(shipped: Commons.shippedData))
        #expect(templates.all.map(\.id) == ["robot-rules", "budget", "roadmap"])
        for template in templates.all {
            let plan = try PhasePlan(template.plan(from: KoreanDay(number: 100)))
            #expect(plan.phases[0].begins == KoreanDay(number: 100))
            #expect(plan.phases.map(\.phase).contains(.vote), "\(template.id)")
            for (days, phase) in zip(plan.phases, template.phases) {
                #expect(days.ends.number - days.begins.number + 1 == phase.days)
            }
        }
        #expect(throws: HandbookError.self) { try ProcessTemplates(Handbook(shipped: "/nowhere")) }
    }

    @Test(
        "who belongs to an audience",
        arguments: [
            (Audience.everyone, [true, true, true, true, false]), (.citizens, [false, true, false, false, false]),
            (.people, [true, false, true, false, false]), (.census, [false, true, false, false, false]),
        ])
    func audiences(audience: Audience, admitted: [Bool]) {
        let callers = [Caller.officer, CommonsYard.ann, CommonsYard.worker, CommonsYard.guest, .anonymous()]
        #expect(callers.map { caller in audience.admits(caller) { caller.person == "ann" } } == admitted)
        #expect(!audience.remedy.ko.isEmpty && !audience.remedy.en.isEmpty)
    }

    @Test("a template fills what was left out; phases begin by themselves, and the Record learns of each once")
    func opened() async throws {
        try await CommonsYard.with { one in
            let id = one.id(
                try await one.yard.perform(
                    OpenProcess.name, ["template": "budget", "begins": "2026-11-22", "budget": 5_000_000],
                    by: .officer))
            let process = try #require(try await one.yard.store.read { try ProcessTable.find(id, in: $0) })
            #expect(process.kind == .budget && process.budget == 5_000_000 && process.supportNeeded == 5)
            #expect(process.votesWithoutAccount && !process.votesByVoice && process.audience(for: .vote) == .census)
            #expect(process.title.ko == "주민참여예산")
            #expect(process.standing(on: KoreanDay(one.yard.clock.read())) == .coming(process.plan.phases[0]))
            let service = PhaseService(district: one.yard.district)
            #expect(try await service.look() == 0)
            one.yard.clock.advance(by: 86_400)
            #expect(try await service.look() == 1)
            #expect(try await service.look() == 0)
            let began = try #require(try await one.yard.last(ProcessEvents.began))
            #expect(began.payload["phase"] == "information" && began.author == .rule("commons.phase-days"))
            one.yard.clock.advance(by: 7 * 86_400)
            #expect(try await service.look() == 1)
            #expect(try await one.yard.last(ProcessEvents.began)?.payload["phase"] == "proposals")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("other days need a reason and stand in the log; days that have passed stay")
    func moved() async throws {
        try await CommonsYard.with { one in
            let id = try await one.open()
            let values = [
                "process": id, "phase": "amendment", "begins": "2026-12-03", "ends": "2026-12-12", "reason": "명절",
            ]
            _ = try await one.perform(MovePhase.name, values, by: .officer)
            let (process, changes) = try await one.yard.store.read {
                (try ProcessTable.find(id, in: $0), try ProcessTable.changes(of: id, in: $0))
            }
            #expect(process?.plan.phases[1].begins == KoreanDay("2026-12-03"))
            // The clock stands still: both changes are of one moment.
            let moved = try #require(changes.first { $0.type == ProcessEvents.moved })
            #expect(moved.content["reason"] == "명절" && moved.content["was_begins"] == "2026-12-01")
            one.yard.clock.set("2026-12-05T09:00:00+09:00")
            let cases: [([String: String], String)] = [
                (["phase": "amendment", "begins": "2026-12-06"], "begins.past"),
                (["phase": "amendment", "ends": "2026-12-04"], "ends.past"),
                (["phase": "proposals", "ends": "2026-12-02"], "ends.past"),
                (["phase": "amendment", "ends": "2026-12-16"], "phases.overlap"),
                (["phase": "vote", "ends": "2026-12-14"], "phases.ends"),
                (["phase": "debate", "ends": "2026-12-14"], "phase.unknown"),
                (["phase": "amendment"], "begins.same"), (["phase": "amendment", "ends": "곧"], "ends.day"),
            ]
            for (more, code) in cases {
                let asked = ["process": id, "reason": "까닭"].merging(more) { $1 }.mapValues { JSON.string($0) }
                #expect(try await one.code(MovePhase.name, asked, by: .officer) == code)
            }
            let unreasoned = try await one.yard.refusal(
                MovePhase.name, ["process": .string(id), "phase": "vote", "ends": "2026-12-19"], by: .officer)
            #expect(unreasoned?.faults.map(\.field) == ["reason"])
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("what an opening lacks is refused by its field; nobody but the zone opens, moves or stops")
    func refused() async throws {
        try await CommonsYard.with { one in
            let cases: [([String: JSON], String)] = [
                (["title": .null], "title.required"), (["question": .null], "question.required"),
                (["kind": "budget"], "budget.required"), (["phases": []], "phases.none"),
                (["phases": [["phase": "vote", "begins": "2026-11-20", "ends": "2026-11-25"]]], "phases.past"),
                (["phases": [["phase": "vote", "begins": "soon", "ends": "2026-11-25"]]], "phases[0].begins.day"),
                (["scope": "nowhere"], "scope.unknown"),
                (["phases": [], "template": "roadmap"], "begins.required"),
                (["phases": [], "template": "roadmap", "begins": "2026-11-20"], "begins.past"),
            ]
            for (more, code) in cases {
                let values = CommonsYard.opening(more).filter { $0.value != .null }
                #expect(try await one.code(OpenProcess.name, values, by: .officer) == code, "\(code)")
            }
            let id = try await one.open()
            let stop: [String: JSON] = ["process": .string(id), "reason": "까닭"]
            for caller in [CommonsYard.ann, CommonsYard.worker, .executive("firm-a")] {
                for (name, values) in [(OpenProcess.name, CommonsYard.opening()), (StopProcess.name, stop)] {
                    #expect(try await one.yard.refusal(name, values, by: caller)?.kind == .forbidden)
                }
            }
            #expect(
                try await one.code(StopProcess.name, ["process": "no", "reason": "x"], by: .officer)
                    == "process.unknown")
            try await one.yard.perform(StopProcess.name, stop, by: .officer)
            #expect(try await one.code(StopProcess.name, stop, by: .officer) == "process.over")
            let proposal: [String: JSON] = ["process": .string(id), "title": "제목", "body": "내용"]
            #expect(try await one.code(MakeProposal.name, proposal, by: CommonsYard.ann) == "process.phase")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("whoever asks hears what is open, until when; and what comes where nothing is")
    func answered() async throws {
        try await CommonsYard.with { one in
            func said() async throws -> Words {
                try await one.yard.spine.answer("commons.processes.running", [:], by: .anonymous())
            }
            #expect(try await said().ko == "지금 열려 있는 참여 과정이 없습니다.")
            _ = try await one.open()
            #expect(try await said().ko.contains("‘로봇 길’ 제안 단계, 11월 30일까지"))
            #expect(try await said().en.contains("until 2026-11-30"))
            one.yard.clock.set("2026-12-12T09:00:00+09:00")
            #expect(try await said().ko.contains("12월 15일에 시작"))
        }
    }
}
