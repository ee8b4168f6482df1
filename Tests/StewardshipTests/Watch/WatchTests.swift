import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Stewardship

extension Yard {
    /// Records judgements, as a room would beside its own events.
    func judge(_ turns: [AIUseJudged]) async throws {
        for start in stride(from: 0, to: turns.count, by: 100) {
            try await district.record(
                turns[start..<min(start + 100, turns.count)].map(\.draft), origin: Origin(author: .system("test")))
        }
    }

    func judge(_ verdict: AIUseJudged.Verdict, _ many: Int = 1, use: String = "mill.grain") async throws {
        try await judge(Array(repeating: AIUseJudged(use, verdict), count: many))
    }

    func flags(_ use: String = "mill.grain") async throws -> [WatchFlag] {
        try await store.read { try WatchTable.open(of: use, in: $0) }
    }
}

@Suite("Watch: from judgements to flags")
struct WatchTests {
    @Test("a gap is flagged once, until a person resolves it, and again when it goes on", arguments: StoreUnderTest.all)
    func gap(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            var random = Seeded(state: 5)
            try await yard.judge((0..<600).map { _ in random.turn(kept: 0.95) })
            #expect(try await yard.flags().isEmpty)
            try await yard.judge((0..<700).map { _ in random.turn(kept: 0.95, drop: ("70+", 0.3)) })
            let flags = try await yard.flags()
            #expect(flags.map(\.group) == ["70+"])
            let flag = try #require(flags.first)
            #expect(flag.rule == .gap && flag.dimension == "age" && flag.seen <= 200 + 120)
            let raised = try await yard.events().filter { $0.type == WatchFlag.raised }
            #expect(raised.map(\.author) == [.rule("stewardship.watch")])
            let values: [String: JSON] = ["flag": .string(flag.id), "outcome": "mended", "note": "낱말을 더함"]
            #expect(try await yard.refusal("stewardship.watch.resolve", values, by: .citizen)?.kind == .forbidden)
            try await yard.perform("stewardship.watch.resolve", values, by: .first)
            #expect(try await yard.flags().isEmpty)
            #expect(try await yard.refusal("stewardship.watch.resolve", values, by: .first)?.code == "watch.resolved")
            try await yard.judge((0..<700).map { _ in random.turn(kept: 0.95, drop: ("70+", 0.3)) })
            #expect(try await yard.flags().map(\.group) == ["70+"])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("one wrong act is flagged at once, with the proposal to switch the use off")
    func wrong() async throws {
        try await Yard.with { yard in
            try await yard.judge(.kept, 3)
            #expect(try await yard.flags().isEmpty)
            try await yard.judge(.wrong, 2)
            let flags = try await yard.flags()
            #expect(flags.map(\.rule) == [.wrong])
            #expect(flags.first?.proposesOff == true)
            // The use does not serve citizens: a person decides.
            #expect(try await yard.events().filter { $0.type == AIUseWithdrawn.type }.isEmpty)
        }
    }

    @Test("a wrong act of a pilot that serves citizens takes its permit by rule, and it runs no more")
    func suspended() async throws {
        let use = AIUse(
            "citizen.rewrite", title: Words("바꿔 말하기", "Rewriting"), purpose: Words("바꿔 말합니다.", "Rewrites."),
            model: "rewrite/1", evidence: Words("문장", "A sentence"), override: Words("아니라고 합니다.", "Say no."))
        try await Yard.with(uses: [use]) { yard in
            let hash = use.hash
            try await yard.district.record(
                [
                    UseEvents.draft(UseEvents.piloted, use.id),
                    UseEvents.draft(
                        AIUsePermitted.type, use.id,
                        AIUsePermitted(
                            use: use.id, hash: hash, until: yard.clock.read().advanced(bySeconds: 86_400), cap: 100
                        ).payload.merging(["basis": "pilot"]) { $1 }),
                ], origin: Origin(author: .system("test")))
            #expect(try await yard.district.standing(of: use) == .runs)
            #expect(try await yard.entry(use.id).state == .pilot)
            try await yard.judge(.overruled, use: use.id)
            #expect(try await yard.district.standing(of: use) == .runs)
            try await yard.judge(.wrong, use: use.id)
            #expect(try await yard.district.standing(of: use) == .unregistered)
            let withdrawn = try await yard.events().filter { $0.type == AIUseWithdrawn.type }
            #expect(withdrawn.map(\.author) == [.rule("stewardship.watch")])
            #expect(withdrawn.first?.payload["reason"] == "wrong-act")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("overrides are flagged over their window, and only what came after the last resolution counts again")
    func overrides() async throws {
        try await Yard.with { yard in
            try await yard.judge(.overruled, 30)
            let flag = try #require(try await yard.flags().first)
            #expect(flag.rule == .overrides && flag.seen == 30 && flag.times == 30)
            try await yard.perform(
                "stewardship.watch.resolve", ["flag": .string(flag.id), "outcome": "chance", "note": "연습"],
                by: .first)
            try await yard.judge(.kept)
            #expect(try await yard.flags().isEmpty)
            yard.clock.advance(by: 86_400)
            try await yard.judge(.overruled, 29)
            #expect(try await yard.flags().isEmpty)
            try await yard.judge(.overruled, 1)
            #expect(try await yard.flags().map(\.rule) == [.overrides])
        }
    }
}
