import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What is sold over the counter, what a day came to, and what is paid back to whom.
@Suite struct SaleTests {
    private static func counter(_ lines: [(String, Int64)]) -> [String: JSON] {
        [
            "centre": .string(Yard.centre), "paid": "card",
            "lines": .array(lines.map { ["item": .string($0.0), "quantity": .decimal($0.1)] }),
        ]
    }

    @Test("the counter sells what is promised to nobody, what expires first, and nothing else")
    func counter() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L2", 3, at: "C-01-1", expiry: "2026-12-20T00:00:00Z")
            try await yard.put("MILK", lot: "L1", 3, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            try await yard.put("MILK", lot: "L0", 3, at: "C-01-1", expiry: "2026-11-20T00:00:00Z")
            try await yard.put("GLOVES", 3, at: "A-02-1")
            try await yard.order([("MILK", 1)])
            func code(_ lines: [(String, Int64)], by caller: Caller = .picker) async throws -> String? {
                try await yard.refusal("fulfilment.sale.counter", Self.counter(lines), by: caller)?.code
            }
            #expect(try await code([]) == "order.empty")
            #expect(try await code([("GLOVES", 1)]) == "sale.price")
            #expect(try await code([("NOTHING", 1)]) == "item.unknown")
            #expect(try await code([("MILK", 6)]) == "sale.short")
            #expect(try await code([("MILK", 3), ("MILK", 3)]) == "sale.short")
            #expect(try await code([("MILK", 1)], by: .stranger) == "order.centre")
            try await yard.perform("fulfilment.sale.counter", Self.counter([("MILK", 2), ("MILK", 2)]), by: .picker)
            let sold = try #require(try await yard.last(StockEvent.sold))
            #expect(sold.payload["goods"]?.integer == 4 * 2_900 && sold.payload["channel"]?.text == "counter")
            // The receipt says what was sold at which price, whatever it costs later.
            let lines = (sold.payload["sold"]?.elements ?? []).compactMap { SellGoods.Quote.Line($0) }
            #expect(lines.map { [$0.quantity, $0.price, $0.sum] } == [[2, 2_900, 5_800], [2, 2_900, 5_800]])
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1") == 1)
            #expect(try await yard.count("MILK", lot: "L2", at: "C-01-1") == 1)
            #expect(try await yard.count("MILK", lot: "L0", at: "C-01-1") == 3)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a day is settled once, when it is over, channel by channel")
    func settled() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 9, at: "A-01-1")
            try await yard.perform("fulfilment.sale.counter", Self.counter([("RICE", 2)]), by: .picker)
            func code(_ day: String, by caller: Caller = .lead) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.day.settle", ["centre": .string(Yard.centre), "day": .string(day)], by: caller)?.code
            }
            #expect(try await code("2026-11-21") == "settle.day")
            #expect(try await code("gestern") == "settle.day")
            yard.clock.advance(by: 86_400)
            #expect(try await code("2026-11-20") == "settle.nothing")
            #expect(try await code("2026-11-21", by: .stranger) == "order.centre")
            #expect(try await code("2026-11-21") == nil)
            let event = try #require(try await yard.last(SaleEvents.closed))
            // 1.45 % of 62,000 won stays with who carries the payment.
            #expect(event.payload["net"]?.integer == 61_101)
            #expect(event.payload["rows"]?.elements?.map { $0["channel"]?.text } == ["counter"])
            #expect(try await code("2026-11-21") == "settle.done")
            #expect(try await yard.rebuildsAlike())
        }
    }

    /// An order of the shop that was delivered; its lines.
    private func delivered(_ yard: Yard, _ lines: [(String, Int64)]) async throws -> String {
        let outcome = try await yard.perform(
            "fulfilment.shop.order", Yard.wanted(lines, ["phone": "010-0000-0000"]), by: .anonymous())
        let order = outcome.events.first?.stream ?? ""
        try await yard.release()
        try await yard.pickAll()
        try await yard.pack(order)
        let manifest =
            try await yard.perform(
                "fulfilment.manifest.open", ["centre": .string(Yard.centre), "carrier": "hanbit"], by: .picker
            ).events.first?.stream ?? ""
        for box in try await yard.boxes(order) {
            try await yard.perform(
                "fulfilment.manifest.scan", ["manifest": .string(manifest), "sscc": .string(box.sscc)], by: .picker)
        }
        try await yard.perform("fulfilment.manifest.hand-over", ["manifest": .string(manifest)], by: .picker)
        try await yard.perform("fulfilment.order.deliver", ["order": .string(order)], by: .lead)
        return order
    }

    private func back(_ yard: Yard, _ order: String, _ quantity: Int64, _ reason: String) async throws -> Event {
        let asked = try await yard.perform(
            "fulfilment.return.ask",
            [
                "order": .string(order), "reason": .string(reason),
                "lines": [["line": 1, "quantity": .decimal(quantity)]],
            ], by: .lead)
        let values: [String: JSON] = [
            "return": .string(asked.events.first?.stream ?? ""), "line": 1, "quantity": .decimal(quantity),
            "place": "RET-1",
        ]
        try await yard.perform("fulfilment.return.receive", values, by: .picker)
        try await yard.perform(
            "fulfilment.return.grade", values.merging(["grade": "scrap", "note": "부서짐"]) { $1 }, by: .picker)
        return try #require(try await yard.last(ReturnEvents.refunded))
    }

    @Test("what is paid back falls on the channel that sold it, with the carriage once all came back by our fault")
    func refunds() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 9, at: "A-01-1")
            let order = try await delivered(yard, [("RICE", 3)])
            let first = try await back(yard, order, 1, "faulty")
            #expect(first.payload["amount"]?.integer == 31_000 && first.payload["channel"]?.text == "shop")
            let rest = try await back(yard, order, 2, "wrong")
            #expect(rest.payload["amount"]?.integer == 65_000)
            #expect(rest.payload["carriage"]?.integer == 3_000)
            let day = try await yard.store.read {
                try SaleTable.day(
                    KoreanDay(yard.clock.read()), in: Yard.centre,
                    ChannelFees(Handbook(shipped: Fulfilment.shippedData)), for: Yard.owner, in: $0)
            }
            #expect(day.rows.map(\.channel) == [.shop] && day.rows.first?.refunds == 96_000)
            // Who only changed their mind gets the goods back, not the way.
            let other = try await delivered(yard, [("RICE", 1)])
            #expect(try await back(yard, other, 1, "late").payload["amount"]?.integer == 34_000)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("sums that no one orders are refused, and never stop the house")
    func overflow() async throws {
        #expect(Won.of(.max, 2) == .max && Won.of(.max, -2) == .min && Won.of(3, 4) == 12)
        #expect(Won.sum([.max, 1]) == .max && Won.sum([1, 2, 3]) == 6)
        let terms = try ReturnTerms(Handbook(shipped: Fulfilment.shippedData))
        #expect(terms.refund(.max, 3, .b, .unwanted) > 0)
        var settlement = Settlement.Row(channel: .api, rate: 800)
        settlement.goods = .max
        #expect(settlement.fees > 0)
        let rule = try CountRule(
            Handbook(shipped: Fulfilment.shippedData).read("count-bounds.json").json, file: "count-bounds.json")
        #expect(
            rule.needsApproval(
                [.init(item: "X", lot: "", book: 0, counted: 1_000_000_000)], costs: ["X": 1_000_000_000_000]))
        try await Yard.selling { yard in
            try await yard.perform(
                "fulfilment.item.register",
                ["centre": .string(Yard.centre), "code": "GOLD", "name": "금", "price": 1_000_000_000_000],
                by: .system("test"))
            try await yard.put("GOLD", 10_000_000, at: "A-01-1")
            let lines = (0..<100).map { _ in ("GOLD", Int64(100_000)) }
            #expect(
                try await yard.refusal("fulfilment.order.place", Yard.wanted(lines), by: .lead)?.code
                    == "order.amount")
        }
    }
}
