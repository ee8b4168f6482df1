import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

/// What the stories of a programme begin with: two firms, two officers, and a programme that one of the firms applies to.
protocol GrantStory: Sendable {}

extension GrantStory {
    /// Whoever runs the firm that applies.
    var chief: Caller { .executive("alfa") }
    /// Who signs after the officer.
    var second: Caller { .person("officer-2", [.zoneOfficer]) }

    func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Alliance()], on: kind) { yard in
            for firm in ["alfa", "bravo"] { try await yard.register(firm) }
            for caller in [chief, .executive("bravo"), .officer, second] { try await yard.enrol(caller) }
            try await body(yard)
        }
    }

    func id(_ outcome: Outcome) throws -> JSON {
        let stream = try #require(outcome.events.first).stream
        return .string(String(stream.drop { $0 != "/" }.dropFirst()))
    }

    func open(
        _ yard: Yard, kind: String = "safety-voucher", budget: Double = 50_000_000, most: Double = 30_000_000,
        headcount: Double = 100
    ) async throws -> JSON {
        try id(
            await yard.perform(
                "alliance.grant.open",
                [
                    "title": "안전 이용권", "runner": "관리기관", "kind": .string(kind), "budget": .number(budget),
                    "most": .number(most), "opens": "2026-11-01", "closes": "2026-12-31",
                    "headcount": .number(headcount), "solutions": [["kind": "mes"]],
                ], by: .officer))
    }

    func apply(_ yard: Yard, to programme: JSON, by caller: Caller, amount: Double) async throws -> JSON {
        try id(
            await yard.perform(
                "alliance.grant.apply",
                ["programme": programme, "amount": .number(amount), "purpose": "방호장치"], by: caller))
    }

    func granted(_ yard: Yard, amount: Double = 10_000_000) async throws -> JSON {
        let application = try await apply(yard, to: open(yard), by: chief, amount: amount)
        try await yard.perform(
            "alliance.grant.grant",
            ["application": application, "amount": .number(amount), "reason": "끼임 위험", "version": "1"],
            by: .officer)
        return application
    }

    func programme(_ yard: Yard) async throws -> Programme {
        try #require(try await yard.store.read { try GrantTable.programmes(in: $0) }.first)
    }

    func left(_ application: JSON, _ yard: Yard) async throws -> Int64? {
        let (tenant, id, day) = (try chief.tenant, application.text ?? "", KoreanDay(yard.clock.read()))
        return try await yard.store.read { try GrantTable.application(id, on: day, for: tenant, in: $0) }?.left
    }
}
