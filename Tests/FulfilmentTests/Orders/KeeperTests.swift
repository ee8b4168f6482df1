import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Promises that time breaks are made anew: nothing past its date leaves, and nobody waits for what does not come.
@Suite struct KeeperTests {
    @Test("goods past their date are good no more, wherever they lie, and their orders are promised again")
    func expired() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 5, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            let shelved = try await yard.order([("MILK", 2)])
            let picked = try await yard.order([("MILK", 2)])
            try await yard.perform("fulfilment.order.hold", ["order": .string(shelved)], by: .lead)
            try await yard.release()
            try await yard.pickAll()
            try await yard.put("MILK", lot: "L2", 3, at: "C-01-1", expiry: "2027-02-10T00:00:00Z")
            yard.clock.advance(by: 20 * 86_400)
            await yard.keepPromises()
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1", status: .expired) == 3)
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1") == 0)
            #expect(try await yard.inTote(picked).isEmpty)
            #expect(try await yard.lines(picked).map(\.picked) == [0])
            let lots = try await (yard.reserved(shelved) + yard.reserved(picked)).map(\.lot)
            #expect(Set(lots) == ["L2"])
            let waiting = try await (yard.lines(shelved) + yard.lines(picked)).reduce(0) { $0 + $1.waiting }
            #expect(waiting == 1)
            let moved = try await yard.store.read { reader in
                try [shelved, picked].flatMap { try OrderTable.promises(of: $0, for: Yard.owner, in: reader) }
            }
            #expect(Set(moved.map(\.why)) == [.expired])
            let before = try await yard.types().count
            await yard.keepPromises()
            #expect(try await yard.types().count == before, "a second round finds nothing")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lot that would be too old where it goes is exchanged while there is another")
    func tooOld() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 5, at: "C-01-1", expiry: "2026-11-26T00:00:00Z")
            let order = try await yard.order([("MILK", 2)])
            try await yard.put("MILK", lot: "L2", 5, at: "C-01-1", expiry: "2026-12-20T00:00:00Z")
            try await yard.perform("fulfilment.order.hold", ["order": .string(order)], by: .lead)
            #expect(try await yard.reserved(order).map(\.lot) == ["L1"])
            await yard.keepPromises()
            #expect(try await yard.reserved(order).map(\.lot) == ["L1"])
            // Held for two days more, it would arrive with less than three days left.
            yard.clock.advance(by: 2.5 * 86_400)
            await yard.keepPromises()
            #expect(try await yard.reserved(order).map { "\($0.lot) \($0.quantity)" } == ["L2 2"])
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1") == 5, "it is not past its date")
            #expect(try await yard.rebuildsAlike())
        }
    }

    private func announced(_ yard: Yard, _ quantity: Int64) async throws -> String {
        let outcome = try await yard.perform(
            "fulfilment.inbound.announce",
            [
                "centre": .string(Yard.centre), "supplier": "예시물산", "reference": "D-1", "due": "2026-11-21T14:00",
                "lines": [["item": "RICE", "quantity": .decimal(quantity)]],
            ], by: .lead)
        return String(try #require(outcome.events.first?.stream).dropFirst(Arrival.stream.count))
    }

    @Test("what is late is not promised for today, and after a day it is not promised at all")
    func late() async throws {
        try await Yard.selling { yard in
            _ = try await announced(yard, 30)
            let waits = try await yard.order([("RICE", 5)])
            #expect(try await yard.find(waits)?.ship?.description == "2026-11-22T02:00:00Z")
            // 18 hours late, on Sunday at 08:00: it can be there at noon at best.
            yard.clock.advance(by: 23 * 3600)
            let next = try await yard.order([("RICE", 5)])
            #expect(try await yard.find(next)?.ship?.description == "2026-11-22T07:00:00Z")
            await yard.keepPromises()
            // It still comes on the day that was said.
            #expect(try await yard.find(waits)?.due?.description == "2026-11-23T09:00:00Z")
            yard.clock.advance(by: 8 * 3600)
            await yard.keepPromises()
            let moved = try await yard.store.read { try OrderTable.promises(of: waits, for: Yard.owner, in: $0) }
            #expect(moved.map(\.why) == [.inbound])
            for id in [waits, next] { #expect(try await yard.find(id)?.due == nil) }
            #expect(
                try await yard.refusal("fulfilment.order.place", Yard.wanted([("RICE", 1)]), by: .lead)?.code
                    == "order.short")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a delivery that brought less: who waits for the rest is told with its cause, the first who ordered last")
    func short() async throws {
        try await Yard.selling { yard in
            let inbound = try await announced(yard, 20)
            let first = try await yard.order([("RICE", 10)])
            let second = try await yard.order([("RICE", 10)])
            try await yard.perform(
                "fulfilment.inbound.receive", ["inbound": .string(inbound), "item": "RICE", "quantity": 10],
                by: .picker)
            #expect(try await yard.lines(first).map(\.waiting) == [0])
            #expect(try await yard.find(second)?.due != nil)
            try await yard.perform("fulfilment.inbound.close", ["inbound": .string(inbound)], by: .picker)
            #expect(try await yard.find(second)?.due == nil)
            let moved = try await yard.store.read { try OrderTable.promises(of: second, for: Yard.owner, in: $0) }
            #expect(moved.map(\.why) == [.inbound] && moved.last?.words.ko.contains("쌀") == true)
            #expect(try await yard.find(first)?.due != nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("goods that come for many at once fill a day no further than it holds")
    func full() async throws {
        try await Yard.selling(capacity: 2) { yard in
            try await yard.put("RICE", 5, at: "A-01-1")
            var orders: [String] = []
            for _ in 0..<5 { orders.append(try await yard.order([("RICE", 1)])) }
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "RICE", "reason": "check"], by: .lead)
            for id in orders { #expect(try await yard.find(id)?.ship == nil) }
            try await yard.put("RICE", 5, at: "A-02-1")
            var days: [String: Int] = [:]
            for id in orders {
                days[String(try await yard.find(id)?.ship?.description.prefix(10) ?? ""), default: 0] += 1
            }
            #expect(days == ["2026-11-21": 2, "2026-11-22": 2, "2026-11-23": 1])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an order that several are called is asked for again; its own number is always meant")
    func called() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 5, at: "A-01-1")
            let one = try await yard.order([("RICE", 1)], ["reference": "A-100"])
            let two = try await yard.order([("RICE", 1)], ["reference": "A-100"])
            #expect(
                try await yard.refusal("fulfilment.order.cancel", ["order": "A-100"], by: .lead)?.code
                    == "order.several")
            let number = try #require(try await yard.find(one)?.number)
            #expect(number.count == 13)
            // Another order's reference that reads like a number does not stand before the number.
            let three = try await yard.order([("RICE", 1)], ["reference": .string(number)])
            try await yard.perform("fulfilment.order.cancel", ["order": .string(number)], by: .lead)
            #expect(try await yard.find(one)?.state == .cancelled)
            for id in [two, three] { #expect(try await yard.find(id)?.state == .placed) }
        }
    }

    @Test("a plan made on a read leaves out what others changed meanwhile")
    func plan() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 9, at: "A-01-1")
            try await yard.put("GLOVES", 9, at: "A-02-1")
            let gone = try await yard.order([("RICE", 2)])
            let stays = try await yard.order([("RICE", 2)])
            let closed = try await yard.order([("GLOVES", 1)])
            let centre = try #require(
                try await yard.store.read { try CentreTable.find(Yard.centre, for: Yard.owner, in: $0) })
            let plan = try await yard.store.read { try ReleaseOrders.plan(centre, at: yard.clock.read(), $0) }
            #expect(Set(plan.tours.flatMap(\.self).map(\.order)) == [gone, stays, closed])
            try await yard.perform("fulfilment.order.cancel", ["order": .string(gone)], by: .lead)
            try await yard.perform(
                "fulfilment.place.close", ["place": .string(Yard.place("A-02-1")), "why": "누수"], by: .lead)
            let left = try await yard.store.read { try ReleaseOrders.holding(plan, centre, $0) }
            #expect(left.tours.flatMap(\.self).map(\.order) == [stays])
            #expect(left.tours.allSatisfy { $0.map(\.task) == Array(1...Int64($0.count)) })
            try await ReleaseService(district: yard.district).release()
            #expect(try await yard.tasks().map(\.order) == [stays])
            #expect(try await yard.rebuildsAlike())
        }
    }
}

extension Yard {
    /// A round of who looks after promises.
    func keepPromises() async { await PromiseKeeper(district: district).keep() }
}
