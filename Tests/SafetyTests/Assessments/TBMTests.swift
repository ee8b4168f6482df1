import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Tool-box meetings")
struct TBMTests {
    static let talk: [String: JSON] = [
        "thing": "alfa-shop", "participants": [["person": "alfa-worker-1"], ["person": "alfa-manager"]],
        "topics": [["topic": "프레스 금형 교체: 안전블록을 먼저 끼운다"]], "rights_read": true, "language": "vi",
    ]

    @Test("one held today covers what stands within its place, for those who took part", arguments: StoreUnderTest.all)
    func covers(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.tbm.hold", Self.talk, by: .worker("alfa"))
            let today = KoreanDay(yard.clock.read())
            let cases: [(ThingID, PersonID, Int64, String, Bool)] = [
                ("alfa-press", "alfa-worker-1", 0, "alfa", true), ("alfa-shop", "alfa-manager", 0, "alfa", true),
                ("alfa-plant", "alfa-worker-1", 0, "alfa", false), ("alfa-press", "alfa-worker-2", 0, "alfa", false),
                ("alfa-press", "alfa-worker-1", 1, "alfa", false), ("alfa-press", "alfa-worker-1", 0, "bravo", false),
            ]
            for (thing, person, days, firm, expected) in cases {
                let tenant = try Caller.manager(firm).tenant
                let isHeld = try await yard.store.read {
                    try TBMTable.held(on: today + days, at: thing, participant: person, for: tenant, in: $0)
                }
                #expect(isHeld == expected, "\(person) at \(thing) in \(days) days, seen by \(firm)")
            }
            let others = try Caller.manager("bravo").tenant
            let seen = try await yard.store.read { try TBMTable.list(from: today, through: today, for: others, in: $0) }
            #expect(seen.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("is refused without the right to stop work, a topic, known people or a place of one's own")
    func refused() async throws {
        try await Yard.with { yard in
            let cases: [([String: JSON], String?)] = [
                (["rights_read": false], "tbm.rights-unread"), (["topics": []], "tbm.no-topic"),
                (["participants": []], "participants.none"),
                (["participants": [["person": "bravo-worker-1"]]], "participants.unknown"),
                (["thing": "bravo-shop"], "thing.unknown"), ([:], nil),
            ]
            for (change, code) in cases {
                let refusal = try await yard.refusal(
                    "safety.tbm.hold", Self.talk.merging(change) { $1 }, by: .worker("alfa"))
                #expect(refusal?.code == code)
            }
        }
    }

    @Test("held without a connection counts for the day it was held, by the house's clock")
    func offline() async throws {
        try await Yard.with { yard in
            let now = yard.clock.read()
            let claimed = now.advanced(bySeconds: -3 * 3600 + 600)
            try await yard.perform(
                "safety.tbm.hold", Self.talk, by: .worker("alfa"),
                offline: Ask.Offline(claimed: claimed, skew: 600, form: "1"))
            let tenant = try Caller.manager("alfa").tenant
            let today = KoreanDay(now)
            let meetings = try await yard.store.read {
                try TBMTable.list(from: today, through: today, for: tenant, in: $0)
            }
            #expect(meetings.map(\.held) == [now.advanced(bySeconds: -3 * 3600)])
            #expect(meetings.first?.language == "vi")
        }
    }

    @Test("a Korean day begins at 15:00 UTC; weeks begin on Monday; months keep their ends")
    func days() throws {
        let before = try #require(Timestamp(iso8601: "2026-11-21T14:59:59Z"))
        let after = try #require(Timestamp(iso8601: "2026-11-21T15:00:00Z"))
        #expect(KoreanDay(before).description == "2026-11-21")
        #expect(KoreanDay(after).description == "2026-11-22")
        #expect(KoreanDay("2026-11-22")?.monday.description == "2026-11-16")
        #expect(KoreanDay("2026-11-16")?.monday.description == "2026-11-16")
        #expect(KoreanDay("2024-02-29")?.adding(months: 12).description == "2025-02-28")
        #expect(KoreanDay("2026-08-31")?.adding(months: 6).description == "2027-02-28")
        #expect(KoreanDay("2026-02-30") == nil)
        #expect(KoreanDay("1969-12-31")?.number == -1)
    }
}
