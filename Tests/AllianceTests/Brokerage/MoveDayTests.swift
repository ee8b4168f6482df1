import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("A brokerage day is moved, cancelled and read back", .serialized)
struct MoveDayTests: BrokerageStory {
    private static let move = "alliance.brokerage.move"
    private static let cancel = "alliance.brokerage.cancel"

    private func found(_ day: String, _ yard: Yard) async throws -> DayTable.Day {
        let zone = try Caller.officer.tenant
        return try #require(try await yard.store.read { try DayTable.find(day, for: zone, in: $0) })
    }

    @Test(
        "both sides are told the new day and why, and those who agreed are seated anew", arguments: StoreUnderTest.all)
    func moved(on kind: StoreUnderTest) async throws {
        try await published(kind) { yard, day, made in
            let one = try #require(made.first { $0.firm == "alfa" && $0.supplier == "vision" })
            for caller in [FirmsYard.alfa, FirmsYard.vision] {
                #expect(try await answer(one.id, "accept", by: caller, yard) == nil)
            }
            let ended = try #require(made.first { $0.firm == "bravo" })
            #expect(try await answer(ended.id, "decline", "바쁨", by: FirmsYard.bravo, yard) == nil)
            func move(_ more: [String: JSON], by caller: Caller = .officer) async throws -> Refusal? {
                try await yard.refusal(
                    Self.move, ["day": .string(day), "date": "2026-12-15", "reason": "장소 공사"].merging(more) { $1 },
                    by: caller)
            }
            #expect(try await move([:], by: FirmsYard.alfa)?.kind == .forbidden)
            #expect(try await move(["day": "none"])?.code == "brokerage.unknown")
            #expect(try await move(["date": "2026-11-21"])?.faults.first?.field == "date")
            #expect(try await move(["date": "2026-12-10"])?.code == "alliance.same")
            #expect(try await move(["begins": "18:00"])?.code == "alliance.hours")
            #expect(try await move(["reason": ""])?.faults.first?.field == "reason")
            #expect(try await move(["begins": "13:00", "place": "대회의실"]) == nil)
            let now = try await found(day, yard)
            #expect(now.day.description == "2026-12-15" && now.hours?.begins == 780 && now.reason == "장소 공사")
            for caller in [FirmsYard.alfa, FirmsYard.vision] {
                let told = try await introduction(one.id, yard, by: caller)
                #expect(told.date.description == "2026-12-15" && told.held?.place == "대회의실")
                #expect(told.seat == .init(hour: 780, table: 1) && told.stage == .agreed)
            }
            #expect(
                try await introduction(ended.id, yard).date.description == "2026-12-10", "what is over is left alone")
            let moves = try await yard.events().filter { $0.type == IntroductionTable.moved }
            #expect(moves.count == 3 && moves.allSatisfy { $0.payload["reason"]?.text == "장소 공사" })
            #expect(moves.allSatisfy { if case .contract = $0.scope { true } else { false } })
            yard.clock.set("2026-12-16T09:00:00+09:00")
            #expect(try await move(["date": "2026-12-20"])?.code == "brokerage.past")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "cancelled, its introductions end with the reason, those who met go on, and the pairs may be introduced again")
    func cancelled() async throws {
        try await published { yard, day, made in
            let one = try #require(made.first { $0.firm == "alfa" && $0.supplier == "vision" })
            for caller in [FirmsYard.alfa, FirmsYard.vision] {
                let refusal = try await answer(one.id, "accept", by: caller, yard)
                #expect(refusal == nil)
            }
            try await yard.perform(
                NoteOutcome.name,
                ["introduction": .string(one.id), "outcome": "met", "follow_up": "2026-12-20"], by: FirmsYard.alfa)
            let values: [String: JSON] = ["day": .string(day), "reason": "신청 부족"]
            let forbidden = try await yard.refusal(Self.cancel, values, by: FirmsYard.alfa)
            #expect(forbidden?.kind == .forbidden)
            try await yard.perform(Self.cancel, values, by: .officer)
            let twice = try await yard.refusal(Self.cancel, values, by: .officer)
            #expect(twice?.code == "brokerage.cancelled")
            for command in [ProposeDay.name, PublishDay.name] {
                let refusal = try await yard.refusal(command, ["day": .string(day)], by: .officer)
                #expect(refusal?.code == "brokerage.cancelled")
            }
            let met = try await introduction(one.id, yard)
            #expect(!met.isEnded, "they met before")
            let all = try await introductions(yard)
            let rest = all.filter { $0.id != one.id }
            #expect(rest.count == 3 && rest.allSatisfy { $0.isCancelled && $0.isEnded && $0.note == "신청 부족" })
            let other = try #require(rest.first)
            let late = try await answer(other.id, "accept", by: .executive(other.firm.rawValue), yard)
            #expect(late?.code == "introduction.ended")
            let zone = try Caller.officer.tenant
            let funnel = try await yard.store.read { try IntroductionTable.funnel(for: zone, in: $0) }
            #expect(funnel.cancelled == 3 && funnel.declined == 0 && funnel.reached[.met] == 1)
            let again = try await open(yard)
            try await yard.perform(ProposeDay.name, ["day": .string(again)], by: .officer)
            let matched = try await pairs(again, yard)
            #expect(matched.count == 3, "who met is not introduced twice")
            let isAlike = try await yard.rebuildsAlike()
            #expect(isAlike)
        }
    }

    @Test("what is published is read back with day, date, meetings and firms; a third firm sees no contact")
    func pages() async throws {
        try await with { yard, day, _, _ in
            try await yard.perform(ProposeDay.name, ["day": .string(day)], by: .officer)
            let officer = try await signedIn(.officer, yard)
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                let asked = try await served.client.send("GET", "/alliance/brokerage/\(day)/publish", officer)
                #expect(asked.status == 200)
                for said in ["상담회", "2026-12-10", "10:00–17:00", "4건", "2곳 – alfa, bravo", "2곳 – robots, vision"] {
                    #expect(asked.text.contains(said), "\(said)")
                }
            }
            try await yard.perform(PublishDay.name, ["day": .string(day)], by: .officer)
            let one = try #require(try await introductions(yard).first { $0.firm == "alfa" && $0.supplier == "vision" })
            for caller in [FirmsYard.alfa, FirmsYard.vision] {
                try await yard.perform(KeepContact.name, ["name": "김담당", "phone": "051-111-2222"], by: caller)
                #expect(try await answer(one.id, "accept", by: caller, yard) == nil)
            }
            let (own, third) = (
                try await signedIn(FirmsYard.alfa, yard), try await signedIn(FirmsYard.robots, yard)
            )
            try await serving(yard.spine, rooms: [try Alliance()]) { served in
                let path = "/alliance/introductions/\(one.id)"
                let mine = try await served.client.send("GET", path, own)
                #expect(mine.text.contains("tel:0511112222") && mine.text.contains("2026-12-10 10:00"))
                #expect(try await served.client.send("GET", path, third).status == 404)
                let zone = try await served.client.send("GET", path, officer)
                #expect(zone.status == 200 && !zone.text.contains("051-111-2222") && !zone.text.contains("김담당"))
                #expect(
                    try await !served.client.send("GET", "/alliance/firms/vision", own).text.contains("051-111-2222"))
                for act in ["move", "cancel"] {
                    let form = try await served.client.send("GET", "/alliance/brokerage/\(day)/\(act)", officer)
                    #expect(form.text.contains("소개 4건의 두 기업(모두 4곳)에 알립니다"), "\(act)")
                    #expect(try await served.client.send("GET", "/alliance/brokerage/\(day)/\(act)", own).status == 403)
                }
            }
        }
    }
}
