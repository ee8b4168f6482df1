import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("Who may apply, and what changed after")
struct GrantRuleTests {
    private static func programme(granted: Int64 = 0, headcount: Int64? = 50) -> Programme {
        Programme(
            id: "p", title: Words("가", "a"), runner: "r", kind: .equipment, budget: 100, granted: granted, paid: 0,
            most: 50, opens: KoreanDay(number: 10), closes: KoreanDay(number: 20), headcount: headcount, solutions: [])
    }

    @Test(
        "a firm applies within the period, the budget and the size; an unknown size is not a small one",
        arguments: [
            (10, 0, 50, 42, nil), (20, 99, 50, 50, nil), (9, 0, 50, 42, .early), (21, 0, 50, 42, .late),
            (15, 100, 50, 42, .spent), (15, 120, 50, 42, .spent), (15, 0, 50, 51, .tooLarge),
            (15, 0, 50, nil, .unknownSize), (15, 0, nil, nil, nil),
        ] as [(Int64, Int64, Int64?, Int?, Programme.Hindrance?)])
    func hindrance(_ day: Int64, _ granted: Int64, _ most: Int64?, _ people: Int?, _ expected: Programme.Hindrance?) {
        let programme = Self.programme(granted: granted, headcount: most)
        #expect(programme.hindrance(headcount: people, on: KoreanDay(number: day)) == expected)
        #expect(programme.left >= 0)
    }

    @Test(
        "an amount is read with its thousands apart",
        arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (20_000_000, "20,000,000"), (1_234_567, "1,234,567")]
            as [(Int64, String)])
    func won(_ amount: Int64, _ expected: String) { #expect(GrowthAsk.won(amount) == expected) }

    @Test(
        "fewer incidents are better, more output is, and the same is neither",
        arguments: [
            (GrantOutcome.Metric.incidents, 3.0, 1.0, true), (.defects, 1, 2, false), (.productivity, 10, 13, true),
            (.maturity, 3, 2, false), (.jobs, 40, 40, nil),
        ] as [(GrantOutcome.Metric, Double, Double, Bool?)])
    func better(_ metric: GrantOutcome.Metric, _ before: Double, _ after: Double, _ expected: Bool?) {
        let outcome = GrantOutcome(
            metric: metric, before: before, after: after, beforeDay: KoreanDay(number: 1),
            afterDay: KoreanDay(number: 2), source: "s")
        #expect(outcome.isBetter == expected)
    }
}

@Suite("A programme from its opening to what changed", .serialized)
struct GrantStoryTests {
    private let chief = Caller.executive("alfa")
    private let second = Caller.person("officer-2", [.zoneOfficer])

    private func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Alliance()], on: kind) { yard in
            for firm in ["alfa", "bravo"] { try await yard.register(firm) }
            for caller in [chief, .executive("bravo"), .officer, second] { try await yard.enrol(caller) }
            try await body(yard)
        }
    }

    private func id(_ outcome: Outcome) throws -> JSON {
        let stream = try #require(outcome.events.first).stream
        return .string(String(stream.drop { $0 != "/" }.dropFirst()))
    }

    private func open(
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

    private func apply(_ yard: Yard, to programme: JSON, by caller: Caller, amount: Double) async throws -> JSON {
        try id(
            await yard.perform(
                "alliance.grant.apply",
                ["programme": programme, "amount": .number(amount), "purpose": "방호장치"], by: caller))
    }

    private func granted(_ yard: Yard, amount: Double = 10_000_000) async throws -> JSON {
        let application = try await apply(yard, to: open(yard), by: chief, amount: amount)
        try await yard.perform(
            "alliance.grant.grant",
            ["application": application, "amount": .number(amount), "reason": "끼임 위험"], by: .officer)
        return application
    }

    private func programme(_ yard: Yard) async throws -> Programme {
        try #require(try await yard.store.read { try GrantTable.programmes(in: $0) }.first)
    }

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

    private func left(_ application: JSON, _ yard: Yard) async throws -> Int64? {
        let (tenant, id, day) = (try chief.tenant, application.text ?? "", KoreanDay(yard.clock.read()))
        return try await yard.store.read { try GrantTable.application(id, on: day, for: tenant, in: $0) }?.left
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
                                ["application": application, "amount": 12_000_000, "reason": "선정"], by: .officer)?.code
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

    @Test("a large amount waits for a second officer")
    func signed() async throws {
        try await with { yard in
            let application = try await apply(yard, to: open(yard), by: chief, amount: 25_000_000)
            let values: [String: JSON] = ["application": application, "amount": 25_000_000, "reason": "설비"]
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
            let decide: [String: JSON] = ["application": application, "amount": 1001, "reason": "x"]
            #expect(try await yard.refusal("alliance.grant.grant", decide, by: .officer)?.code == "grant.asked")
            #expect(try await yard.refusal("alliance.grant.grant", decide, by: chief)?.kind == .forbidden)
            try await yard.perform(
                "alliance.grant.reject", ["application": application, "reason": "예산 부족"], by: .officer)
            #expect(
                try await yard.refusal("alliance.grant.grant", decide, by: .officer)?.code == "grant.state")
            _ = try await apply(yard, to: programme, by: chief, amount: 1000)
            yard.clock.set("2027-01-01T09:00:00+09:00")
            #expect(try await asked(programme, 10) == "grant.late")
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
                "alliance.grant.grant", ["application": other, "amount": 1000, "reason": "x"], by: .officer)
            #expect(try await issue(["application": other, "until": "2026-12-20"]) == "grant.no-voucher")
        }
    }

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
