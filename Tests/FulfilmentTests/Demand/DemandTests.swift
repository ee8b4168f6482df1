import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What is told of coming demand, what is proposed for it, and who decides.
@Suite struct DemandTests {
    /// A yard whose centre takes orders, and where rice was asked for every day for so long.
    private func selling(
        _ kind: StoreUnderTest, days: Int = 60, _ body: (Yard, DemandForecaster) async throws -> Void
    ) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform(
                "fulfilment.centre.set", ["centre": .string(Yard.centre), "name_ko": "해솔 물류센터"], by: .lead)
            let today = Int(KoreanDay(yard.clock.read()).number)
            let past = (1...days).map { ago -> JSON in
                let quantity = 20 + DemandHistory.weekday(today - ago)
                return ["item": "RICE", "day": .number(Double(today - ago)), "quantity": .number(Double(quantity))]
            }
            try await yard.district.record(
                [
                    Draft(
                        DemandTable.recorded, stream: "demand/\(Yard.centre)", scope: Yard.scope,
                        payload: ["centre": .string(Yard.centre), "days": .array(past)])
                ], origin: Origin(author: .system("test")))
            try await body(yard, DemandForecaster(spine: yard.spine))
        }
    }

    private func open(_ yard: Yard, _ state: String = "open") async throws -> [DemandTable.Proposal] {
        let zone = try Caller.system("test").tenant
        return try await yard.store.read { try DemandTable.proposals(state, for: zone, in: $0) }
    }

    private func told(_ yard: Yard) async throws -> [DemandTable.Told] {
        let zone = try Caller.system("test").tenant
        return try await yard.store.read { try DemandTable.told(in: Yard.centre, for: zone, in: $0) }
    }

    @Test("a regular item is told closely, and ordered before it runs short", arguments: StoreUnderTest.all)
    func proposes(on kind: StoreUnderTest) async throws {
        try await selling(kind) { yard, service in
            try await yard.put("RICE", 50, at: "A-01-1")
            try await service.look()
            // Seven days bring 20 each and 0 to 6 by weekday.
            let week = try #require(try await told(yard).first { $0.item == "RICE" }?.range)
            #expect(abs(week.mean - 161) < 3 && week.low <= 161 && week.high >= 161)
            let proposal = try #require(try await open(yard).first)
            #expect(proposal.item == "RICE" && proposal.quantity > 100 && proposal.isModel)
            #expect(proposal.orderBy == KoreanDay(yard.clock.read()), "50 do not last until goods come")
            #expect(proposal.reasons.count >= 2 && proposal.reasons.allSatisfy { !$0.ko.isEmpty && !$0.en.isEmpty })
            let event = try #require(try await yard.last(DemandTable.proposed))
            #expect(event.author == .model(DemandUse.use.id))
            let many = try await yard.events().count
            try await service.look()
            #expect(try await yard.events().count == many, "once a day")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("whoever leads accepts or declines, once; both are told to the register")
    func decides() async throws {
        try await selling(.sqlite) { yard, service in
            try await service.look()
            let proposal = try #require(try await open(yard).first)
            let values: [String: JSON] = ["proposal": .string(proposal.id)]
            #expect(
                try await yard.refusal("fulfilment.replenishment.accept", values, by: .stranger)?.code
                    == "proposal.unknown")
            #expect(try await yard.refusal("fulfilment.replenishment.accept", values, by: .picker) != nil)
            try await yard.perform("fulfilment.replenishment.accept", values, by: .lead)
            let judged = try #require(try await yard.last(AIUseJudged.type).flatMap { AIUseJudged($0) })
            #expect(judged.verdict == .kept && judged.act == proposal.event)
            #expect(
                try await yard.refusal("fulfilment.replenishment.accept", values, by: .lead)?.code
                    == "proposal.closed")
            // The day after, what was ordered is on its way, and is not proposed again.
            yard.clock.advance(by: 86_400)
            try await service.look()
            let again = try await open(yard).first { $0.item == "RICE" }
            #expect(again.map { $0.quantity < proposal.quantity } ?? true)
            if let again {
                try await yard.perform(
                    "fulfilment.replenishment.decline", ["proposal": .string(again.id), "reason": "창고 자리 없음"],
                    by: .lead)
                #expect(try await yard.last(AIUseJudged.type).flatMap { AIUseJudged($0) }?.verdict == .overruled)
            }
            #expect(try await open(yard, "accepted").map(\.id) == [proposal.id])
        }
    }

    @Test("switched off, nothing is forecast, and only reorder points speak")
    func switchedOff() async throws {
        try await selling(.sqlite) { yard, service in
            var item = Yard.items[6]
            item["centre"] = .string(Yard.centre)
            item["reorder_point"] = 10
            item["reorder_quantity"] = 200
            try await yard.perform("fulfilment.item.register", item, by: .lead)
            try await yard.perform(
                "district.ai.switch", ["use": .string(DemandUse.use.id), "on": false, "reason": "시험"], by: .officer)
            try await service.look()
            #expect(try await told(yard).allSatisfy { $0.range == nil })
            let proposals = try await open(yard)
            #expect(proposals.map(\.item) == ["GLOVES"] && proposals.map(\.quantity) == [200])
            #expect(proposals.allSatisfy { !$0.isModel })
            #expect(try await yard.last(DemandTable.proposed)?.author == .system("fulfilment.demand"))
        }
    }

    @Test("a new item has too little of a past, and is said so") func tooLittle() async throws {
        try await selling(.sqlite, days: 10) { yard, service in
            try await service.look()
            let rice = try #require(try await told(yard).first { $0.item == "RICE" })
            #expect(rice.range == nil)
            #expect(try await open(yard).isEmpty)
        }
    }

    @Test("how good looks were is only told of days that are over")
    func accuracy() {
        let range = Forecast.Interval(mean: 100, low: 80, high: 120)
        let good = DemandAccuracy([(range, 100), (range, 120), (range, 60)])
        #expect(good.count == 3 && good.within == 2.0 / 3)
        #expect(good.error.map { abs($0 - 60.0 / 280) < 1e-12 } == true)
        #expect(DemandAccuracy([]).error == nil && DemandAccuracy([]).within == nil)
    }
}
