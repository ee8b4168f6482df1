import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

@Suite struct CountTests {
    private func open(_ yard: Yard, _ place: String, by caller: Caller = .picker) async throws -> String {
        let outcome = try await yard.perform("fulfilment.count.open", ["place": .string(place)], by: caller)
        return String(try #require(outcome.events.first?.stream).dropFirst("count/".count))
    }

    private func submit(
        _ yard: Yard, _ count: String, _ lines: [JSON], by caller: Caller = .picker
    ) async throws -> Refusal? {
        try await yard.refusal(
            "fulfilment.count.submit", ["count": .string(count), "lines": .array(lines)], by: caller)
    }

    @Test("a large variance waits for somebody else; promises beyond what was found end", arguments: StoreUnderTest.all)
    func less(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            try await yard.promise("order/1", "RICE", 6)
            try await yard.promise("order/2", "RICE", 4)
            let count = try await open(yard, "A-01-1")
            #expect(try await submit(yard, count, [["item": "RICE", "quantity": 8]]) == nil)
            #expect(try await yard.count("RICE", at: "A-01-1") == 10)
            let own = try await yard.refusal(
                "fulfilment.count.approve", ["count": .string(count)],
                by: .person("haesol-picker", [.worker, .operator], firm: Yard.firm))
            #expect(own?.code == "count.same-person")
            #expect(
                try await yard.refusal("fulfilment.count.approve", ["count": .string(count)], by: .second)?.code
                    == "access.forbidden")
            try await yard.perform("fulfilment.count.approve", ["count": .string(count)], by: .lead)
            #expect(try await yard.count("RICE", at: "A-01-1") == 8)
            #expect(try await yard.free("RICE") == 0)
            let ended = try #require(try await yard.last(StockTable.unreserved))
            #expect(ended.payload["why"]?.text == "short")
            #expect(Reserved.shares(ended.payload).map(\.order) == ["order/2"])
            #expect(Reserved.shares(ended.payload).map(\.quantity) == [2])
            let counted = try #require(try await yard.last(StockEvent.counted))
            #expect(counted.payload["orders"]?.elements?.compactMap(\.text) == ["order/2"])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a small variance is corrected at once")
    func small() async throws {
        try await Yard.with { yard in
            try await yard.put("RICE", 80, at: "A-02-2")
            let count = try await open(yard, "A-02-2")
            #expect(try await submit(yard, count, [["item": "RICE", "quantity": 79]]) == nil)
            #expect(try await yard.count("RICE", at: "A-02-2") == 79)
            #expect(try await yard.types().last == CountTable.settled)
        }
    }

    @Test("what agrees is settled without a move; what is found beyond the books comes to be")
    func more() async throws {
        try await Yard.with { yard in
            try await yard.put("GLOVES", 5, at: "A-02-1")
            let same = try await open(yard, "A-02-1")
            #expect(
                try await yard.refusal("fulfilment.count.open", ["place": "A-02-1"], by: .second)?.code
                    == "count.under-way")
            #expect(try await submit(yard, same, [["item": "GLOVES", "quantity": 5]]) == nil)
            #expect(try await !yard.types().contains(StockEvent.counted))
            // Nobody knows what gloves cost: any variance waits for a second person.
            let count = try await open(yard, "A-02-1")
            #expect(try await submit(yard, count, [["item": "GLOVES", "quantity": 7]]) == nil)
            #expect(try await yard.count("GLOVES", at: "A-02-1") == 5)
            try await yard.perform(
                "fulfilment.count.reject", ["count": .string(count), "why": "다시"], by: .lead)
            #expect(
                try await submit(
                    yard, count, [["item": "GLOVES", "quantity": 4], ["item": "GLOVES", "quantity": 2]]) == nil)
            try await yard.perform("fulfilment.count.approve", ["count": .string(count)], by: .lead)
            #expect(try await yard.count("GLOVES", at: "A-02-1") == 6)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("each refusal")
    func refusals() async throws {
        try await Yard.with { yard in
            try await yard.put("MILK", lot: "M1", 5, at: "C-01-1", expiry: "2026-12-01T00:00:00+09:00")
            let count = try await open(yard, "C-01-1")
            #expect(try await submit(yard, "none", [])?.code == "count.unknown")
            #expect(try await submit(yard, count, [], by: .stranger)?.code == "count.unknown")
            #expect(try await submit(yard, count, [["item": "MILK", "quantity": 5]])?.code == "count.lot")
            #expect(
                try await submit(yard, count, [["item": "RICE", "lot": "X", "quantity": 5]])?.code == "count.lot")
            #expect(try await submit(yard, count, [["item": "METER", "quantity": 5]])?.code == "count.serials")
            #expect(
                try await yard.refusal("fulfilment.count.approve", ["count": .string(count)], by: .lead)?.code
                    == "count.state")
            #expect(try await submit(yard, count, []) == nil)
            #expect(try await submit(yard, count, [])?.code == "count.state")
            // Before it is approved, some of it is carried away: less lies there than was missing.
            try await yard.perform(
                "fulfilment.goods.relocate",
                ["item": "MILK", "lot": "M1", "quantity": 2, "from": "C-01-1", "place": "STAGE-1", "why": "세척"],
                by: .picker)
            #expect(
                try await yard.refusal("fulfilment.count.approve", ["count": .string(count)], by: .lead)?.code
                    == "count.changed")
            #expect(
                try await yard.refusal("fulfilment.count.open", ["place": "A-01-1"], by: .stranger)?.code
                    == "place.unknown")
        }
    }

    @Test("places are due by how often their goods are picked, and by when they were last counted")
    func due() async throws {
        try await Yard.with { yard in
            try await yard.put("GLOVES", 5, at: "A-02-2")
            try await yard.put("RICE", 5, at: "A-01-1")
            let tenant = try Caller.picker.tenant
            let book = Handbook(shipped: Fulfilment.shippedData)
            let rule = try CountRule(book.read("count-bounds.json").json, file: "count-bounds.json")
            func due() async throws -> [String] {
                let now = yard.clock.read()
                return try await yard.store.read {
                    try CountTable.due(in: Yard.centre, rule, at: now, for: tenant, in: $0).map(\.place.name)
                }
            }
            #expect(try await due() == ["A-01-1", "A-02-2"])
            let count = try await open(yard, "A-01-1")
            #expect(try await submit(yard, count, [["item": "RICE", "quantity": 5]]) == nil)
            #expect(try await due() == ["A-02-2"])
            yard.clock.advance(by: 31 * 86_400)
            #expect(try await due() == ["A-02-2", "A-01-1"])
        }
    }

    @Test("scrapping needs two people, and never takes what is good")
    func scrap() async throws {
        try await Yard.with { yard in
            try await yard.put("MILK", lot: "M1", 5, at: "C-01-1", expiry: "2026-11-25T00:00:00+09:00")
            try await yard.put("RICE", 2, at: "Q-01", status: .damaged)
            try await yard.promise("order/1", "MILK", lot: "M1", 5)
            let milk: [String: JSON] = [
                "item": "MILK", "lot": "M1", "quantity": 5, "from": "C-01-1", "status": "available", "why": "기한",
            ]
            #expect(try await yard.refusal("fulfilment.goods.scrap", milk, by: .picker)?.code == "scrap.good")
            yard.clock.set("2026-11-26T09:00:00+09:00")
            try await request(yard, milk)
            #expect(try await yard.count("MILK", lot: "M1", at: "C-01-1") == 0)
            #expect(try await yard.last(StockTable.unreserved)?.payload["why"]?.text == "expired")
            let rice: [String: JSON] = [
                "item": "RICE", "quantity": 3, "from": "Q-01", "status": "damaged", "why": "터짐",
            ]
            #expect(try await yard.refusal("fulfilment.goods.scrap", rice, by: .picker)?.code == "stock.too-little")
            try await request(yard, rice.merging(["quantity": 2]) { $1 })
            #expect(try await yard.count("RICE", at: "Q-01", status: .damaged) == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    /// Asks, and signs as the shift's lead.
    private func request(_ yard: Yard, _ values: [String: JSON]) async throws {
        let before = try await yard.types().count { $0 == StockEvent.scrapped }
        let asked = try await yard.perform("fulfilment.goods.scrap", values, by: .picker)
        #expect(try await yard.types().count { $0 == StockEvent.scrapped } == before)
        let id = try #require(asked.events.first?.stream).dropFirst("request/".count)
        try await yard.perform("district.request.sign", ["request": .string(String(id))], by: .lead)
        #expect(try await yard.types().count { $0 == StockEvent.scrapped } == before + 1)
    }
}
