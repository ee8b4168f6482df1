import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("Where and when two meet, and whom they may call")
struct MeetingTests: BrokerageStory {
    @Test(
        "once both accept they have an hour, a table and each other's contact; nobody else has the contact",
        arguments: StoreUnderTest.all)
    func agreed(on kind: StoreUnderTest) async throws {
        try await published(kind) { yard, _, made in
            let one = try #require(made.first { $0.firm == "alfa" && $0.supplier == "vision" })
            #expect(one.held == .init(begins: 600, ends: 1020, place: "상담실") && one.seat == nil)
            for (caller, phone) in [(FirmsYard.alfa, "051-111-2222"), (FirmsYard.vision, "051-333-4444")] {
                try await yard.perform(
                    KeepContact.name, ["name": "김담당", "phone": .string(phone), "mail": "a@example.org"], by: caller)
            }
            func phone(_ caller: Caller) async throws -> String? {
                let (tenant, now) = (try caller.tenant, try await introduction(one.id, yard))
                return try await yard.store.read { try ContactTable.other(of: now, for: tenant, in: $0)?.phone }
            }
            #expect(try await answer(one.id, "accept", by: FirmsYard.alfa, yard) == nil)
            #expect(try await phone(FirmsYard.alfa) == nil, "one yes is not enough")
            #expect(try await answer(one.id, "accept", by: FirmsYard.vision, yard) == nil)
            #expect(try await introduction(one.id, yard).seat == .init(hour: 600, table: 1))
            #expect(try await phone(FirmsYard.alfa) == "051-333-4444")
            #expect(try await phone(FirmsYard.vision) == "051-111-2222")
            for other in [FirmsYard.robots, FirmsYard.bravo, Caller.officer] {
                #expect(try await phone(other) == nil, "\(other)")
            }
            // What stands on the Record is a commitment: neither name nor number.
            let given = try await yard.events().filter { $0.type == ContactTable.given }
            #expect(given.count == 2)
            for event in given {
                let text = JSON.object(event.payload).canonicalText
                #expect(!text.contains("김담당") && !text.contains("111-2222") && !text.contains("333-4444"))
            }
            // A second meeting of the same firm is at another time.
            let next = try #require(made.first { $0.firm == "alfa" && $0.supplier == "robots" })
            for caller in [FirmsYard.alfa, FirmsYard.robots] {
                #expect(try await answer(next.id, "accept", by: caller, yard) == nil)
            }
            #expect(try await introduction(next.id, yard).seat == .init(hour: 630, table: 1))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a contact that was replaced or taken back is gone from the vault as well")
    func erased() async throws {
        try await FirmsYard.with { yard in
            func give(_ phone: String, mail: String = "", by caller: Caller = FirmsYard.alfa) async throws -> Refusal? {
                try await yard.refusal(
                    KeepContact.name, ["name": "김담당", "phone": .string(phone), "mail": .string(mail)], by: caller)
            }
            #expect(try await give("전화 주세요")?.faults.first?.field == "phone")
            #expect(try await give("051-111-2222", mail: "아무개")?.faults.first?.field == "mail")
            #expect(try await give("051-111-2222", by: .officer)?.kind == .forbidden)
            #expect(try await yard.refusal(KeepContact.withdrawal, [:], by: FirmsYard.alfa)?.code == "contact.none")
            #expect(try await give("051-111-2222") == nil)
            #expect(try await give("051-999-8888") == nil)
            func kept() async throws -> [String?] {
                let events = try await yard.events().filter { $0.type == ContactTable.given }
                return try await yard.store.read { reader in
                    try events.map { try yard.district.log.disclosed($0, in: reader)["contact"]?["phone"]?.text }
                }
            }
            #expect(try await kept() == [nil, "051-999-8888"])
            try await yard.perform(KeepContact.withdrawal, [:], by: FirmsYard.alfa)
            #expect(try await kept() == [nil, nil])
            let alfa = try FirmsYard.alfa.tenant
            #expect(try await yard.store.read { try ContactTable.own(for: alfa, in: $0) } == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an answer can be changed with a reason until the day, or until the other side has answered")
    func changed() async throws {
        try await published { yard, _, made in
            let one = try #require(made.first { $0.firm == "alfa" && $0.supplier == "vision" })
            func state() async throws -> (stage: Introduction.Stage, isEnded: Bool) {
                let now = try await introduction(one.id, yard)
                return (now.stage, now.isEnded)
            }
            func told(_ caller: Caller) async throws -> Int64 {
                let (tenant, today) = (try caller.tenant, KoreanDay(yard.clock.read()))
                return try await yard.store.read {
                    try IntroductionTable.count(.changed, on: today, for: tenant, in: $0)
                }
            }
            #expect(try await answer(one.id, "decline", by: FirmsYard.alfa, yard)?.code == "introduction.why")
            #expect(try await answer(one.id, "decline", "바쁨", by: FirmsYard.alfa, yard) == nil)
            #expect(try await state() == (.made, true))
            #expect(try await answer(one.id, "accept", by: FirmsYard.vision, yard)?.code == "introduction.ended")
            #expect(try await answer(one.id, "accept", by: FirmsYard.alfa, yard)?.code == "introduction.why")
            #expect(try await answer(one.id, "accept", "일정이 바뀜", by: FirmsYard.alfa, yard) == nil)
            let first = try await (told(FirmsYard.alfa), told(FirmsYard.vision), told(.officer))
            #expect(first == (0, 1, 1), "whoever changed it is not told of it")
            #expect(try await state() == (.made, false))
            #expect(try await answer(one.id, "accept", by: FirmsYard.alfa, yard)?.code == "introduction.answered")
            #expect(try await answer(one.id, "accept", by: FirmsYard.vision, yard) == nil)
            #expect(try await answer(one.id, "decline", "출장", by: FirmsYard.vision, yard) == nil)
            let now = try await introduction(one.id, yard)
            #expect(now.isEnded && now.seat == nil && now.stage == .made && !now.showsContacts)
            #expect(try await told(FirmsYard.alfa) == 1, "whoever counted on it is told")
            #expect(try await answer(one.id, "accept", "출장 취소", by: FirmsYard.vision, yard) == nil)
            #expect(try await state() == (.agreed, false))
            #expect(try await introduction(one.id, yard).seat != nil)
            // On the day both have answered: what happens now is an outcome.
            let other = try #require(made.first { $0.firm == "alfa" && $0.supplier == "robots" })
            #expect(try await answer(other.id, "accept", by: FirmsYard.alfa, yard) == nil)
            yard.clock.set("2026-12-10T09:00:00+09:00")
            #expect(try await answer(one.id, "decline", "못 감", by: FirmsYard.alfa, yard)?.code == "introduction.late")
            #expect(try await answer(other.id, "decline", "못 감", by: FirmsYard.alfa, yard) == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a day without room for one more meeting leaves it without an hour, and says so")
    func full() async throws {
        try await with { yard, _, _, _ in
            func values(_ more: [String: JSON]) -> [String: JSON] {
                FirmsYard.hours.merging([
                    "title": "상담회", "day": "2026-12-10", "firm_slots": 1, "supplier_slots": 2, "tables": 1,
                    "begins": "10:00", "ends": "11:00",
                ]) { $1 }.merging(more) { $1 }
            }
            for (more, code, field) in [
                (["firm_slots": 3], "alliance.slots", "firm_slots"), (["ends": "10:10"], "alliance.hours", "ends"),
                (["begins": "열 시"], "alliance.time", "begins"),
            ] as [([String: JSON], String, String)] {
                let refusal = try await yard.refusal(OpenDay.name, values(more), by: .officer)
                #expect(refusal?.code == code && refusal?.faults.first?.field == field)
            }
            let day = FirmsYard.id(
                try await yard.perform(OpenDay.name, values(["minutes": 60, "supplier_slots": 1]), by: .officer))
            for command in [ProposeDay.name, PublishDay.name] {
                try await yard.perform(command, ["day": .string(day)], by: .officer)
            }
            let made = try await introductions(yard).filter { $0.day == day }
            #expect(made.count == 2)
            for one in made {
                for firm in [one.firm, one.supplier] {
                    #expect(try await answer(one.id, "accept", by: .executive(firm.rawValue), yard) == nil)
                }
            }
            var seats: [DayHours.Seat?] = []
            for one in made { seats.append(try await introduction(one.id, yard).seat) }
            #expect(seats.compactMap(\.self) == [.init(hour: 600, table: 1)] && seats.contains(nil))
        }
    }
}
