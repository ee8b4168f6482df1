import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Who may take part: one rule for every act, and what each phase lets people do", .serialized)
struct EligibilityTests {
    private static let phases: JSON = [
        ["phase": "proposals", "begins": "2026-11-21", "ends": "2026-11-22"],
        ["phase": "debate", "begins": "2026-11-23", "ends": "2026-11-24"],
        ["phase": "amendment", "begins": "2026-11-25", "ends": "2026-11-26"],
        ["phase": "vote", "begins": "2026-12-01", "ends": "2026-12-05"],
    ]

    /// A process for one kind of people in everything, with a vote whose list knows ann's account.
    private func open(_ audience: Audience, _ one: CommonsYard) async throws -> (process: String, vote: String) {
        let who = JSON.string(audience.rawValue)
        let process = try await one.open(["phases": Self.phases, "propose": who, "support": who, "comment": who])
        let vote = one.id(
            try await one.yard.perform(
                "commons.vote.set-up",
                [
                    "title": "길", "summary": "길을 고릅니다.", "method": "approval", "process": .string(process),
                    "begins": "2026-12-01T09:00:00+09:00", "ends": "2026-12-05T18:00:00+09:00",
                    "options": [["name": "가"], ["name": "나"]],
                ], by: .officer))
        try await one.yard.perform(
            "commons.census.import",
            ["vote": .string(vote), "list": "식별번호,이름,주소,계정\np1,사람 1,부두로 1,ann\np2,사람 2,부두로 2,"], by: .officer)
        return (process, vote)
    }

    @Test(
        "whoever does not belong is refused in each act with who may and how to belong; whoever does is not",
        arguments: [
            (Audience.everyone, [true, true, true, true]), (.citizens, [true, true, false, false]),
            (.people, [false, false, true, false]), (.census, [true, false, false, false]),
        ])
    func acts(audience: Audience, admitted: [Bool]) async throws {
        try await CommonsYard.with { one in
            let (process, _) = try await open(audience, one)
            let topic = one.id(
                try await one.yard.perform(
                    "commons.opinion.open",
                    [
                        "title": "길", "summary": "길", "ends": "2026-12-01T09:00:00+09:00", "process": .string(process),
                    ], by: .officer))
            let callers = [CommonsYard.ann, CommonsYard.bo, CommonsYard.worker, CommonsYard.guest]
            let first = try #require(zip(callers, admitted).first { $0.1 }?.0)
            let proposal = try await one.propose(in: process, by: first)
            func expect(_ name: String, _ values: (Int) -> [String: JSON], _ word: String = "") async throws {
                for (place, caller) in callers.enumerated() {
                    let refusal = try await one.yard.refusal(name, values(place), by: caller)
                    if admitted[place] {
                        #expect(refusal == nil, "\(name) by \(caller) \(String(describing: refusal))")
                    } else {
                        #expect(refusal?.code == "process.audience" && refusal?.kind == .forbidden, "\(name) \(caller)")
                        #expect(refusal?.words.ko.contains(audience.remedy.ko) == true)
                        #expect(refusal?.words.en.contains(audience.words.en) == true)
                    }
                }
            }
            let words = ["바닷가 산책로에 의자를 놓읍시다", "밤에는 창고 앞 불을 낮춥시다", "학교 둘레 속도를 재 봅시다", "시장 골목 짐수레 길을 넓힙시다"]
            try await expect(MakeProposal.name) {
                ["process": .string(process), "title": .string(words[$0]), "body": .string(words[$0] + ".")]
            }
            try await expect(SupportProposal.name) { _ in ["proposal": .string(proposal)] }
            try await expect(WriteComment.name) {
                ["process": .string(process), "position": "pro", "body": .string("\(words[$0]). 저도 그렇게 생각합니다.")]
            }
            one.yard.clock.set("2026-11-23T09:00:00+09:00")
            try await expect("commons.opinion.state") { ["topic": .string(topic), "said": .string("\(words[$0]).")] }
            let statement = try #require(
                try await one.yard.store.read { try OpinionTable.statements(topic, in: $0).first })
            try await expect("commons.opinion.answer") { _ in ["statement": .string(statement.id), "answer": "agree"] }
            one.yard.clock.set("2026-11-25T09:00:00+09:00")
            try await expect(MakeAmendment.name) {
                [
                    "proposal": .string(proposal), "title": "건널목 앞에서 멈추기",
                    "body": .string("병원 앞 건널목에서 로봇이 \($0 + 2)초 멈췄다 가게 합시다."), "why": "더 안전합니다.",
                ]
            }
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("a topic of a process is answered in its debate alone; one that names a process without a debate is refused")
    func debate() async throws {
        try await CommonsYard.with { one in
            let (process, _) = try await open(.everyone, one)
            let values: [String: JSON] = [
                "title": "길", "summary": "길", "ends": "2026-12-01T09:00:00+09:00", "process": .string(process),
            ]
            let topic = one.id(try await one.yard.perform("commons.opinion.open", values, by: .officer))
            let said: [String: JSON] = ["topic": .string(topic), "said": "로봇은 천천히 다닙니다."]
            let early = try await one.yard.refusal("commons.opinion.state", said, by: CommonsYard.ann)
            #expect(early?.code == "process.phase" && early?.words.ko.contains("‘토론’ 단계(2026-11-23") == true)
            one.yard.clock.set("2026-11-24T23:00:00+09:00")
            try await one.yard.perform("commons.opinion.state", said, by: CommonsYard.ann)
            one.yard.clock.set("2026-11-25T00:00:00+09:00")
            let late = try await one.code(
                "commons.opinion.state", ["topic": .string(topic), "said": "다른 의견입니다."], by: CommonsYard.ann)
            #expect(late == "process.phase")
            #expect(try await one.code("commons.opinion.open", values, by: .officer) == "process.phase")
            let without = try await one.open([
                "phases": [["phase": "proposals", "begins": "2026-11-25", "ends": "2026-11-30"]]
            ])
            #expect(
                try await one.code(
                    "commons.opinion.open", values.merging(["process": .string(without)]) { $1 }, by: .officer)
                    == "process.phase")
            #expect(
                try await one.code("commons.opinion.open", values.merging(["process": "no"]) { $1 }, by: .officer)
                    == "process.unknown")
        }
    }

    @Test("of each template every phase lets people do what the table of phases says, and nothing else")
    func templates() throws {
        let table: [Phase: Set<Phase.Act>] = [
            .information: [.comment], .proposals: [.comment, .propose, .support],
            .debate: [.comment, .support, .answerStatement], .amendment: [.comment, .amend], .vote: [.vote],
            .accountability: [.comment, .report],
        ]
        for template in try ProcessTemplates(Handbook(shipped: Commons.shippedData)).all {
            let days = template.plan(from: KoreanDay(number: 100))
            var payload = template.defaults
            payload["phases"] = .array(days.map(\.json))
            let process = try #require(CivicProcess("x", .object(payload), stopped: nil))
            for phase in days {
                for day in [phase.begins, phase.ends] {
                    let may = Set(Phase.Act.allCases.filter { process.allows($0, on: day) })
                    #expect(may == table[phase.phase], "\(template.id) \(phase.phase)")
                }
            }
            let between = days.dropFirst().first { phase in !days.contains { $0.ends + 1 == phase.begins } }
            if let between {
                #expect(Phase.Act.allCases.allSatisfy { !process.allows($0, on: between.begins + -1) })
            }
        }
    }
}
