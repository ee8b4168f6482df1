import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Duties: holds, retention, and evidence that comes by itself")
struct HoldTests {
    static func report(_ yard: Yard, _ incident: String, firm: String = "alfa") async throws {
        try await yard.district.record(
            [
                Draft(
                    IncidentReported.type, stream: "incident/\(incident)", scope: .firm(FirmID(firm)),
                    payload: [
                        "incident": .string(incident), "thing": .string("\(firm)-press"), "firm": .string(firm),
                    ])
            ], origin: Origin(author: .system("test")))
    }

    static func give(_ yard: Yard, _ duty: String, _ kind: String, _ more: [String: JSON] = [:]) async throws -> String
    {
        let file = try await yard.attach("\(duty) \(kind)")
        let outcome = try await yard.perform(
            "safety.duty.evidence",
            ["duty": .string(duty), "kind": .string(kind), "file": .string(file)].merging(more) { $1 },
            by: .manager("alfa"))
        return String(try #require(outcome.events.first).stream.dropFirst("evidence/".count))
    }

    static func state(_ yard: Yard, _ duty: String) async throws -> DutyBoard.State? {
        let (now, book) = (yard.clock.read(), try DutyStoryTests.book())
        return try await yard.store.read {
            try DutyTable.board("alfa", HalfYear(now), book, at: now, for: Caller.officer.tenant, in: $0)?.board
                .standings
                .first { $0.duty.id == duty }?.state
        }
    }

    @Test(
        "an accident puts the firm's records on hold: nothing is forgotten or withdrawn until two people release it",
        arguments: StoreUnderTest.all)
    func hold(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let id = try await Self.give(yard, "osh-36", "assessment")
            func forget() async throws -> String? {
                try await yard.refusal(
                    "safety.evidence.forget", ["evidence": .string(id), "reason": "다 봄"], by: .executive("alfa"))?.code
            }
            #expect(try await forget() == "evidence.retained")
            yard.clock.set("2030-01-01T00:00:00+09:00")
            try await Self.report(yard, "i-1")
            #expect(try await forget() == "evidence.held")
            #expect(
                try await yard.refusal(
                    "safety.evidence.withdraw", ["evidence": .string(id), "reason": "x"], by: .manager("alfa"))?.code
                    == "evidence.held")
            let hold = try #require(
                try await yard.store.read { try Holds.inForce(on: "alfa", in: $0) }.first)
            #expect(hold.incident == "i-1" && hold.thing == "alfa-press")
            #expect(try await yard.store.read { try Holds.inForce(on: "bravo", in: $0) }.isEmpty)

