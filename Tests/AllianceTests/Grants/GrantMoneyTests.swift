import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("What is issued and paid of a grant", .serialized)
struct GrantMoneyTests: GrantStory {
    @Test("vouchers and payments keep within what was granted; a rebuild gives the same", arguments: StoreUnderTest.all)
    func life(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let application = try await granted(yard)
            try await yard.perform(
                "alliance.grant.issue",
                ["application": application, "amount": 6_000_000, "provider": "연구소", "until": "2026-12-15"],
                by: .officer)
            let tenant = try chief.tenant
            let voucher = try #require(
                try await yard.store.read { try GrantTable.vouchers(for: tenant, in: $0) }.first)
            #expect(
                try await yard.refusal(
                    "alliance.grant.pay",
                    ["application": application, "amount": 5_000_000, "milestone": "착수", "source": "검수"], by: .officer)?
                    .code == "grant.exceeded")
            try await yard.perform(
                "alliance.grant.pay",
                ["application": application, "amount": 4_000_000, "milestone": "착수", "source": "검수"], by: .officer)
            let use: [String: JSON] = ["voucher": .string(voucher.id), "amount": 5_500_000, "source": "계산서"]
            #expect(
                try await yard.refusal("alliance.grant.redeem", use, by: .executive("bravo"))?.code == "grant.voucher")
            try await yard.perform("alliance.grant.redeem", use, by: chief)
            #expect(try await yard.refusal("alliance.grant.redeem", use, by: chief)?.code == "grant.used")
            let event = try #require(try await yard.last("alliance.grant.voucher-redeemed"))
            #expect(event.payload["amount"] == .string("5500000"), "money is no JSON number")
            #expect(try await left(application, yard) == 500_000, "what a voucher was not used for comes back")
            let found = try await programme(yard)
            #expect(found.granted == 10_000_000 && found.paid == 9_500_000 && found.left == 40_000_000)
            let other = try Caller.executive("bravo").tenant
            #expect(try await yard.store.read { try GrantTable.applications(for: other, in: $0) }.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a voucher that nobody used in time gives its money back, once")
    func lapsed() async throws {
        try await with { yard in
            let application = try await granted(yard)
            func issue(_ amount: Double, until day: String) async throws -> String? {
                try await yard.refusal(
                    "alliance.grant.issue",
                    [
                        "application": application, "amount": .number(amount), "provider": "연구소",
                        "until": .string(day),
                    ], by: .officer)?.code
            }
            #expect(try await issue(6_000_000, until: "2026-12-01") == nil)
            let tenant = try chief.tenant
            let first = try #require(
                try await yard.store.read { try GrantTable.vouchers(for: tenant, in: $0) }.first)
            #expect(try await issue(5_000_000, until: "2026-12-20") == "grant.exceeded")
            yard.clock.set("2026-12-02T09:00:00+09:00")
            #expect(try await left(application, yard) == 10_000_000)
            #expect(try await issue(7_000_000, until: "2026-12-20") == nil)
            let late: [String: JSON] = [
                "voucher": .string(first.id), "amount": 4_000_000, "day": "2026-12-01", "source": "x",
            ]
            #expect(
                try await yard.refusal("alliance.grant.redeem", late, by: chief)?.code == "grant.exceeded",
                "its money was given again")
            try await yard.perform(
                "alliance.grant.redeem", late.merging(["amount": 3_000_000]) { $1 }, by: chief)
            #expect(try await left(application, yard) == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("money goes out only as a voucher or a payment that may")
    func spending() async throws {
        try await with { yard in
            let application = try await granted(yard)
            func issue(_ more: [String: JSON]) async throws -> String? {
                let values: [String: JSON] = [
                    "application": application, "amount": 1000, "provider": "x", "until": "2026-12-01",
                ]
                return try await yard.refusal(
                    "alliance.grant.issue", values.merging(more) { $1 }, by: .officer)?.code
            }
            #expect(try await issue(["until": "2026-11-20"]) == "grant.until")
            #expect(try await issue(["amount": 10_000_001]) == "grant.exceeded")
            #expect(try await issue([:]) == nil)
            let tenant = try chief.tenant
            let voucher = try #require(
                try await yard.store.read { try GrantTable.vouchers(for: tenant, in: $0) }.first)
            func redeem(_ more: [String: JSON]) async throws -> String? {
                let values: [String: JSON] = ["voucher": .string(voucher.id), "amount": 900, "source": "x"]
                return try await yard.refusal("alliance.grant.redeem", values.merging(more) { $1 }, by: chief)?.code
            }
            #expect(try await redeem(["amount": 1001]) == "grant.exceeded")
            #expect(try await redeem(["day": "2026-11-22"]) == "alliance.future")
            yard.clock.set("2026-12-02T09:00:00+09:00")
            #expect(try await redeem([:]) == "grant.expired")
            #expect(try await redeem(["day": "2026-12-01"]) == nil)
            let equipment = try await open(yard, kind: "equipment")
            let other = try await apply(yard, to: equipment, by: chief, amount: 1000)
            try await yard.perform(
                "alliance.grant.grant", ["application": other, "amount": 1000, "reason": "x", "version": "1"],
                by: .officer)
            #expect(try await issue(["application": other, "until": "2026-12-20"]) == "grant.no-voucher")
        }
    }
}
