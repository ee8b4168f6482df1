import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("What is put right of applications and programmes", .serialized)
struct GrantChangeTests: GrantStory {
    private func state(_ application: JSON, _ yard: Yard) async throws -> GrantApplication? {
        let (tenant, id, day) = (try chief.tenant, application.text ?? "", KoreanDay(yard.clock.read()))
        return try await yard.store.read { try GrantTable.application(id, on: day, for: tenant, in: $0) }
    }

    @Test("an application is put right or withdrawn by its firm until it is decided", arguments: StoreUnderTest.all)
    func revised(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let programme = try await open(yard)
            let application = try await apply(yard, to: programme, by: chief, amount: 5_000_000)
            func revise(_ more: [String: JSON] = [:], by caller: Caller? = nil) async throws -> Refusal? {
                let values: [String: JSON] = ["application": application, "amount": 6_000_000, "purpose": "방호장치 둘"]
                return try await yard.refusal(
                    "alliance.grant.revise", values.merging(more) { $1 }, by: caller ?? chief)
            }
            func withdraw(by caller: Caller) async throws -> Refusal? {
                try await yard.refusal(
                    "alliance.grant.withdraw", ["application": application, "reason": "다음에"], by: caller)
            }
            #expect(try await revise(["amount": 30_000_001])?.code == "grant.most")
            #expect(try await revise(["assessment": "none"])?.code == "grant.assessment")
            #expect(try await revise(by: .executive("bravo"))?.code == "grant.application")
            #expect(try await revise(by: .officer)?.kind == .forbidden)
            #expect(try await revise() == nil)
            let now = try await state(application, yard)
            #expect(now?.amount == 6_000_000 && now?.purpose == "방호장치 둘" && now?.version == 2 && now?.revised != nil)
            // Who decides says what they have read.
            let decide: [String: JSON] = [
                "application": application, "amount": 6_000_000, "reason": "x", "version": "1",
            ]
            #expect(try await yard.refusal("alliance.grant.grant", decide, by: .officer)?.code == "grant.revised")
            #expect(
                try await yard.refusal(
                    "alliance.grant.reject", ["application": application, "reason": "x", "version": "1"], by: .officer)?
                    .code == "grant.revised")
            #expect(try await withdraw(by: .executive("bravo"))?.code == "grant.application")
            #expect(try await withdraw(by: .officer)?.kind == .forbidden)
            #expect(try await withdraw(by: chief) == nil)
            #expect(try await state(application, yard)?.state == .withdrawn)
            #expect(try await withdraw(by: chief)?.code == "grant.state")
            #expect(try await revise()?.code == "grant.state")
            let zone = try Caller.officer.tenant
            #expect(try await yard.store.read { try GrantTable.waiting(for: zone, in: $0) } == 0)
            let again = try await apply(yard, to: programme, by: chief, amount: 1000)
            try await yard.perform(
                "alliance.grant.grant", ["application": again, "amount": 1000, "reason": "x", "version": "1"],
                by: .officer)
            #expect(
                try await yard.refusal("alliance.grant.withdraw", ["application": again, "reason": "x"], by: chief)?
                    .code
                    == "grant.state")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "nobody decides without saying which version was read",
        arguments: ["alliance.grant.grant", "alliance.grant.grant-large", "alliance.grant.reject"])
    func unread(command: String) async throws {
        try await with { yard in
            let application = try await apply(yard, to: open(yard), by: chief, amount: 5_000_000)
            var values: [String: JSON] = ["application": application, "reason": "x"]
            if command != "alliance.grant.reject" { values["amount"] = 5_000_000 }
            let refusal = try #require(try await yard.refusal(command, values, by: .officer))
            #expect(refusal.kind == .invalid && refusal.faults.map(\.field) == ["version"])
            #expect(try await yard.district.requestsToSign(by: second).isEmpty)
            #expect(try await state(application, yard)?.state == .filed)
            values["version"] = "1"
            #expect(try await yard.refusal(command, values, by: .officer) == nil)
        }
    }

    @Test("once applications have closed, the amount can be lowered but not raised", arguments: [false, true])
    func raised(isClosedEarly: Bool) async throws {
        try await with { yard in
            let programme = try await open(yard)
            let application = try await apply(yard, to: programme, by: chief, amount: 5_000_000)
            func revise(_ amount: Double) async throws -> String? {
                try await yard.refusal(
                    "alliance.grant.revise",
                    ["application": application, "amount": .number(amount), "purpose": "방호장치"], by: chief)?.code
            }
            #expect(try await revise(6_000_000) == nil)
            if isClosedEarly {
                try await yard.perform(
                    "alliance.grant.close", ["programme": programme, "reason": "예산 전용"], by: .officer)
            } else {
                // The last day is a day of the period.
                yard.clock.set("2026-12-31T23:00:00+09:00")
                #expect(try await revise(6_100_000) == nil)
                #expect(try await revise(6_000_000) == nil)
                yard.clock.set("2027-01-01T00:30:00+09:00")
            }
            #expect(try await revise(6_000_001) == "grant.raised")
            let firm = try await signedIn(chief, yard)
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                let path = "/alliance/grants/application/\(application.text ?? "")/revise"
                let page = try await served.client.send("GET", path, firm)
                #expect(page.text.contains("max=\"6000000\""))
            }
            #expect(try await revise(6_000_000) == nil)
            #expect(try await revise(4_000_000) == nil)
            #expect(try await revise(6_000_000) == "grant.raised")
        }
    }

    @Test("a second officer does not sign what the firm has put right since")
    func signedAsRead() async throws {
        try await with { yard in
            let application = try await apply(yard, to: open(yard), by: chief, amount: 25_000_000)
            try await yard.perform(
                "alliance.grant.grant-large",
                ["application": application, "amount": 25_000_000, "reason": "설비", "version": "1"], by: .officer)
            try await yard.perform(
                "alliance.grant.revise",
                ["application": application, "amount": 25_000_000, "purpose": "전혀 다른 것"], by: chief)
            let request = try #require(try await yard.district.requestsToSign(by: second).first)
            #expect(
                try await yard.refusal(
                    "district.request.sign", ["request": .string("\(request.id)")], by: second)?.code == "grant.revised"
            )
            #expect(try await programme(yard).granted == 0)
        }
    }

    @Test("a programme is changed until somebody applies, and closed with a reason", arguments: StoreUnderTest.all)
    func programmes(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let programme = try await open(yard)
            func change(_ more: [String: JSON] = [:], by caller: Caller = .officer) async throws -> Refusal? {
                let values: [String: JSON] = [
                    "programme": programme, "title": "안전 이용권 2차", "runner": "관리기관", "kind": "safety-voucher",
                    "budget": 40_000_000, "most": 20_000_000, "opens": "2026-11-01", "closes": "2026-12-20",
                ]
                return try await yard.refusal("alliance.grant.change", values.merging(more) { $1 }, by: caller)
            }
            func close(by caller: Caller = .officer) async throws -> Refusal? {
                try await yard.refusal(
                    "alliance.grant.close", ["programme": programme, "reason": "예산 전용"], by: caller)
            }
            #expect(try await change(by: chief)?.kind == .forbidden)
            #expect(try await change(["programme": "none"])?.code == "grant.programme")
            #expect(try await change(["closes": "2026-10-01"])?.code == "grant.period")
            #expect(try await change(["most": 50_000_000])?.code == "grant.most")
            #expect(try await change() == nil)
            let now = try await self.programme(yard)
            #expect(now.title.ko == "안전 이용권 2차" && now.budget == 40_000_000 && now.headcount == nil)
            _ = try await apply(yard, to: programme, by: chief, amount: 1000)
            #expect(try await change()?.code == "grant.applied")
            #expect(try await close(by: chief)?.kind == .forbidden)
            #expect(try await close() == nil)
            #expect(try await close()?.code == "grant.closed")
            #expect(try await change()?.code == "grant.closed")
            #expect(try await self.programme(yard).closed?.reason == "예산 전용")
            #expect(
                try await yard.refusal(
                    "alliance.grant.apply", ["programme": programme, "amount": 1, "purpose": "x"],
                    by: .executive("bravo"))?.code == "grant.closed")
            // What was filed before is decided all the same.
            let zone = try Caller.officer.tenant
            let filed = try #require(try await yard.store.read { try GrantTable.applications(for: zone, in: $0) }.first)
            try await yard.perform(
                "alliance.grant.grant",
                ["application": .string(filed.id), "amount": 1000, "reason": "x", "version": "1"], by: .officer)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the pages give an officer what they decide on, and a firm what it is judged by")
    func pages() async throws {
        try await with { yard in
            let programme = try await open(yard)
            let earlier = try await open(yard, kind: "equipment")
            let before = try await apply(yard, to: earlier, by: chief, amount: 3_000_000)
            try await yard.perform(
                "alliance.grant.reject", ["application": before, "reason": "예산 부족", "version": "1"], by: .officer)
            let application = try await apply(yard, to: programme, by: chief, amount: 25_000_000)
            let (id, place) = (application.text ?? "", "/alliance/grants/programme/\(programme.text ?? "")")
            let (officer, firm, other) = (
                try await signedIn(.officer, yard), try await signedIn(chief, yard),
                try await signedIn(.executive("bravo"), yard)
            )
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                func page(_ path: String, _ who: [(String, String)]) async throws -> (status: Int, text: String) {
                    let answer = try await served.client.send("GET", path, who)
                    return (answer.status, answer.text)
                }
                let path = "/alliance/grants/application/\(id)"
                let read = try await page(path, officer)
                for said in [
                    "등록 42명", "입주기업 등록부, 2026-11-21", "예산 25,000,000원이 남습니다", "미선정", "3,000,000원",
                    "alliance.grant.grant-large?version=1", "alliance.grant.reject?version=1",
                ] { #expect(read.text.contains(said), "\(said)") }
                #expect(try await page(path, other).status == 404)
                let own = try await page(path, firm)
                #expect(own.text.contains("\(path)/revise") && own.text.contains("alliance.grant.withdraw"))
                let form = try await page("\(path)/revise", firm)
                #expect(form.text.contains("value=\"25000000\"") && form.text.contains("max=\"30000000\""))
                #expect(try await page("\(path)/revise", other).status == 404)
                // Who has applied sees that instead of the button; who has not is told limit and rest.
                let applied = try await page(place, firm)
                #expect(applied.text.contains("신청함 – 보기") && !applied.text.contains("\(place)/apply"))
                #expect(try await page(place, other).text.contains("\(place)/apply"))
                let asking = try await page("\(place)/apply", other)
                for said in ["안전 이용권", "한 건 한도 30,000,000원", "남은 예산 50,000,000원", "max=\"30000000\""] {
                    #expect(asking.text.contains(said), "\(said)")
                }
                #expect(try await page("\(place)/close", officer).text.contains("남은 예산 50,000,000원"))
                #expect(try await page("\(place)/close", firm).status == 403)
                #expect(try await !page(place, officer).text.contains("\(place)/change"), "somebody has applied")

                // A large grant that waits is shown as waiting, and nothing contrary is offered.
                try await yard.perform(
                    "alliance.grant.grant-large",
                    ["application": application, "amount": 25_000_000, "reason": "설비", "version": "1"], by: .officer)
                let waiting = try await page(path, officer)
                #expect(waiting.text.contains("서명 대기") && waiting.text.contains("href=\"/requests\""))
                #expect(!waiting.text.contains("alliance.grant.reject") && !waiting.text.contains("grant-large?"))
                #expect(try await page("/alliance/grants", officer).text.contains("서명 대기"))
                #expect(
                    try await !page(path, firm).text.contains("서명 대기"),
                    "the firm is told what is decided, not who asked")
            }
        }
    }

    @Test("a form that comes back refused still names the programme and its limit, with what was written")
    func refusedForm() async throws {
        try await with { yard in
            let programme = try await open(yard)
            let firm = try await signedIn(chief, yard)
            let other = try await signedIn(.executive("bravo"), yard)
            let place = "/alliance/grants/programme/\(programme.text ?? "")/apply"
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                func send(
                    _ path: String, _ values: [(String, String)], by who: [(String, String)]
                ) async throws -> HTTPClient.Answer {
                    let page = try await served.client.send("GET", path, who).text
                    let csrf = try #require(page.firstMatch(of: /name="csrf" value="([^"]+)"/)?.1)
                    let body = ([("csrf", String(csrf))] + values).map { "\($0.0)=\(Table.encoded($0.1))" }
                    return try await served.client.send(
                        "POST", path, who + [("Content-Type", "application/x-www-form-urlencoded")],
                        body: Array(body.joined(separator: "&").utf8))
                }
                let named = ["안전 이용권", "한 건 한도 30,000,000원", "방호장치 둘"]
                let wrong: [([(String, String)], Int, String)] = [
                    ([("amount", "30000001"), ("purpose", "방호장치 둘")], 422, "한 건의 한도는 30,000,000원입니다."),
                    ([("purpose", "방호장치 둘")], 422, "id=\"f-amount-error\""),
                ]
                for (values, status, said) in wrong {
                    let back = try await send(place, values, by: firm)
                    #expect(back.status == status && back.text.contains(said), "\(values)")
                    for name in named { #expect(back.text.contains(name), "\(name)") }
                    #expect(back.text.contains("action=\"\(place)\"") && back.text.contains("max=\"30000000\""))
                }
                // Read back with its programme, and done under one key, however often it is sent.
                let values = [("amount", "5000000"), ("purpose", "방호장치 둘"), ("idempotency", "k-1")]
                let read = try await send(place, values, by: firm)
                #expect(read.status == 200 && read.text.contains("5,000,000원"))
                for name in named { #expect(read.text.contains(name), "\(name)") }
                let zone = try Caller.officer.tenant
                #expect(try await yard.store.read { try GrantTable.applications(for: zone, in: $0) }.isEmpty)
                for _ in 1...2 {
                    let done = try await send(place, values + [("confirmed", "yes")], by: firm)
                    #expect(done.status == 303 && done["location"]?.hasPrefix("/alliance/grants/application/") == true)
                }
                let filed = try await yard.store.read { try GrantTable.applications(for: zone, in: $0) }
                #expect(filed.map(\.amount) == [5_000_000])
                let twice = try await send(place, values, by: firm)
                #expect(twice.status == 409 && twice.text.contains("이미 신청한 사업입니다.") && twice.text.contains(named[1]))
                let revise = "/alliance/grants/application/\(filed[0].id)/revise"
                let back = try await send(revise, [("amount", "30000001"), ("purpose", "방호장치 둘")], by: firm)
                #expect(back.status == 422 && named.allSatisfy { back.text.contains($0) })
                #expect(try await served.client.send("GET", revise, other).status == 404)
            }
        }
    }
}
