import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Votes of a process: within its phase, of its proposals", .serialized)
struct ProcessVoteTests {
    private static let budget: [String: JSON] = [
        "kind": "budget", "budget": 1000, "support_needed": 1,
        "phases": [
            ["phase": "proposals", "begins": "2026-11-21", "ends": "2026-11-30"],
            ["phase": "vote", "begins": "2026-12-15", "ends": "2026-12-20"],
        ],
    ]

    private static func vote(_ process: String, _ options: JSON, _ more: [String: JSON] = [:]) -> [String: JSON] {
        let values: [String: JSON] = [
            "title": "마을 예산", "summary": "사업을 고릅니다.", "method": "knapsack", "limit": 1000,
            "begins": "2026-12-15T09:00:00+09:00", "ends": "2026-12-20T18:00:00+09:00", "process": .string(process),
            "options": options,
        ]
        return values.merging(more) { $1 }
    }

    /// Two proposals that go to the vote, and one that does not.
    private func proposals(_ one: CommonsYard, _ process: String) async throws -> [String] {
        var made: [String] = []
        let said = [("그늘막", "정류장에 그늘막을 놓읍시다."), ("꽃밭", "정문 앞에 꽃밭을 가꿉시다."), ("육교", "산업로에 육교를 놓읍시다.")]
        for (place, (title, body)) in said.enumerated() {
            let id = try await one.propose(
                in: process, title, body, by: [CommonsYard.ann, CommonsYard.bo, CommonsYard.cho][place],
                ["cost": 300, "plain": place == 0 ? .string("더울 때 쉴 자리가 생깁니다.") : .null].filter { $0.value != .null })
            _ = try await one.perform(SupportProposal.name, ["proposal": id], by: CommonsYard.bo)
            if place < 2 {
                try await one.yard.perform(
                    JudgeProposal.name,
                    ["proposal": .string(id), "verdict": "feasible", "reason": "됩니다", "cost": place == 0 ? 400 : 300],
                    by: .officer)
            }
            made.append(id)
        }
        return made
    }

    @Test("an option that names a proposal takes name, plain summary and cost from it; what was said goes before")
    func taken() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(Self.budget)
            let made = try await proposals(one, process)
            let options: JSON = [
                ["proposal": .string(made[0])], ["proposal": .string(made[1]), "name": "꽃밭과 나무", "cost": 350],
                ["name": "기권에 쓰지 않는 사업", "cost": 10],
            ]
            let id = one.id(
                try await one.yard.perform("commons.vote.set-up", Self.vote(process, options), by: .officer))
            let vote = try #require(try await one.yard.store.read { try VoteTable.find(id, in: $0) }).vote
            #expect(vote.options.map(\.name) == ["그늘막", "꽃밭과 나무", "기권에 쓰지 않는 사업"])
            #expect(vote.options.map(\.cost) == [400, 350, 10])
            #expect(vote.options.map(\.proposal) == [made[0], made[1], ""])
            #expect(vote.options.map(\.summary) == ["더울 때 쉴 자리가 생깁니다.", "정문 앞에 꽃밭을 가꿉시다.", ""])
            let listed = try await one.yard.store.read { try VoteTable.list(of: process, in: $0).map(\.vote.id) }
            #expect(listed == [id])
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("what cannot be voted on in the process is refused by its field")
    func refused() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(Self.budget)
            let made = try await proposals(one, process)
            let two: JSON = [["name": "가"], ["name": "나"]]
            let first: JSON = ["proposal": .string(made[0])]
            let cases: [([String: JSON], String, String)] = [
                (Self.vote("no", two), "process.unknown", "process"),
                (Self.vote(process, two, ["begins": "2026-12-14T09:00:00+09:00"]), "begins.phase", "begins"),
                (Self.vote(process, two, ["ends": "2026-12-21T00:00:01+09:00"]), "ends.phase", "ends"),
                (Self.vote(process, [first, ["proposal": "no"]]), "options.proposal", "options[1].proposal"),
                (Self.vote(process, [first, first]), "options.proposal-twice", "options[1].proposal"),
                (
                    Self.vote(process, [first, ["proposal": .string(made[2])]]), "options.not-admitted",
                    "options[1].proposal"
                ), (Self.vote(process, [["name": "가"], ["cost": 5]]), "vote.invalid", "options[1].name"),
                (Self.vote(process, [first, ["name": "나"]], ["process": ""]), "process.required", "process"),
            ]
            for (values, code, field) in cases {
                let refusal = try await one.yard.refusal(
                    "commons.vote.set-up", values.filter { $0.value != "" }, by: .officer)
                #expect(refusal?.code == code && refusal?.faults.first?.field == field, "\(code)")
            }
            // What the process says of accounts, its votes hold to.
            #expect(
                try await one.code("commons.vote.set-up", Self.vote(process, two, ["accountless": true]), by: .officer)
                    == "accountless.process")
            let without = try await one.open([
                "phases": [["phase": "proposals", "begins": "2026-11-21", "ends": "2026-11-30"]]
            ])
            #expect(
                try await one.code("commons.vote.set-up", Self.vote(without, two), by: .officer) == "process.phase")
        }
    }

    @Test("a vote phase cannot be moved away from its votes")
    func moved() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(Self.budget)
            let options: JSON = [["name": "가", "cost": 1], ["name": "나", "cost": 1]]
            let vote = one.id(
                try await one.yard.perform("commons.vote.set-up", Self.vote(process, options), by: .officer))
            func move(_ begins: String, _ ends: String) async throws -> String? {
                try await one.code(
                    MovePhase.name,
                    [
                        "process": .string(process), "phase": "vote", "begins": .string(begins), "ends": .string(ends),
                        "reason": "명절",
                    ], by: .officer)
            }
            #expect(try await move("2026-12-16", "2026-12-20") == "phase.votes")
            #expect(try await move("2026-12-15", "2026-12-19") == "phase.votes")
            #expect(try await move("2026-12-14", "2026-12-21") == nil)
            _ = vote
        }
    }

    @Test("a process is explained anew by officers alone, and the log says so")
    func explained() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(Self.budget)
            let values: [String: JSON] = ["process": .string(process), "summary": "예산을 어디에 쓸지 함께 정합니다."]
            #expect(
                try await one.yard.refusal(ExplainProcess.name, values, by: CommonsYard.ann)?.kind == .forbidden)
            try await one.yard.perform(ExplainProcess.name, values, by: .officer)
            let (found, changes) = try await one.yard.store.read {
                (try ProcessTable.find(process, in: $0), try ProcessTable.changes(of: process, in: $0).map(\.type))
            }
            #expect(found?.summary.ko == "예산을 어디에 쓸지 함께 정합니다." && found?.plan.phases.count == 2)
            #expect(changes.contains(ProcessEvents.explained))
            #expect(try await one.code(ExplainProcess.name, values, by: .officer) == "summary.same")
            #expect(try await one.yard.rebuildsAlike())
        }
    }
}
