import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("Contracted work")
struct ContractTests {
    private static func day(_ text: String) -> KoreanDay { KoreanDay(text) ?? KoreanDay(number: 0) }

    @Test(
        "each duty's next day follows from the last and from the trade",
        arguments: [
            (ContractDuty.council, "2026-10-05", nil, Trade.manufacturing, "2026-10-31"),
            (.council, "2026-10-05", "2026-10-20", .manufacturing, "2026-11-30"),
            (.council, "2026-10-05", "2026-12-01", .other, "2027-01-31"),
            (.patrol, "2026-10-05", nil, .manufacturing, "2026-10-06"),
            (.patrol, "2026-10-05", "2026-10-07", .manufacturing, "2026-10-09"),
            (.patrol, "2026-10-05", "2026-10-07", .other, "2026-10-14"),
            (.jointCheck, "2026-10-05", nil, .manufacturing, "2026-12-31"),
            (.jointCheck, "2026-10-05", "2026-11-30", .manufacturing, "2027-03-31"),
            (.jointCheck, "2026-10-05", "2026-10-30", .construction, "2026-12-31"),
            (.score, "2026-10-05", nil, .other, "2026-12-31"),
            (.score, "2026-10-05", "2026-12-30", .other, "2027-06-30"),
        ] as [(ContractDuty, String, String?, Trade, String)])
    func due(_ duty: ContractDuty, _ start: String, _ last: String?, _ trade: Trade, _ expected: String) {
        #expect(
            duty.due(after: last.map(Self.day), start: Self.day(start), trade: trade) == Self.day(expected))
    }

    /// Alfa gives work to bravo, whose registration number is its own.
    private static func contract(_ yard: Yard) async throws -> String {
        try await yard.district.record(
            [try AccessEvents.firmChanged(Firm(id: "bravo", name: "bravo", registration: "222", headcount: 42))],
            origin: Origin(author: .system("test")))
        let done = try await yard.perform(
            "safety.contractor.contract",
            [
                "registration": "222", "thing": "alfa-shop", "work": "die change", "trade": "manufacturing",
                "starts": "2026-11-01T00:00:00+09:00", "ends": "2027-03-31T00:00:00+09:00",
            ], by: .manager("alfa"))
        let contract = String(done.events[0].stream.dropFirst("contract/".count))
        #expect(
            try await yard.refusal("safety.contractor.accept", ["contract": .string(contract)], by: .manager("alfa"))?
                .code
                == "contract.contractor")
        try await yard.perform("safety.contractor.accept", ["contract": .string(contract)], by: .manager("bravo"))
        return contract
    }

    private static func found(_ id: String, _ yard: Yard, _ firm: FirmID = "alfa") async throws -> Contract? {
        try await yard.store.read { try ContractTable.find(id, for: Tenant.firm(firm), in: $0) }
    }

    private static func points(_ each: Double) -> JSON {
        .array(
            ["system", "assessment", "training", "equipment", "history"].map {
                ["criterion": .string($0), "points": .number(each)]
            })
    }

    @Test(
        "both firms see it, a third does not; what was done counts; a rebuild gives the same",
        arguments: StoreUnderTest.all)
    func life(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let id = try await Self.contract(yard)
            #expect(try await Self.found(id, yard, "bravo")?.client == "alfa")
            #expect(try await Self.found(id, yard, "charlie") == nil)
            let today = KoreanDay(yard.clock.read())
            #expect(try await Self.found(id, yard)?.overdue(on: today) == [.patrol])
            let done = try await yard.perform(
                "safety.contractor.record",
                [
                    "contract": .string(id), "duty": "patrol", "day": "2026-11-21T08:00:00+09:00",
                    "note": "walkway clear",
                ],
                by: .worker("alfa"))
            #expect(try await Self.found(id, yard)?.overdue(on: today) == [])
            let record = try #require(done.events.first?.id.description)
            #expect(
                try await yard.refusal(
                    "safety.contractor.countersign", ["record": .string(record)], by: .manager("alfa"))?.code
                    == "contract.contractor")
            try await yard.perform(
                "safety.contractor.countersign", ["record": .string(record)], by: .manager("bravo"))
            #expect(
                try await yard.refusal(
                    "safety.contractor.countersign", ["record": .string(record)], by: .manager("bravo"))?.code
                    == "contract.signed")
            #expect(try await yard.rebuildsAlike())
            try await yard.perform(
                "safety.contractor.end", ["contract": .string(id), "reason": "done"], by: .manager("alfa"))
            yard.clock.advance(by: 30 * 86_400)
            #expect(try await Self.found(id, yard)?.overdue(on: KoreanDay(yard.clock.read())) == [])
        }
    }

    @Test("a score weighs every criterion; below the mark it says what is to improve")
    func score() async throws {
        try await Yard.with { yard in
            let id = try await Self.contract(yard)
            func values(_ points: JSON, _ note: String = "", time: Bool = true) -> [String: JSON] {
                var values: [String: JSON] = [
                    "contract": .string(id), "points": points, "cost": true, "time": .bool(time),
                ]
                if !note.isEmpty { values["note"] = .string(note) }
                return values
            }
            let lacking = try await yard.refusal(
                "safety.contractor.score", values([["criterion": "system", "points": 5]]), by: .manager("alfa"))
            #expect(lacking?.faults.count == 4)
            #expect(
                try await yard.refusal("safety.contractor.score", values(Self.points(2)), by: .manager("alfa"))?.code
                    == "contractor.improve")
            #expect(
                try await yard.refusal(
                    "safety.contractor.score", values(Self.points(5), time: false), by: .manager("alfa"))?.code
                    == "contractor.improve", "too little time is a failing of its own")
            try await yard.perform(
                "safety.contractor.score", values(Self.points(2), "training by March"), by: .manager("alfa"))
            #expect(try await Self.found(id, yard)?.score == 40)
            try await yard.perform("safety.contractor.score", values(Self.points(4)), by: .executive("alfa"))
            #expect(try await Self.found(id, yard)?.score == 80)
        }
    }

    @Test("the contractor cannot record for the client, nor anyone a day that has not come")
    func refusals() async throws {
        try await Yard.with { yard in
            let id = try await Self.contract(yard)
            func values(_ day: String) -> [String: JSON] {
                ["contract": .string(id), "duty": "council", "day": .string(day), "note": "x"]
            }
            #expect(
                try await yard.refusal(
                    "safety.contractor.record", values("2026-11-20T00:00:00+09:00"), by: .manager("bravo"))?.code
                    == "contract.client")
            for day in ["2026-11-22T00:00:00+09:00", "2026-10-31T23:59:00+09:00"] {
                #expect(
                    try await yard.refusal("safety.contractor.record", values(day), by: .manager("alfa"))?.faults.first?
                        .field == "day")
            }
            #expect(
                try await yard.refusal(
                    "safety.contractor.contract",
                    [
                        "registration": "999", "thing": "alfa-shop", "work": "x", "trade": "other",
                        "starts": "2026-11-01T00:00:00+09:00", "ends": "2026-12-01T00:00:00+09:00",
                    ], by: .manager("alfa"))?.faults.first?.field == "registration")
        }
    }
}
