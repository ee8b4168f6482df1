import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// A lot that is kept back is found wherever it went, and nothing of it leaves from then on.
@Suite struct RecallTests {
    /// Milk of a lot for some orders, each picked and packed as far as said.
    private func shipped(_ yard: Yard, _ more: [String: JSON] = [:]) async throws -> String {
        let order = try await yard.order([("MILK", 2)], ["phone": "010-1234-5678"].merging(more) { $1 })
        try await yard.release()
        try await yard.pickAll()
        try await yard.pack(order, carton: "냉장")
        return order
    }

    private func keep(_ yard: Yard, _ lot: String = "L1") async throws {
        try await yard.perform(
            "fulfilment.lot.quarantine", ["item": "MILK", "lot": .string(lot), "reason": "recall"], by: .lead)
    }

    private func reach(_ yard: Yard, _ lot: String = "L1", isNamed: Bool = true, for tenant: Tenant = Yard.owner)
        async throws -> LotReach?
    {
        try await yard.store.read { try LotReach.find("MILK", lot: lot, isNamed: isNamed, for: tenant, in: $0) }
    }

    @Test("where a lot is, and who has it: on the shelf, in totes, in parcels, with customers, sold, come back")
    func reached() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 20, at: "C-01-1", expiry: "2026-12-24T00:00:00Z")
            let delivered = try await shipped(yard)
            try await yard.handOver()
            try await yard.perform("fulfilment.order.deliver", ["order": .string(delivered)], by: .lead)
            let packed = try await shipped(yard)
            let picked = try await yard.order([("MILK", 1)])
            try await yard.release()
            try await yard.pickAll()
            try await yard.perform(
                "fulfilment.sale.counter",
                ["centre": .string(Yard.centre), "paid": "card", "lines": [["item": "MILK", "quantity": 3]]],
                by: .picker)
            let back = try await yard.perform(
                "fulfilment.return.ask",
                ["order": .string(delivered), "reason": "faulty", "lines": [["line": 1, "quantity": 1]]], by: .lead)
            try await yard.perform(
                "fulfilment.return.receive",
                [
                    "return": .string(back.events.first?.stream ?? ""), "line": 1, "quantity": 1, "lot": "L1",
                    "place": "RET-1",
                ], by: .picker)
            // Whom goods went to is a matter of a recall, and of nothing else.
            #expect(try await reach(yard)?.gone.first?.recipient == nil)
            try await keep(yard)
            let found = try #require(try await reach(yard))
            #expect(found.held == .recall)
            #expect(found.gone.map { [$0.quantity, $0.back] } == [[2, 1]] && found.gone.first?.order.id == delivered)
            #expect(found.gone.first?.recipient?.phone == "010-1234-5678")
            #expect(found.gone.first?.parcels == (try await yard.boxes(delivered).map(\.sscc)))
            #expect(Set(found.boxed.map { $0.order.id }) == [packed, picked])
            #expect(found.boxed.first { $0.box != nil }?.box?.sscc == (try await yard.boxes(packed).first?.sscc))
            #expect(found.boxed.allSatisfy { $0.held.spot.status == .quarantine })
            #expect(found.sold.reduce(0) { $0 + $1.quantity } == 3)
            #expect(found.lying.map(\.place).sorted() == ["C-01-1", "RET-1"])
            #expect(found.here + found.out == 20)
            // Who may not see customers gets no name, and another firm finds no lot.
            #expect(try await reach(yard, isNamed: false)?.gone.first?.recipient == nil)
            #expect(try await reach(yard, for: .firm(FirmID("firm-other"))) == nil)
            #expect(try await reach(yard, "NEVER") == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was made of a lot is found from it")
    func made() async throws {
        try await Yard.selling { yard in
            let moves = [
                Move("MILK", lot: "L1", 2, from: Spot(location: Yard.place("C-01-1"))),
                Move("ICE", lot: "K1", 1, to: Spot(location: Yard.place("F-01-1"))),
            ]
            try await yard.put("MILK", lot: "L1", 2, at: "C-01-1", expiry: "2026-12-24T00:00:00Z")
            try await yard.district.record(
                [
                    StockEvent(StockEvent.consumed, centre: Yard.centre, step: "assembling", moves: moves).draft(
                        stream: "work/1", scope: Yard.scope)
                ], origin: Origin(author: .system("test")))
            let found = try #require(try await reach(yard))
            #expect(found.made.map { [$0.other, $0.otherLot] } == [["ICE", "K1"]] && found.made.first?.quantity == 2)
        }
    }

    @Test("a tote with a recalled lot is not packed, and the reason says which lot and why")
    func notPacked() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 2, at: "C-01-1", expiry: "2026-12-24T00:00:00Z")
            try await yard.put("RICE", 2, at: "A-01-1")
            let order = try await yard.order([("MILK", 2), ("RICE", 1)])
            try await yard.release()
            try await yard.pickAll()
            try await yard.put("MILK", lot: "L2", 2, at: "C-01-1", expiry: "2026-12-25T00:00:00Z")
            try await keep(yard)
            try await yard.release()
            try await yard.pickAll()
            let refusal = try await yard.refusal(
                "fulfilment.pack.confirm",
                ["order": .string(order), "parcels": [["carton": "냉장"]], "reason": "시험"], by: .picker)
            #expect(refusal?.code == "pack.kept-back")
            #expect(refusal?.words.ko.contains("MILK L1 × 2: 회수") == true)
        }
    }

    @Test("a parcel with a recalled lot is on no new list, is refused when scanned, and is named for the wall at once")
    func notLoaded() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 2, at: "C-01-1", expiry: "2026-12-24T00:00:00Z")
            let bad = try await shipped(yard)
            try await yard.put("GLOVES", 5, at: "A-02-1")
            let good = try await yard.order([("GLOVES", 1)])
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(good)
            let opened: [String: JSON] = ["centre": .string(Yard.centre), "carrier": "hanbit"]
            let manifest = try await yard.perform("fulfilment.manifest.open", opened, by: .picker).events.first?.stream
            let sscc = try #require(try await yard.boxes(bad).first?.sscc)
            try await keep(yard)
            let refusal = try await yard.refusal(
                "fulfilment.manifest.scan", ["manifest": .string(manifest ?? ""), "sscc": .string(sscc)], by: .picker)
            #expect(refusal?.code == "ship.kept-back" && refusal?.faults.first?.field == "sscc")
            let now = yard.clock.read()
            let kept = try await yard.store.read { try KeptBackTable.all(at: now, for: Yard.owner, in: $0) }
            #expect(kept.map(\.order.id) == [bad] && kept.first?.box?.state == .listed)
            #expect(kept.first?.goods.map(\.reason) == [.recall])
            for code in [sscc, try #require(try await yard.boxes(good).first?.sscc)] {
                try await yard.perform(
                    "fulfilment.manifest.remove",
                    ["manifest": .string(manifest ?? ""), "sscc": .string(code), "reason": "격리"], by: .picker)
            }
            let again = try await yard.perform("fulfilment.manifest.open", opened, by: .picker)
            let boxes = try await yard.store.read {
                try ParcelTable.boxes(on: again.events.first?.stream ?? "", for: Yard.owner, in: $0)
            }
            #expect(boxes.map(\.order) == [good])
            #expect(
                try await yard.refusal("fulfilment.manifest.open", opened, by: .picker)?.code == "ship.kept-back")
        }
    }

    @Test("neither a robot nor the counter gets a parcel with a recalled lot")
    func notSent() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 4, at: "C-01-1", expiry: "2026-12-24T00:00:00Z")
            let robot = try await shipped(yard, ["delivery": "robot", "carrier": "ward-3"])
            let counter = try await shipped(yard, ["delivery": "counter"])
            try await keep(yard)
            #expect(
                try await yard.refusal("fulfilment.ship.robot", ["order": .string(robot)], by: .picker)?.code
                    == "ship.kept-back")
            #expect(
                try await yard.refusal(
                    "fulfilment.ship.counter", ["order": .string(counter), "proof": "5678"], by: .picker)?.code
                    == "ship.kept-back")
        }
    }
}
