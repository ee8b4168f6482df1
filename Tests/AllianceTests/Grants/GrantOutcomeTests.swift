import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("What came of a programme, and what is said of it", .serialized)
struct GrantOutcomeTests: GrantStory {
    @Test("a seminar holds no more than its places, and is counted once it was held")
    func seminar() async throws {
        try await with { yard in
            let programme = try await open(yard, kind: "seminar")
            func set(_ day: String) async throws -> JSON {
                try id(
                    await yard.perform(
                        "alliance.grant.seminar",
                        ["programme": programme, "title": "첫걸음", "day": .string(day), "places": 10], by: .officer))
            }
            func attend(_ seminar: JSON, _ firm: String, _ people: Double) async throws -> String? {
                try await yard.refusal(
                    "alliance.grant.attend",
                    ["seminar": seminar, "firm": .string(firm), "people": .number(people)], by: .officer)?.code
            }
            let (held, later) = (try await set("2026-11-20"), try await set("2026-12-01"))
            #expect(try await attend(later, "alfa", 1) == "grant.early")
            #expect(try await attend(held, "nobody", 1) == "grant.firm")
            #expect(try await attend("none", "alfa", 1) == "grant.seminar")
            #expect(try await attend(held, "alfa", 6) == nil)
            #expect(try await attend(held, "bravo", 5) == "grant.places")
            #expect(try await attend(held, "alfa", 4) == nil, "recorded again it is corrected")
            #expect(try await attend(held, "bravo", 6) == nil)
            let bravo = try Caller.executive("bravo").tenant
            let seen = try await yard.store.read { try GrantTable.attendance(of: held.text ?? "", for: bravo, in: $0) }
            #expect(seen.map(\.firm) == ["bravo"], "a firm sees its own people alone")
        }
    }

    @Test("what changed is told with its source; a level by two assessments of the same firm")
    func outcome() async throws {
        try await with { yard in
            let items = try MaturityItems(Handbook(shipped: Alliance.shippedData))
            func assess(_ level: String) async throws -> JSON {
                let one = try id(await yard.perform("alliance.maturity.start", [:], by: chief))
                try await yard.perform(
                    "alliance.maturity.answer",
                    [
                        "assessment": one,
                        "answers": .array(items.items.map { ["item": .string($0.id), "level": .string(level)] }),
                    ],
                    by: chief)
                try await yard.perform("alliance.maturity.submit", ["assessment": one, "named": true], by: chief)
                return one
            }
            let application = try await granted(yard)
            let before = try await assess("2")
            yard.clock.advance(by: 200 * 86_400)
            let after = try await assess("3")
            func measure(_ values: [String: JSON]) async throws -> String? {
                try await yard.refusal(
                    "alliance.grant.measure", values.merging(["application": application]) { $1 }, by: .officer)?.code
            }
            let incidents: [String: JSON] = [
                "metric": "incidents", "before": 3, "before_day": "2026-11-01", "after": 1, "source": "사고 목록",
            ]
            func without(_ field: String) -> [String: JSON] { incidents.filter { $0.key != field } }
            #expect(try await measure(without("source")) == "grant.source")
            #expect(try await measure(without("before")) == "grant.value")
            #expect(try await measure(without("before_day")) == "grant.day")
            #expect(
                try await measure(incidents.merging(["after_day": "2026-10-01"]) { $1 }) == "grant.order")
            #expect(try await measure(incidents) == nil)
            let levels: [String: JSON] = ["metric": "maturity", "before_assessment": before, "after_assessment": after]
            #expect(
                try await measure(levels.merging(["after_assessment": "none"]) { $1 }) == "grant.assessment")
            #expect(try await measure(levels) == nil)
            let (tenant, key) = (try chief.tenant, application.text ?? "")
            let outcomes = try await yard.store.read {
                try GrantTable.outcomes(of: .application(key), for: tenant, in: $0)
            }
            #expect(outcomes.map(\.isBetter) == [true, true])
            #expect(outcomes.contains { $0.metric == .maturity && $0.before == 2 && $0.after == 3 })
            let other = try Caller.executive("bravo").tenant
            #expect(
                try await yard.store.read { try GrantTable.outcomes(of: .application(key), for: other, in: $0) }.isEmpty
            )
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what can be applied to is said, and nothing else is")
    func asked() async throws {
        try await with { yard in
            #expect(try await yard.spine.answer("alliance.grant.open-now", [:], by: chief).ko.contains("없습니다"))
            _ = try await open(yard)
            let said = try await yard.spine.answer("alliance.grant.open-now", [:], by: chief)
            #expect(said.ko.contains("안전 이용권") && said.ko.contains("2026-12-31"))
        }
    }

    @Test("the sample is founded once, and its money adds up")
    func sample() async throws {
        try await Yard.with([try Alliance()], on: .sqlite, isSample: true) { yard in
            for firm in ["firm-gaon", "firm-nuri"] { try await yard.register(firm) }
            for _ in 0..<2 { try await GrantSample.found(yard.spine) }
            let programmes = try await yard.store.read { try GrantTable.programmes(in: $0) }
            #expect(programmes.count == 3)
            let voucher = try #require(programmes.first { $0.kind == .safetyVoucher })
            #expect(voucher.granted == 6_000_000 && voucher.paid == 3_800_000)
            let zone = try Caller.officer.tenant
            let applications = try await yard.store.read { try GrantTable.applications(for: zone, in: $0) }
            #expect(applications.allSatisfy { $0.used <= $0.granted ?? 0 })
        }
    }
}
