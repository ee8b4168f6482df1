import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("What a programme grants, and to whom", .serialized)
struct GrantDecisionTests: GrantStory {
    @Test("what is refused when a programme is opened, applied to and decided, each by its name")
    func refusals() async throws {
        try await with { yard in
            let opening: [String: JSON] = [
                "title": "가", "runner": "나", "kind": "seminar", "budget": 10, "most": 5, "opens": "2026-11-01",
                "closes": "2026-12-01",
            ]
            let wrong: [([String: JSON], String)] = [
                (["closes": "2026-10-01"], "grant.period"), (["most": 11], "grant.most"),
                (["opens": "내일"], "alliance.day"),
            ]
            for (change, code) in wrong {
                let refusal = try await yard.refusal(
                    "alliance.grant.open", opening.merging(change) { $1 }, by: .officer)
                #expect(refusal?.code == code)
            }
            #expect(try await yard.refusal("alliance.grant.open", opening, by: chief)?.kind == .forbidden)
            let small = try await open(yard, headcount: 10)
            let programme = try await open(yard)
            func asked(_ programme: JSON, _ amount: Double, _ more: [String: JSON] = [:]) async throws -> String? {
                let values: [String: JSON] = ["programme": programme, "amount": .number(amount), "purpose": "x"]
                return try await yard.refusal(
                    "alliance.grant.apply", values.merging(more) { $1 }, by: chief)?.code
            }
            #expect(try await asked(small, 10) == "grant.too-large")
            #expect(try await asked("none", 10) == "grant.programme")
            #expect(try await asked(programme, 30_000_001) == "grant.most")
            #expect(try await asked(programme, 10, ["assessment": "none"]) == "grant.assessment")
            let application = try await apply(yard, to: programme, by: chief, amount: 1000)
            #expect(try await asked(programme, 10) == "grant.twice")
            let decide: [String: JSON] = ["application": application, "amount": 1001, "reason": "x", "version": "1"]
            #expect(try await yard.refusal("alliance.grant.grant", decide, by: .officer)?.code == "grant.asked")
            #expect(try await yard.refusal("alliance.grant.grant", decide, by: chief)?.kind == .forbidden)
            try await yard.perform(
                "alliance.grant.reject", ["application": application, "reason": "예산 부족", "version": "1"], by: .officer)
            #expect(
                try await yard.refusal("alliance.grant.grant", decide, by: .officer)?.code == "grant.state")
            _ = try await apply(yard, to: programme, by: chief, amount: 1000)
            yard.clock.set("2027-01-01T09:00:00+09:00")
            #expect(try await asked(programme, 10) == "grant.late")
        }
    }

    @Test("a large amount waits for a second officer")
    func signed() async throws {
        try await with { yard in
            let application = try await apply(yard, to: open(yard), by: chief, amount: 25_000_000)
            let values: [String: JSON] = [
                "application": application, "amount": 25_000_000, "reason": "설비", "version": "1",
            ]
            #expect(
                try await yard.refusal("alliance.grant.grant", values, by: .officer)?.code == "grant.two-signatures")
            try await yard.perform("alliance.grant.grant-large", values, by: .officer)
            #expect(try await programme(yard).granted == 0, "nothing is granted before the second signature")
            let request = try #require(try await yard.district.requestsToSign(by: second).first)
            #expect(try await yard.district.requestsToSign(by: .officer).isEmpty)
            try await yard.perform("district.request.sign", ["request": .string("\(request.id)")], by: second)
            #expect(try await programme(yard).granted == 25_000_000)
            let tenant = try chief.tenant
            #expect(
                try await yard.store.read { try GrantTable.applications(for: tenant, in: $0) }.first?.isSigned == true)
        }
    }

    @Test("many grants at once never take more than there is", arguments: StoreUnderTest.all)
    func concurrent(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let programme = try await open(yard, budget: 50_000_000, most: 12_000_000, headcount: 1000)
            var applications: [JSON] = []
            for number in 1...8 {
                let firm = "firm-\(number)"
                try await yard.register(firm)
                applications.append(try await apply(yard, to: programme, by: .executive(firm), amount: 12_000_000))
            }
            let codes = await withTaskGroup(of: String?.self) { group in
                for application in applications {
                    group.addTask {
                        do {
                            return try await yard.refusal(
                                "alliance.grant.grant",
                                ["application": application, "amount": 12_000_000, "reason": "선정", "version": "1"],
                                by: .officer)?.code
                        } catch { return "\(error)" }
                    }
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } == 4 && codes.count { $0 == "grant.budget" } == 4, "\(codes)")
            let found = try await self.programme(yard)
            #expect(found.granted == 48_000_000 && found.left == 2_000_000)
        }
    }

    @Test("the newest voucher and the oldest application are found, however many there are")
    func many() async throws {
        try await with { yard in
            let application = try await granted(yard)
            let (id, most) = (application.text ?? "", 500)
            let scope = Scope.firm("alfa")
            let vouchers = (1...most + 1).map { number in
                Draft(
                    GrantEvents.issued, stream: "grant/\(id)", scope: scope,
                    payload: [
                        "programme": "p", "voucher": .string("v-\(number)"), "amount": .decimal(1), "provider": "x",
                        "until": number > most ? "2027-01-31" : "2026-12-01",
                    ])
            }
            let filed = (1...most + 1).map { number in
                Draft(
                    GrantEvents.applied, stream: "grant/a-\(number)", scope: scope,
                    payload: ["programme": "p", "amount": .decimal(1), "purpose": "x", "assessment": .null])
            }
            try await yard.district.record(vouchers + filed, origin: Origin(author: .system("test")))
            let zone = try Caller.officer.tenant
            #expect(try await yard.store.read { try GrantTable.waiting(for: zone, in: $0) } == most + 1)
            #expect(
                try await yard.refusal(
                    "alliance.grant.redeem", ["voucher": .string("v-\(most + 1)"), "amount": 1, "source": "x"],
                    by: .officer)
                    == nil)
        }
    }
}
