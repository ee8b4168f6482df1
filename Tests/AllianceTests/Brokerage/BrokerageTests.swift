import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("A brokerage day, from the market to what came of it")
struct BrokerageTests: BrokerageStory {
    @Test(
        "matched, published, accepted by both, followed up and brought to a contract", arguments: StoreUnderTest.all)
    func story(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, day, needs, offers in
            let named: [String: JSON] = ["day": .string(day)]
            #expect(try await yard.refusal(PublishDay.name, named, by: .officer)?.code == "brokerage.unmatched")
            try await yard.perform(ProposeDay.name, named, by: .officer)
            let matched = try await pairs(day, yard)
            #expect(matched.count == 4 && matched.allSatisfy { !$0.needReasons.isEmpty && !$0.offerReasons.isEmpty })
            let zone = try Caller.officer.tenant
            let lacks = try await yard.store.read {
                try DayTable.lacks(of: day, limit: 9, offset: 0, for: zone, in: $0)
            }
            #expect(lacks.rows.map(\.need) == [needs[2]] && lacks.rows.map(\.why) == [.kind])
            #expect(try await introductions(yard).isEmpty, "nobody is told before it is published")
            let alfa = try FirmsYard.alfa.tenant
            #expect(try await yard.store.read { try DayTable.find(day, for: alfa, in: $0) } == nil)
            try await yard.perform(PublishDay.name, named, by: .officer)
            #expect(try await yard.refusal(ProposeDay.name, named, by: .officer)?.code == "brokerage.published")
            #expect(try await introductions(yard).count == 4)
            let mine = try await introductions(yard, by: FirmsYard.alfa)
            #expect(mine.count == 2 && mine.allSatisfy { $0.firm == "alfa" })
            let one = try #require(mine.first { $0.supplier == "vision" })
            #expect(one.needTitle == "필요 vision-inspection" && one.kinds == ["vision-inspection"])

            let it: [String: JSON] = ["introduction": .string(one.id)]
            func answer(_ answer: String, _ caller: Caller) async throws -> Refusal? {
                try await yard.refusal(
                    AnswerIntroduction.name, it.merging(["answer": .string(answer)]) { $1 }, by: caller)
            }
            func note(_ outcome: String, _ more: [String: JSON], _ caller: Caller) async throws -> Refusal? {
                try await yard.refusal(
                    NoteOutcome.name, it.merging(["outcome": .string(outcome)]) { $1 }.merging(more) { $1 }, by: caller)
            }
            #expect(try await answer("accept", FirmsYard.robots)?.code == "introduction.unknown")
            #expect(try await answer("accept", .officer)?.kind == .forbidden)
            #expect(try await answer("decline", FirmsYard.alfa)?.faults.first?.field == "reason")
            #expect(try await answer("accept", FirmsYard.alfa) == nil)
            #expect(try await answer("accept", FirmsYard.alfa)?.code == "introduction.answered")
            let later: [String: JSON] = ["follow_up": "2026-12-20"]
            #expect(try await note("met", later, FirmsYard.alfa)?.code == "introduction.early")
            #expect(try await answer("accept", FirmsYard.vision) == nil)
            #expect(try await note("met", [:], FirmsYard.alfa)?.code == "introduction.follow-up")
            #expect(try await note("met", ["follow_up": "2026-11-21"], FirmsYard.alfa)?.code == "introduction.future")
            #expect(try await note("met", ["follow_up": "곧"], FirmsYard.alfa)?.faults.first?.field == "follow_up")
            #expect(try await note("none", [:], FirmsYard.alfa)?.code == "introduction.reason")
            #expect(try await note("talks", later, FirmsYard.alfa) == nil)
            #expect(try await note("met", later, FirmsYard.vision)?.code == "introduction.back")
            // The day passes: it is overdue for whoever has the next step, and for nobody else.
            func overdue(_ caller: Caller) async throws -> Int64 {
                let (tenant, today) = (try caller.tenant, KoreanDay(yard.clock.read()))
                return try await yard.store.read {
                    try IntroductionTable.count(.overdue, on: today, for: tenant, in: $0)
                }
            }
            yard.clock.set("2026-12-21T09:00:00+09:00")
            #expect(try await overdue(FirmsYard.alfa) == 1)
            for other in [FirmsYard.vision, Caller.officer] { #expect(try await overdue(other) == 0) }
            #expect(try await note("contract", ["note": "시범 도입"], FirmsYard.vision) == nil)
            #expect(try await overdue(FirmsYard.alfa) == 0)
            #expect(try await note("talks", ["follow_up": "2027-01-10"], FirmsYard.alfa)?.code == "introduction.ended")
            // Another is declined; the funnel counts both.
            let other = try #require(mine.first { $0.supplier == "robots" })
            try await yard.perform(
                AnswerIntroduction.name,
                ["introduction": .string(other.id), "answer": "decline", "reason": "일정이 맞지 않음"], by: FirmsYard.robots)
            let funnel = try await yard.store.read { try IntroductionTable.funnel(for: zone, in: $0) }
            #expect(funnel.reached == [.made: 4, .agreed: 1, .met: 1, .talks: 1, .contract: 1])
            #expect(funnel.declined == 1 && funnel.nothing == 0)
            let own = try await yard.store.read { try IntroductionTable.funnel(for: alfa, in: $0) }
            #expect(own.reached[.made] == 2)
            let said = try await yard.spine.answer("alliance.introductions.mine", [:], by: FirmsYard.bravo)
            #expect(said.ko.contains("vision") && said.en.contains("2 wait"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a pin is kept, a ban too; both are refused by name where they break a rule")
    func marked() async throws {
        try await with { yard, day, needs, offers in
            func mark(_ verb: String, _ need: Int, _ offer: Int, by caller: Caller = .officer) async throws -> Refusal?
            {
                try await yard.refusal(
                    "alliance.brokerage.\(verb)",
                    [
                        "day": .string(day), "need": .string(needs[need]), "offer": .string(offers[offer]),
                        "reason": "담당자 판단",
                    ], by: caller)
            }
            #expect(try await mark("pin", 0, 1, by: FirmsYard.alfa)?.kind == .forbidden)
            #expect(try await mark("pin", 2, 0)?.code == "alliance.obstacle-kind")
            #expect(try await mark("release", 0, 1)?.code == "brokerage.unmarked")
            try await yard.perform(ProposeDay.name, ["day": .string(day)], by: .officer)
            #expect(try await mark("pin", 0, 1) == nil)
            #expect(try await mark("pin", 0, 1)?.code == "brokerage.pinned")
            // What was matched before the mark is gone until it is matched again.
            #expect(try await pairs(day, yard).map(\.isPinned) == [true])
            #expect(
                try await yard.refusal(PublishDay.name, ["day": .string(day)], by: .officer)?.code
                    == "brokerage.unmatched")
            #expect(try await mark("forbid", 0, 0) == nil)
            try await yard.perform(ProposeDay.name, ["day": .string(day)], by: .officer)
            let matched = try await pairs(day, yard)
            #expect(matched.first { $0.isPinned }?.needScore != nil)
            #expect(matched.filter { $0.need == needs[0] }.map(\.offer) == [offers[1]])
            #expect(try await mark("release", 0, 0) == nil)
            try await yard.perform(ProposeDay.name, ["day": .string(day)], by: .officer)
            #expect(try await pairs(day, yard).count { $0.need == needs[0] } == 2)
            // No more is pinned than fits.
            let narrow = try await open(yard, slots: 1)
            let pin: [String: JSON] = [
                "day": .string(narrow), "need": .string(needs[0]), "offer": .string(offers[0]), "reason": "가",
            ]
            try await yard.perform("alliance.brokerage.pin", pin, by: .officer)
            let full = try await yard.refusal(
                "alliance.brokerage.pin", pin.merging(["need": .string(needs[1])]) { $1 }, by: .officer)
            #expect(full?.code == "alliance.capacity" && full?.faults.first?.field == "offer")
            #expect(
                try await yard.refusal(
                    OpenDay.name,
                    FirmsYard.hours.merging(["title": "가", "day": "어제", "firm_slots": 1, "supplier_slots": 1]) { $1 },
                    by: .officer)?
                    .faults.first?.field == "day")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("switched off, nothing is matched or advised; the officer puts pairs together by hand and publishes")
    func switchedOff() async throws {
        try await with { yard, day, needs, offers in
            try await yard.perform(
                "district.ai.switch", ["use": .string(MatchingUse.use.id), "on": false, "reason": "시험"], by: .officer)
            let named: [String: JSON] = ["day": .string(day)]
            #expect(try await yard.refusal(ProposeDay.name, named, by: .officer)?.code == "brokerage.switched-off")
            #expect(try await yard.refusal(PublishDay.name, named, by: .officer)?.code == "brokerage.empty")
            try await yard.perform(
                "alliance.brokerage.pin",
                ["day": .string(day), "need": .string(needs[0]), "offer": .string(offers[0]), "reason": "직접"],
                by: .officer)
            try await yard.perform(PublishDay.name, named, by: .officer)
            let made = try await introductions(yard)
            #expect(made.map(\.need) == [needs[0]] && made[0].firmReasons.isEmpty)
            #expect(try await yard.last(AIUseActed.type) == nil)
        }
    }

    @Test("what is closed after it was matched is introduced to nobody")
    func closed() async throws {
        try await with { yard, day, needs, _ in
            try await yard.perform(ProposeDay.name, ["day": .string(day)], by: .officer)
            #expect(try await yard.last(AIUseActed.type) != nil)
            try await yard.perform(
                "alliance.need.close", ["need": .string(needs[0]), "reason": "해결"], by: FirmsYard.alfa)
            try await yard.perform(PublishDay.name, ["day": .string(day)], by: .officer)
            #expect(try await introductions(yard).allSatisfy { $0.need == needs[1] })
        }
    }

    /// A supplier says an offer anew.
    private func revise(
        _ offer: String, _ more: [String: JSON], by caller: Caller = FirmsYard.vision, _ yard: Yard
    ) async throws {
        let values = FirmsYard.offer("솔루션", ["vision-inspection"]).merging(["offer": .string(offer)]) { $1 }
        try await yard.perform(PublishOffer.name, values.merging(more) { $1 }, by: caller)
    }

    @Test("two that no longer pass are not introduced, and the day counts and shows those that are")
    func passesNoMore() async throws {
        try await with { yard, day, needs, offers in
            let named: [String: JSON] = ["day": .string(day)]
            try await yard.perform(ProposeDay.name, named, by: .officer)
            let reasons = try await pairs(day, yard).flatMap { $0.needReasons + $0.offerReasons }
            #expect(reasons.contains { $0.part == .purse }, "the officer sees what the budget counted for")
            try await revise(offers[0], ["avoided": [["firm": "alfa"]]], yard)
            try await yard.perform(PublishDay.name, named, by: .officer)
            let made = try await introductions(yard)
            #expect(made.count == 3 && !made.contains { $0.firm == "alfa" && $0.supplier == "vision" })
            #expect(try await yard.last(DayTable.published)?.payload["pairs"]?.integer == 3)
            #expect(try await pairs(day, yard).count == 3)
            // Neither firm can work the budget out of why they were introduced.
            let told = made.flatMap { $0.firmReasons + $0.supplierReasons }
            #expect(!told.isEmpty && told.allSatisfy { $0.part != .budget && $0.part != .purse })
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a pin of two that no longer pass is not kept; a day of nothing else is not published")
    func pinPassesNoMore() async throws {
        try await with { yard, day, needs, offers in
            let named: [String: JSON] = ["day": .string(day)]
            try await yard.perform(
                "alliance.brokerage.pin",
                named.merging([
                    "need": .string(needs[0]), "offer": .string(offers[0]), "reason": "직접",
                ]) { $1 }, by: .officer)
            try await revise(offers[0], ["avoided": [["firm": "alfa"]]], yard)
            try await yard.perform(ProposeDay.name, named, by: .officer)
            let matched = try await pairs(day, yard)
            #expect(matched.count == 3 && matched.allSatisfy { !$0.isPinned })
            for (offer, caller) in zip(offers, [FirmsYard.vision, FirmsYard.robots]) {
                try await revise(offer, ["price_low": 500, "price_high": 600], by: caller, yard)
            }
            #expect(try await yard.refusal(PublishDay.name, named, by: .officer)?.code == "brokerage.stale")
            #expect(try await introductions(yard).isEmpty)
        }
    }

    @Test("the sample has firms, offers, needs, a published day and a first meeting, and is founded once")
    func sample() async throws {
        try await Yard.with([try Alliance()], on: .sqlite, isSample: true) { yard in
            for firm in ["firm-gaon", "firm-nuri", "firm-saebyeok"] { try await yard.register(firm) }
            for _ in 0..<2 { try await FirmSample.found(yard.spine) }
            let zone = try Caller.officer.tenant
            let found = try await yard.store.read { reader in
                (
                    try ProfileTable.page(limit: 50, offset: 0, for: zone, in: reader).total,
                    try DayTable.days(limit: 9, offset: 0, for: zone, in: reader).rows.map(\.state),
                    try IntroductionTable.funnel(for: zone, in: reader)
                )
            }
            #expect(found.0 == 7 && found.1 == [.published])
            #expect((found.2.reached[.made] ?? 0) >= 5 && found.2.reached[.met] == 1 && found.2.reached[.agreed] == 2)
        }
    }
}
