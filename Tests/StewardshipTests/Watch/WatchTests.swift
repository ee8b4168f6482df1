import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing
import Web

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
            // Nobody begins it again where it stopped: two people approve it anew.
            let entry = try await yard.entry(use.id)
            #expect(entry.state == .assessed && entry.reopened == "wrong-act" && entry.permit == nil)
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

    @Test("a judgement keeps the score that the rules of its time gave it", arguments: StoreUnderTest.all)
    func rulesOfTheirTime(kind: StoreUnderTest) async throws {
        func room(_ reference: String) throws -> [any Capability] {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rules-\(UUID())")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let shipped = "\(try #require(try Stewardship().templates))/../Data/\(WatchRules.file)"
            let text = try String(contentsOfFile: shipped, encoding: .utf8)
            try text.replacing("\"reference\": 400", with: "\"reference\": \(reference)")
                .write(to: folder.appendingPathComponent(WatchRules.file), atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(at: folder) }
            return [MillRoom(aiUses: MillRoom.uses), try Stewardship(corrections: folder.path)]
        }
        func prepare(_ yard: Yard) async throws {
            for part in yard.room(Stewardship.self).parts { try await part.prepare(yard.spine) }
        }
        try await Yard.with(try room("5"), on: kind) { yard in
            try await prepare(yard)
            try await yard.judge(.kept, 8)
            func scores(_ yard: Yard) async throws -> WatchScores {
                try await yard.store.read { try WatchTable.scores(of: "mill.grain", in: $0) }
            }
            let before = try await scores(yard)
            #expect(before.reference.seen == 5 && before.later.seen == 3)
            let after = try await yard.reopened(with: try room("400"))
            try await prepare(after)
            try await prepare(after)
            _ = try await after.district.rebuild()
            #expect(try await scores(after) == before)
            try await after.judge(.kept, 2)
            #expect(try await scores(after).reference.seen == 7)
            #expect(try await after.rebuildsAlike())
            #expect(try await after.events().filter { $0.type == WatchRules.adopted }.count == 2)
        }
    }

    @Test("the age groups are those that the voice channel sends")
    func ageGroups() throws {
        let rules = try WatchRules(.stewardship())
        #expect(Set(rules.names["age"]?.keys ?? [:].keys) == ["under-40", "40-69", "70+"])
        #expect(rules.name("under-40", in: "age") == Words("40세 미만", "Under 40"))
    }

    @Test("every word of these pages is there in both languages")
    func words() throws {
        let folder = try #require(try Stewardship().templates)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasPrefix("wording-") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for (key, words) in try JSON(parsing: Array(text.utf8)).members ?? [:] {
                for language in ["ko", "en"] { #expect(words[language]?.text?.isEmpty == false, "\(key) \(language)") }
            }
        }
    }
}
