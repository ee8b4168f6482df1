import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Citizen

/// What is asked of the city: how it is kept, who sees it, how it ends.
struct RequestTests {
    private static let light: [String: JSON] = ["where": "등대길 7", "what": "사흘째 꺼져 있어요", "reply": "01012345678"]

    /// The request that an outcome tells of.
    private func request(_ outcome: Outcome, _ yard: Yard) async throws -> CityRequest {
        let id = CityRequest.id(try #require(outcome.events.first?.stream))
        return try #require(try await yard.store.read { try RequestTable.find(id: id, in: $0) })
    }

    @Test(
        "whoever is unknown gets a code of 128 bits; what is about them is in the vault alone",
        arguments: StoreUnderTest.all)
    func anonymous(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let outcome = try await yard.perform("citizen.street-light.report", Self.light, by: .anonymous())
            let found = try await request(outcome, yard)
            let code = try #require(try await RequestCode.find(found, in: yard.district))
            #expect(code.utf8.count == 22)
            #expect(try await yard.store.read { try RequestTable.find(code: code, in: $0) } == found)
            #expect(found.scope == .zone && found.state == .waiting && found.number.hasPrefix("261121-"))
            #expect(found.personal == ["what": "사흘째 꺼져 있어요", "reply": "010-1234-5678", "where": "등대길 7"])
            #expect(found.open == [:] && found.area == PublicPlace(street: "등대길"))
            let event = try #require(try await yard.events().last { $0.type == RequestEvents.submitted })
            let text = JSON.object(event.payload).canonicalText
            #expect(!text.contains("사흘째") && !text.contains("5678") && !text.contains("등대길 7"))
            let other = try await request(
                try await yard.perform("citizen.street-light.report", Self.light, by: .anonymous()), yard)
            #expect(other.id != found.id && other.number != found.number)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a citizen's own are theirs and the desk's; another citizen finds none, a firm's people see none")
    func own() async throws {
        try await Yard.with { yard in
            let mine = try await request(
                try await yard.perform("citizen.drain.report", ["where": "바다로"], by: .resident), yard)
            #expect(mine.scope == .person(PersonID("resident")))
            let (own, others, desk, firm) = try await yard.store.read { reader in
                (
                    try RequestTable.own(try #require(Caller.resident.own), limit: 10, in: reader),
                    try RequestTable.own(try #require(Caller.neighbour.own), limit: 10, in: reader),
                    try RequestTable.find(number: mine.number, for: try Caller.officer.tenant, in: reader),
                    try RequestTable.find(
                        number: mine.number, for: try Caller.person("w", [.worker], firm: "alfa").tenant, in: reader)
                )
            }
            #expect(own == [mine] && others.isEmpty && desk == mine && firm == nil)
        }
    }

    @Test("what is said of a person forgotten is gone from the table after a rebuild, and the request stays")
    func forgotten() async throws {
        try await Yard.with { yard in
            let found = try await request(
                try await yard.perform("citizen.street-light.report", Self.light, by: .resident), yard)
            let log = yard.district.log
            _ = try await yard.store.write { try log.erase(PersonID("resident"), in: $0) }
            _ = try await yard.district.rebuild()
            let after = try await yard.store.read { try RequestTable.find(id: found.id, in: $0) }
            #expect(after?.personal == nil && after?.open == found.open)
        }
    }

    @Test(
        "values that cannot be are refused by field and rule",
        arguments: [
            ("citizen.pothole.report", ["where": "900101-1234567"], "where", "resident-number"),
            (
                "citizen.pothole.report", ["where": "바다로", "what": "제 번호는 900101 1234567 입니다"], "what",
                "resident-number"
            ),
            ("citizen.pothole.report", ["where": "바다로", "reply": "12"], "reply", "phone"),
            ("citizen.pothole.report", ["where": "바다로", "reply": "공일공"], "reply", "phone"),
            ("citizen.pothole.report", [:], "where", "required"),
            (
                "citizen.sports-hall.book",
                ["sport": "tennis", "day": "2026-11-20", "time": "10:00", "name": "가", "phone": "010-1234-5678"], "day",
                "past"
            ),
            (
                "citizen.sports-hall.book",
                ["sport": "tennis", "day": "2026-02-30", "time": "10:00", "name": "가", "phone": "010-1234-5678"], "day",
                "day"
            ),
            (
                "citizen.sports-hall.book",
                ["sport": "tennis", "day": "2026-11-22", "time": "24:10", "name": "가", "phone": "010-1234-5678"],
                "time", "time"
            ),
            (
                "citizen.basic-pension.apply", ["name": "가", "birth": "2027-01-01", "phone": "010-1234-5678"], "birth",
                "future"
            ),
        ] as [(String, [String: JSON], String, String)])
    func refused(_ command: String, _ values: [String: JSON], _ field: String, _ rule: String) async throws {
        try await Yard.with { yard in
            let refusal = try #require(try await yard.refusal(command, values))
            #expect(
                refusal.kind == .invalid && refusal.faults.map(\.field) == [field]
                    && refusal.faults.map(\.rule) == [rule])
            #expect(try await yard.count(RequestEvents.submitted) == 0)
        }
    }

    @Test("a request is done only when what was read back is confirmed, and once under its key")
    func confirmed() async throws {
        try await Yard.with { yard in
            await #expect {
                _ = try await yard.district.perform("citizen.pothole.report", ["where": "바다로"], by: .anonymous())
            } throws: { ($0 as? Refusal)?.kind == .needsConfirmation }
            let first = try await yard.perform("citizen.pothole.report", ["where": "바다로"], key: "k1")
            let second = try await yard.perform("citizen.pothole.report", ["where": "바다로"], key: "k1")
            #expect(second.repeated && second.events == first.events)
            #expect(try await yard.count(RequestEvents.submitted) == 1)
        }
    }

    @Test("the desk answers and closes; others may not, an unknown number is none, and what is over stays so")
    func desk() async throws {
        try await Yard.with { yard in
            let outcome = try await yard.perform("citizen.noise.report", ["source": "shop", "where": "바다로"])
            let number = try await request(outcome, yard).number
            let answer: [String: JSON] = ["request": .string(number), "answer": "오늘 확인하겠습니다."]
            #expect(try await yard.refusal("citizen.request.answer", answer)?.kind == .unauthenticated)
            #expect(try await yard.refusal("citizen.request.answer", answer, by: .resident)?.kind == .forbidden)
            let unknown = try await yard.refusal(
                "citizen.request.answer", ["request": "1", "answer": "a"], by: .officer)
            #expect(unknown?.code == "request.unknown")
            try await yard.perform("citizen.request.answer", answer, by: .officer)
            var now = try await request(outcome, yard)
            #expect(now.state == .answered && now.answer == "오늘 확인하겠습니다.")
            // A system's late word adds its number and takes nothing back.
            try await yard.district.record(
                [
                    Draft(
                        RequestEvents.accepted, stream: CityRequest.stream + now.id, scope: now.scope,
                        payload: ["number": "T-9"])
                ], origin: Origin(author: .system("citizen.connector")))
            now = try await request(outcome, yard)
            #expect(now.state == .answered && now.receipt == "T-9")
            try await yard.perform(
                "citizen.request.close", ["request": .string(number), "result": "done"], by: .officer)
            #expect(try await request(outcome, yard).state == .closed)
            #expect(try await yard.refusal("citizen.request.answer", answer, by: .officer)?.code == "request.over")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the desk's list begins with what is overdue and ends with what is over")
    func order() async throws {
        try await Yard.with { yard in
            let slow = try await request(try await yard.perform("citizen.sign.report", ["where": "가"]), yard)
            let quick = try await request(try await yard.perform("citizen.snow.report", ["where": "나"]), yard)
            let over = try await request(try await yard.perform("citizen.drain.report", ["where": "다"]), yard)
            try await yard.perform(
                "citizen.request.close", ["request": .string(over.number), "result": "impossible"], by: .officer)
            yard.clock.advance(by: 2 * 86_400)
            let now = yard.clock.read()
            let rows = try await yard.store.read {
                try RequestTable.desk(
                    state: nil, service: nil, limit: 10, offset: 0, at: now, for: try Caller.officer.tenant, in: $0
                ).rows
            }
            #expect(rows.map(\.number) == [quick.number, slow.number, over.number])
            #expect(rows.map { $0.isOverdue(at: now) } == [true, false, false])
        }
    }

    @Test(
        "a resident number is known in any writing, and other long numbers are not",
        arguments: [
            ("900101-1234567", true), ("9001011234567", true), ("900101 - 4234567", true), ("번호 000229-3000000번", true),
            ("901301-1234567", false), ("900101-9234567", false), ("010-1234-5678", false), ("1234567890123", false),
            ("2026-11-21 14:00", false), ("9001011234567890", false),
        ])
    func residentNumber(_ text: String, _ isOne: Bool) {
        #expect(RequestCheck.holdsResidentNumber(text) == isOne)
    }
}
