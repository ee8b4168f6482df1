import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Budget: plan against ledger")
struct BudgetTests {
    @Test(
        "what is spent stands against its item with a receipt; spending too little must be explained at the review",
        arguments: StoreUnderTest.all)
    func story(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.firm.profile", DutyStoryTests.profile, by: .manager("alfa"))
            let planned = try await yard.perform(
                "safety.budget.plan", ["name": "방호장치", "purpose": "facilities", "amount": 10_000_000],
                by: .manager("alfa"))
            let item = JSON.string(String(try #require(planned.events.first).stream.dropFirst("budget/".count)))
            let file = JSON.string(try await yard.attach("receipt"))
            func spend(_ values: [String: JSON], by caller: Caller = .manager("alfa")) async throws -> String? {
                try await yard.refusal(
                    "safety.budget.spend",
                    ["item": item, "amount": 1_000_000, "file": file].merging(values) { $1 }, by: caller)?.code
            }
            #expect(try await spend(["day": "2026-11-22"]) == "budget.day")
            #expect(try await spend(["day": "2025-12-31"]) == "budget.year")
            #expect(try await spend([:], by: .manager("bravo")) == "budget.item")
            #expect(try await spend([:], by: .worker("alfa")) == "access.forbidden")
            #expect(try await spend(["file": .string(String(repeating: "1", count: 64))]) == "duty.file")
            #expect(try await spend(["amount": 0]) == "form.invalid")
            #expect(try await spend([:]) == nil)
            #expect(try await spend(["amount": 2_000_000, "day": "2026-03-02"]) == nil)
            let lines = try await yard.store.read {
                try BudgetTable.lines(of: "alfa", in: 2026, for: Caller.executive("alfa").tenant, $0)
            }
            #expect(lines.map(\.spent) == [3_000_000])
            #expect(lines[0].rest == 7_000_000)
            #expect(lines[0].state(on: KoreanDay(yard.clock.read())) == .behind)

            func review(_ values: [String: JSON]) async throws -> String? {
                try await yard.refusal("safety.budget.review", values, by: .executive("alfa"))?.code
            }
            #expect(try await review([:]) == "budget.underspent")
            #expect(try await review(["year": 2025]) == "budget.empty")
            #expect(try await HoldTests.state(yard, "sapa-d4-4") == .lacking)
            #expect(try await review(["reason": "납품이 늦어 12월에 집행합니다."]) == nil)
            #expect(try await HoldTests.state(yard, "sapa-d4-4") == .unsigned)
            try await yard.perform(
                "safety.budget.revise", ["item": item, "amount": 3_000_000, "reason": "x"], by: .executive("alfa"))
            #expect(try await review([:]) == nil)
            let seen = try await yard.store.read { reader in
                (
                    try BudgetTable.lines(of: "alfa", in: 2026, for: Caller.executive("bravo").tenant, reader).count,
                    try BudgetTable.spendings(of: "alfa", in: 2026, for: Caller.executive("bravo").tenant, reader)
                        .count,
                    try BudgetTable.spendings(of: "alfa", in: 2026, for: Caller.officer.tenant, reader).map(\.amount)
                )
            }
            #expect(seen.0 == 0 && seen.1 == 0)
            #expect(seen.2 == [1_000_000, 2_000_000])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "an item is behind below seven tenths of an even year, over above its plan",
        arguments: [
            ("2026-01-01", 0, BudgetLine.State.behind), ("2026-07-02", 34, .behind), ("2026-07-02", 36, .onTrack),
            ("2026-12-31", 69, .behind), ("2026-12-31", 70, .onTrack), ("2026-12-31", 100, .onTrack),
            ("2026-12-31", 101, .over), ("2025-12-31", 0, .onTrack), ("2027-03-01", 69, .behind),
        ])
    func state(day: String, spent: Int64, state: BudgetLine.State) throws {
        let day = try #require(KoreanDay(day))
        #expect(BudgetLine.state(planned: 100, spent: spent, year: 2026, on: day) == state)
    }
}
