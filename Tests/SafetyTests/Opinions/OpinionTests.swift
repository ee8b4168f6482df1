import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Opinions: given, decided, done")
struct OpinionTests {
    static func give(_ yard: Yard, _ text: String, by caller: Caller = .worker("alfa")) async throws -> JSON {
        let outcome = try await yard.perform(
            "safety.opinion.give", ["topic": "hazard", "text": .string(text)], by: caller)
        return .string(String(try #require(outcome.events.first).stream.dropFirst("opinion/".count)))
    }

    static func find(_ yard: Yard, _ id: JSON, for caller: Caller = .worker("alfa", 2)) async throws -> Opinion? {
        try await yard.store.read { try OpinionTable.find(id.text ?? "", for: caller.tenant, in: $0) }
    }

    @Test(
        "an opinion is answered with a reason and a day, acted on, seen by all of the firm, and proves D4(7)",
        arguments: StoreUnderTest.all)
    func story(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.firm.profile", DutyStoryTests.profile, by: .manager("alfa"))
            let id = try await Self.give(yard, "바닥이 미끄럽습니다.")
            func code(_ command: String, _ values: [String: JSON], by caller: Caller = .manager("alfa")) async throws
                -> String?
            {
                try await yard.refusal(
                    "safety.opinion.\(command)", values.merging(["opinion": id]) { $1 }, by: caller)?.code
            }
            let yes: [String: JSON] = ["decision": "accept", "reason": "매트를 깝니다."]
            #expect(try await code("decide", yes, by: .worker("alfa")) == "access.forbidden")
            #expect(try await code("decide", yes, by: .manager("bravo")) == "opinion.unknown")
            #expect(try await code("decide", yes) == "opinion.due")
            #expect(try await code("decide", yes.merging(["due": "2026-11-20"]) { $1 }) == "opinion.due")
            #expect(try await code("finish", ["outcome": "했습니다."]) == "opinion.undecided")
            #expect(try await code("decide", yes.merging(["due": "2026-12-01"]) { $1 }) == nil)
            #expect(try await code("decide", yes.merging(["due": "2026-12-01"]) { $1 }) == "opinion.decided")
            #expect(try await HoldTests.state(yard, "sapa-d4-7") == .lacking)
            #expect(
                try await code("finish", ["outcome": "깔았습니다.", "file": .string(String(repeating: "0", count: 64))])
                    == "duty.file")
            #expect(try await code("finish", ["outcome": "깔았습니다."]) == nil)
            #expect(try await code("finish", ["outcome": "깔았습니다."]) == "opinion.over")
            #expect(try await HoldTests.state(yard, "sapa-d4-7") == .unsigned)
            let seen = try #require(try await Self.find(yard, id))
            #expect(seen.text == "바닥이 미끄럽습니다." && seen.reason == "매트를 깝니다." && seen.outcome == "깔았습니다.")
            #expect(seen.state == .done && !seen.isAnonymous)
            #expect(try await Self.find(yard, id, for: .worker("bravo")) == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("one given without a name leads nowhere: no event, no vault and no row tells who spoke")
    func anonymous() async throws {
        try await Yard.with { yard in
            let values = try GiveOpinion.form.check(["topic": "health", "text": "야간에 환기가 안 됩니다."])
            let events = try await yard.district.record(
                [GiveOpinion.draft(values, firm: "alfa", by: nil, at: yard.clock.read())],
                origin: Origin(author: .system("safety.opinions")))
            let event = try #require(events.first)
            #expect(event.author == .system("safety.opinions"))
            #expect(event.payload["anonymous"] == true)
            let body = JSON.object(event.payload).canonicalText
            #expect(!body.contains("alfa-worker") && !body.contains("환기"))
            let opinion = try #require(
                try await Self.find(yard, .string(String(event.stream.dropFirst("opinion/".count)))))
            #expect(opinion.isAnonymous && opinion.text == "야간에 환기가 안 됩니다.")
        }
    }

    @Test(
        "what is not accepted ends with its reason and proves nothing; minutes prove the duty too",
        arguments: StoreUnderTest.all)
    func minutes(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.firm.profile", DutyStoryTests.profile, by: .manager("alfa"))
            let id = try await Self.give(yard, "점심시간을 늘려 주세요.")
            try await yard.perform(
                "safety.opinion.decide", ["opinion": id, "decision": "reject", "reason": "안전보건 사항이 아닙니다."],
                by: .manager("alfa"))
            #expect(try await Self.find(yard, id)?.state == .rejected)
            #expect(
                try await yard.refusal("safety.opinion.finish", ["opinion": id, "outcome": "x"], by: .manager("alfa"))?
                    .code
                    == "opinion.over")
            #expect(try await HoldTests.state(yard, "sapa-d4-7") == .lacking)
            let file = try await yard.attach("minutes")
            let values: [String: JSON] = [
                "body": "committee", "day": "2026-11-20", "heads": 8, "summary": "방호장치", "file": .string(file),
            ]
            #expect(
                try await yard.refusal(
                    "safety.committee.minute", values.merging(["day": "2026-11-22"]) { $1 }, by: .manager("alfa"))?.code
                    == "opinion.day")
            try await yard.perform("safety.committee.minute", values, by: .manager("alfa"))
            #expect(try await HoldTests.state(yard, "sapa-d4-7") == .unsigned)
            let (own, others) = try await yard.store.read { reader in
                (
                    try OpinionTable.minutes(of: "alfa", for: Caller.worker("alfa").tenant, in: reader).count,
                    try OpinionTable.minutes(of: "alfa", for: Caller.worker("bravo").tenant, in: reader).count
                )
            }
            #expect(own == 1 && others == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