            let values: [String: JSON] = ["hold": .string(hold.id), "reason": "조사가 끝났습니다."]
            #expect(try await yard.refusal("safety.hold.release", values, by: .manager("alfa"))?.kind == .forbidden)
            #expect(
                try await yard.refusal("safety.hold.release", values, by: .executive("bravo"))?.code == "hold.unknown")
            let asked = try await yard.perform("safety.hold.release", values, by: .executive("alfa"))
            #expect(asked.events.map(\.type) == ["district.request.opened"])
            #expect(try await forget() == "evidence.held")
            let waiting = try await yard.district.requestsToSign(by: .manager("alfa"))
            #expect(waiting.map(\.form.name) == ["safety.hold.release"])
            #expect(waiting.first?.values["reason"] == "조사가 끝났습니다.")
            for caller in [Caller.executive("alfa"), .worker("alfa"), .manager("bravo")] {
                #expect(try await yard.district.requestsToSign(by: caller).isEmpty)
            }
            let request = String(try #require(asked.events.first).stream.dropFirst("request/".count))
            #expect(
                try await yard.refusal("district.request.sign", ["request": .string(request)], by: .executive("alfa"))?
                    .code == "request.same-person")
            #expect(
                try await yard.refusal("district.request.sign", ["request": .string(request)], by: .worker("alfa"))?
                    .kind
                    == .forbidden)
            try await yard.perform("district.request.sign", ["request": .string(request)], by: .manager("alfa"))
            #expect(try await yard.store.read { try Holds.inForce(on: "alfa", in: $0) }.isEmpty)
            #expect(
                try await yard.refusal("safety.hold.release", values, by: .executive("alfa"))?.code == "hold.released")
            #expect(try await forget() == nil)
            #expect(try await forget() == "evidence.unknown")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "an accident makes its report and its recurrence plan due, and each is answered by its own number",
        arguments: StoreUnderTest.all)
    func due(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            #expect(try await Self.state(yard, "sapa-4-2") == .notDue)
            try await Self.report(yard, "i-1")
            #expect(try await Self.state(yard, "sapa-4-2") == .lacking)
            // Whether Form 30 is due is for the incident to say: not every accident is reported on it.
            #expect(try await Self.state(yard, "osh-57") == .notDue)
            try await yard.district.record(
                [
                    Draft(
                        "safety.form30.due", stream: "incident/i-1", scope: .firm("alfa"),
                        payload: ["incident": "i-1"])
                ], origin: Origin(author: .system("test")))
            #expect(try await Self.state(yard, "osh-57") == .lacking)
            _ = try await Self.give(yard, "sapa-4-2", "plan", ["subject": "another"])
            #expect(try await Self.state(yard, "sapa-4-2") == .lacking)
            _ = try await Self.give(yard, "sapa-4-2", "plan", ["subject": "i-1"])
            #expect(try await Self.state(yard, "sapa-4-2") == .unsigned)
            try await yard.perform("safety.duty.sign", ["duty": "sapa-4-2"], by: .executive("alfa"))
            #expect(try await Self.state(yard, "sapa-4-2") == .complete)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what other subjects record is evidence by itself, of the firm that has the duty, on its own day")
    func sources() async throws {
        try await Yard.with { yard in
            func record(_ type: String, _ scope: Scope, _ payload: [String: JSON]) async throws {
                try await yard.district.record(
                    [Draft(type, stream: "x/\(Identifier())", scope: scope, payload: payload)],
                    origin: Origin(author: .system("test")))
            }
            func count(_ firm: FirmID, _ duty: String, _ period: String = "2026-H2") async throws -> Int {
                try await yard.store.read {
                    try DutyTable.evidence(
                        of: firm, from: HalfYear(year: 2020, half: 1), through: HalfYear(year: 2030, half: 2),
                        for: Caller.officer.tenant, in: $0
                    ).count { $0.duty == duty && $0.period.description == period }
                }
            }
            try await record("safety.assessment.reported", .firm("alfa"), [:])
            #expect(try await count("alfa", "sapa-d4-3") == 1)
            #expect(try await count("alfa", "osh-36") == 1)
            #expect(try await count("bravo", "osh-36") == 0)
            // An order that came of an accident is answered by its own number, not by the accident's.
            for (type, payload) in [
                ("safety.order.received", ["incident": "i-7"] as [String: JSON]),
                ("safety.order.fulfilled", ["order": "o-1"]),
            ] {
                #expect(try await Self.state(yard, "sapa-4-3") == (type.hasSuffix("received") ? .notDue : .lacking))
                try await yard.district.record(
                    [Draft(type, stream: "order/o-1", scope: .firm("alfa"), payload: payload)],
                    origin: Origin(author: .system("test")))
            }
            #expect(try await Self.state(yard, "sapa-4-3") == .unsigned)
            try await record(
                "safety.contractor.countersigned", .contract("alfa", "bravo"),
                ["client": "bravo", "contractor": "alfa", "duty": "council", "day": "2026-06-30"])
            #expect(try await count("bravo", "osh-64-council", "2026-H1") == 1)
            #expect(try await count("bravo", "osh-64-joint", "2026-H1") == 0)
            #expect(try await count("alfa", "osh-64-council", "2026-H1") == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the zone's table has every firm, and a half-year begins once", arguments: StoreUnderTest.all)
    func zone(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let book = try DutyStoryTests.book()
            let service = HalfYearService(district: yard.district, edition: book.edition)
            yard.clock.set("2027-01-01T00:00:00+09:00")
            let period = HalfYear(year: 2027, half: 1)
            func missing() async throws -> [FirmDutyState] {
                try await yard.store.read {
                    try DutyTable.missing(
                        in: period, sort: "name", descending: false, for: Caller.officer.tenant, in: $0
                    ).rows
                }
            }
            #expect(try await missing().map(\.required) == [0, 0])
            let unknown = try await yard.store.read {
                try DutyTable.summary(of: period, for: Caller.officer.tenant, in: $0)
            }
            #expect(unknown.lacking == 2)
            try await service.step()
            try await service.step()
            #expect(try await yard.types().count { $0 == "safety.half-year.begun" } == 1)
            let rows = try await missing()
            #expect(rows.map(\.firm) == ["alfa", "bravo"])
            #expect(rows.allSatisfy { $0.required > 10 && $0.missing == $0.required })
            try await HoldTests.report(yard, "i-9", firm: "bravo")
            let after = try await missing()
            #expect(after[1].required == rows[1].required + 1)
            #expect(after[0].required == rows[0].required)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
