import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("What the zone sees")
struct ZoneTests {
    private static func act(
        _ yard: Yard, _ id: String, firm: FirmID = "alfa", band: RiskBand, due: String
    ) async throws {
        try await record(
            yard, "safety.action.opened", "action/\(id)", firm,
            [
                "thing": .string("\(firm)-press"), "title": "막기", "source_kind": "hazard", "source": "h",
                "band": .string(band.rawValue), "step": "engineering", "due": .string(due),
            ])
    }

    private static func record(
        _ yard: Yard, _ type: String, _ stream: String, _ firm: FirmID, _ payload: [String: JSON]
    ) async throws {
        try await yard.district.record(
            [Draft(type, stream: stream, scope: .firm(firm), payload: payload)], origin: Origin(author: .system("test"))
        )
    }

    private static func ask(
        _ yard: Yard, _ change: @Sendable @escaping (inout ZoneQueries.Question) -> Void = { _ in }
    ) async throws -> Listing<ZoneFirm> {
        let (zone, now) = (try Caller.officer.tenant, yard.clock.read())
        return try await yard.store.read { reader in
            var question = ZoneQueries.Question(
                period: HalfYear(now), today: KoreanDay(now),
                weights: [.low: 1, .medium: 2, .high: 4, .severe: 8])
            change(&question)
            return try ZoneQueries.firms(question, for: zone, in: reader)
        }
    }

    @Test(
        "a firm's row tells overdue by band, severe hazards, its last meeting and inspection",
        arguments: StoreUnderTest.all)
    func row(_ store: StoreUnderTest) async throws {
        try await Yard.with(store) { yard in
            try await Self.act(yard, "a1", band: .severe, due: "2026-11-18")
            try await Self.act(yard, "a2", band: .low, due: "2026-11-11")
            try await Self.act(yard, "a3", band: .high, due: "2026-11-21")
            try await Self.act(yard, "b1", firm: "bravo", band: .low, due: "2026-11-01")
            try await Self.record(
                yard, "safety.tbm.held", "tbm/t1", "alfa",
                ["thing": "alfa-shop", "day": "2026-11-20", "participants": ["alfa-worker-1"]])
            try await Self.record(
                yard, "safety.inspection.submitted", "inspection/i1", "alfa",
                ["inspection": "i1", "schedule": "s1", "day": "2026-11-19", "due": "2026-11-17"])
            let rows = try await Self.ask(yard)
            #expect(rows.total == 2)
            let alfa = try #require(rows.rows.first { $0.firm == "alfa" })
            // Due today is not late; 3 days at 8, 10 days at 1.
            #expect(alfa.overdue == [1, 0, 0, 1])
            #expect(alfa.weight == 34)
            #expect(alfa.lastMeeting?.description == "2026-11-20")
            #expect(alfa.lastInspection?.description == "2026-11-19")
            #expect(rows.rows.first?.firm == "alfa")
            #expect(rows.rows.last?.weight == 20)
            #expect(try await Self.ask(yard) { $0.words = "brav" }.rows.map(\.firm) == ["bravo"])
            let named = try await Self.ask(yard) { question in
                (question.sort, question.descending, question.limit) = ("name", false, 1)
            }
            #expect(named.rows.map(\.firm) == ["alfa"])
            let zone = try Caller.officer.tenant
            let totals = try await yard.store.read {
                try ZoneQueries.totals(on: KoreanDay("2026-11-21") ?? KoreanDay(number: 0), for: zone, in: $0)
            }
            #expect(totals.overdue == [2, 0, 0, 1])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("done is no longer overdue; found without effect, it is again, counted from the first due date")
    func effect() async throws {
        try await Yard.with { yard in
            try await Self.act(yard, "a1", band: .severe, due: "2026-11-18")
            try await Self.record(yard, "safety.action.extended", "action/a1", "alfa", ["due": "2026-12-18"])
            #expect(try await Self.ask(yard) { $0.view = .overdue }.rows.map(\.firm) == ["alfa"])
            try await Self.record(yard, "safety.action.completed", "action/a1", "alfa", [:])
            #expect(try await Self.ask(yard) { $0.view = .overdue }.total == 0)
            try await Self.record(yard, "safety.action.verified", "action/a1", "alfa", ["effective": false])
            #expect(try await Self.ask(yard) { $0.view = .overdue }.rows.first?.weight == 24)
            try await Self.record(yard, "safety.action.cancelled", "action/a1", "alfa", [:])
            #expect(try await Self.ask(yard) { $0.view = .overdue }.total == 0)
        }
    }

    @Test("a severe hazard counts from its acceptance until it is mended, and again when it comes back")
    func severe() async throws {
        try await Yard.with { yard in
            func severe() async throws -> [Int64] { try await Self.ask(yard) { $0.view = .severe }.rows.map(\.severe) }
            #expect(try await severe().isEmpty)
            for (step, wanted) in [("accepted", [1]), ("controlled", []), ("reopened", [1]), ("closed", [])]
                as [(String, [Int64])]
            {
                try await Self.record(
                    yard, "safety.hazard.\(step)", "hazard/h1", "alfa",
                    ["hazard": "h1", "thing": "alfa-press", "band": "severe", "frequency": 5, "severity": 5])
                #expect(try await severe() == wanted, "\(step)")
            }
        }
    }

    @Test("a firm whose half-year was never counted lacks evidence; unknown is not complete")
    func missing() async throws {
        try await Yard.with { yard in
            let rows = try await Self.ask(yard) { question in
                question.view = .missing
                question.sort = "missing"
            }
            #expect(rows.total == 2)
        }
    }

    @Test("a firm asks of itself alone: the zone's questions answer by tenant")
    func tenancy() async throws {
        try await Yard.with { yard in
            try await Self.act(yard, "b1", firm: "bravo", band: .severe, due: "2026-11-01")
            let (alfa, now) = (try Caller.manager("alfa").tenant, yard.clock.read())
            let (rows, totals) = try await yard.store.read { reader in
                (
                    try ZoneQueries.firms(
                        ZoneQueries.Question(period: HalfYear(now), today: KoreanDay(now), weights: [:]), for: alfa,
                        in: reader),
                    try ZoneQueries.totals(on: KoreanDay(now), for: alfa, in: reader)
                )
            }
            #expect(rows.rows.map(\.firm) == ["alfa"])
            #expect(totals.overdue == [0, 0, 0, 0])
        }
    }
}
