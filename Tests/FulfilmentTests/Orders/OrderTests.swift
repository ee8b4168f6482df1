import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Orders are promised in the transaction that takes them, by FEFO, and never more than there is.
@Suite struct OrderTests {
    @Test("an order of four lines is two events, gets the lots that expire first, and says when it comes")
    func placed() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            try await yard.put("MILK", lot: "L2", 5, at: "C-01-1", expiry: "2026-12-20T00:00:00Z")
            try await yard.put("MILK", lot: "L1", 5, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            // This one is no longer good for three days when it arrives.
            try await yard.put("MILK", lot: "L0", 5, at: "C-01-1", expiry: "2026-11-24T00:00:00Z")
            try await yard.put("GLOVES", 10, at: "A-02-1")
            let outcome = try await yard.perform(
                "fulfilment.order.place",
                Yard.wanted([("RICE", 2), ("MILK", 7), ("GLOVES", 1), ("RICE", 8)]), by: .lead)
            #expect(outcome.events.map(\.type) == [OrderEvents.placed, StockTable.reserved])
            let id = try #require(outcome.events.first?.stream)
            let order = try #require(try await yard.find(id))
            #expect(order.ship?.description == "2026-11-21T02:00:00Z")
            #expect(order.due?.description == "2026-11-22T09:00:00Z")
            #expect(order.goods == 10 * 31_000 + 7 * 2_900 && order.fee == 3000)
            let milk = try await yard.reserved(id).filter { $0.item == "MILK" }
            #expect(Set(milk.map { "\($0.lot) \($0.quantity)" }) == ["L1 5", "L2 2"])
            #expect(try await yard.free("RICE") == 0)
            let recipient = try await yard.store.read {
                try OrderTable.recipient(of: id, for: Yard.owner, in: $0)
            }
            #expect(recipient?.name == "김해솔" && recipient?.code.count == 22)
            let event = try #require(try await yard.last(OrderEvents.placed))
            #expect(!JSON.object(event.payload).canonicalText.contains("김해솔"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("each refusal names its field")
    func refusals() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 3, at: "A-01-1")
            func code(_ items: [(String, Int64)], _ more: [String: JSON] = [:], by caller: Caller = .lead)
                async throws -> String?
            {
                try await yard.refusal("fulfilment.order.place", Yard.wanted(items, more), by: caller)?.code
            }
            #expect(try await code([("RICE", 1)], ["centre": "nowhere"]) == "order.centre")
            #expect(try await code([("RICE", 1)], by: .stranger) == "order.centre")
            #expect(try await code([("NOTHING", 1)]) == "order.item")
            #expect(try await code([]) == "order.empty")
            #expect(try await code([("RICE", 1)], ["carrier": "nobody"]) == "order.delivery")
            #expect(try await code([("RICE", 1)], ["delivery": "robot", "carrier": "moon"]) == "order.delivery")
            #expect(try await code([("RICE", 1)], ["address": ""]) == "order.address")
            let short = try await yard.refusal(
                "fulfilment.order.place", Yard.wanted([("RICE", 2), ("RICE", 2)]), by: .lead)
            #expect(short?.code == "order.short")
            #expect(short?.faults.map(\.field) == ["lines[1].quantity"])
            #expect(try await code([("GLOVES", 1)], ["partial": true]) == "order.short")
            #expect(try await yard.free("RICE") == 3)
        }
    }

    @Test("what may come in parts is promised as far as it goes, and what is refused is said line by line")
    func partial() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 3, at: "A-01-1")
            let id = try await yard.order([("RICE", 5), ("GLOVES", 1)], ["partial": true])
            let lines = try await yard.lines(id)
            #expect(lines.map(\.reserved) == [3, 0] && lines.map(\.refused) == [2, 1])
            #expect(try await yard.find(id)?.goods == 3 * 31_000)
        }
    }

    @Test("the same key is the same order; another content under it is refused")
    func idempotent() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 10, at: "A-01-1")
            let values = Yard.wanted([("RICE", 2)])
            let first = try await yard.perform("fulfilment.order.place", values, by: .lead, key: "K1")
            let again = try await yard.perform("fulfilment.order.place", values, by: .lead, key: "K1")
            #expect(again.repeated && again.events == first.events)
            #expect(try await yard.free("RICE") == 8)
            await #expect(throws: Refusal.self) {
                try await yard.perform("fulfilment.order.place", Yard.wanted([("RICE", 3)]), by: .lead, key: "K1")
            }
        }
    }

    @Test("a full day moves the promise to the next")
    func capacity() async throws {
        try await Yard.selling(capacity: 2) { yard in
            try await yard.put("RICE", 100, at: "A-01-1")
            var days: [String] = []
            for _ in 0..<5 {
                let id = try await yard.order([("RICE", 1)])
                days.append(String(try await yard.find(id)?.ship?.description.prefix(10) ?? ""))
            }
            #expect(days == ["2026-11-21", "2026-11-21", "2026-11-22", "2026-11-22", "2026-11-23"])
        }
    }

    @Test("cancelling gives the stock and the day back; a packed order is not cancelled")
    func cancelled() async throws {
        try await Yard.selling(capacity: 1) { yard in
            try await yard.put("RICE", 2, at: "A-01-1")
            let id = try await yard.order([("RICE", 2)])
            #expect(
                try await yard.refusal("fulfilment.order.cancel", ["order": .string(id)], by: .stranger)?.code
                    == "order.unknown")
            try await yard.perform("fulfilment.order.cancel", ["order": .string(id)], by: .lead)
            #expect(try await yard.free("RICE") == 2)
            #expect(try await yard.find(id)?.state == .cancelled)
            #expect(
                try await yard.refusal("fulfilment.order.cancel", ["order": .string(id)], by: .lead)?.code
                    == "order.too-late")
            let next = try await yard.order([("RICE", 1)])
            #expect(try await yard.find(next)?.ship?.description == "2026-11-21T02:00:00Z")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the code of an order opens it to whoever holds it; nobody else may change it")
    func byCode() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 9, at: "A-01-1")
            for wrong in ["1234", "없음", "010-2345-67x8", "+82 10 1234 5678 9012 34"] {
                #expect(
                    try await yard.refusal(
                        "fulfilment.shop.order", Yard.wanted([("RICE", 1)], ["phone": .string(wrong)]), by: .anonymous()
                    )?
                    .code == "order.phone", "\(wrong)")
            }
            let values = Yard.wanted([("RICE", 1)], ["phone": "010-0000-0000"])
            let outcome = try await yard.perform("fulfilment.shop.order", values, by: .anonymous())
            let id = try #require(outcome.events.first?.stream)
            let code = try #require(
                try await yard.store.read { try OrderTable.recipient(of: id, for: Yard.owner, in: $0)?.code })
            #expect(
                try await yard.refusal("fulfilment.shop.cancel", ["code": "aaaaaaaaaaaaaaaaaaaaaa"], by: .anonymous())?
                    .code == "order.unknown")
            #expect(try await yard.refusal("fulfilment.shop.cancel", [:], by: .anonymous())?.code == "order.code")
            try await yard.perform(
                "fulfilment.order.readdress", ["code": .string(code), "address": "다른 길 2"], by: .anonymous())
            #expect(
                try await yard.refusal(
                    "fulfilment.order.readdress", ["order": .string(id), "address": "나쁜 길 3"], by: .anonymous()) != nil)
            try await yard.perform("fulfilment.shop.cancel", ["code": .string(code)], by: .anonymous())
            #expect(try await yard.find(id)?.state == .cancelled)
            #expect(
                try await yard.refusal(
                    "fulfilment.shop.order", Yard.wanted([("RICE", 1)]), by: .anonymous())?.code == "order.recipient")
            try await yard.promises(["shop": false])
            #expect(try await yard.refusal("fulfilment.shop.order", values, by: .anonymous())?.code == "order.centre")
        }
    }
}
