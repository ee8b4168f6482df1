import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What pickers are on the way to is no longer there: their picks follow, and each promise that moves says why.
@Suite struct LostPicksTests {
    private func count(_ yard: Yard, _ place: String, _ item: String, lot: String = "", _ found: Int64) async throws {
        try await yard.perform("fulfilment.count.open", ["place": .string(place)], by: .picker)
        let count = try #require(try await yard.last(CountTable.opened)?.payload["count"])
        var line: [String: JSON] = ["item": .string(item), "quantity": .decimal(found)]
        if !lot.isEmpty { line["lot"] = .string(lot) }
        try await yard.perform(
            "fulfilment.count.submit", ["count": count, "lines": [.object(line)]], by: .picker)
        if try await yard.last(CountTable.submitted)?.payload["waits"] == true {
            try await yard.perform("fulfilment.count.approve", ["count": count], by: .lead)
        }
    }

    @Test("a count finds less than is to be picked: who ordered later picks elsewhere, and nobody walks in vain")
    func counted() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 5, at: "A-01-1")
            let one = try await yard.order([("RICE", 2)])
            let two = try await yard.order([("RICE", 3)])
            try await yard.release()
            try await yard.put("RICE", 4, at: "A-02-2")
            try await count(yard, "A-01-1", "RICE", 3)
            let tasks = try await yard.tasks().map { "\($0.order) \($0.left) \($0.place)" }
            #expect(
                Set(tasks)
                    == [
                        "\(one) 2 \(Yard.place("A-01-1"))", "\(two) 1 \(Yard.place("A-01-1"))",
                        "\(two) 2 \(Yard.place("A-02-2"))",
                    ])
            // All of it is still there: no promise has moved.
            #expect(try await yard.last(OrderEvents.promised) == nil)
            try await yard.pickAll()
            #expect(try await yard.find(two)?.state == .picked)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is left lies where nobody picks: the pick is dropped, the promise stays and moves with its cause")
    func unreachable() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 5, at: "A-01-1")
            let order = try await yard.order([("RICE", 4)])
            try await yard.release()
            try await yard.put("RICE", 4, at: "STAGE-1")
            try await count(yard, "A-01-1", "RICE", 1)
            #expect(try await yard.tasks().map(\.left) == [1])
            #expect(try await yard.reserved(order).map(\.quantity) == [4])
            #expect(try await yard.last(OrderEvents.promised)?.payload["why"] == "short")
            try await yard.perform(
                "fulfilment.goods.store",
                ["item": "RICE", "quantity": 4, "from": "STAGE-1", "place": "A-01-1", "reason": "-"], by: .picker)
            try await yard.pickAll()
            try await yard.release(order)
            try await yard.pickAll()
            #expect(try await yard.find(order)?.state == .picked)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lot let go again in quarantine is put away before anybody picks it, and the station says so")
    func freed() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 6, at: "Q-01", status: .quarantine, expiry: "2026-12-20T00:00:00Z")
            try await yard.free(lot: "L1")
            let order = try await yard.order([("MILK", 4)])
            let freed = try #require(try await yard.last(StockEvent.freed))
            let away = try #require(freed.payload["put_away"]?.elements?.first)
            #expect(away["location"]?.text == Yard.place("Q-01") && away["quantity"]?.integer == 6)
            #expect(freed.payload["cosigner"] == "haesol-lead-2")
            // It is promised, but nobody is sent into quarantine for it.
            #expect(try await yard.reserved(order).map(\.quantity) == [4])
            await #expect(throws: Refusal.self) { try await yard.release() }
            let waiting = try await yard.store.read {
                try FloorStock.waiting(in: Yard.centre, for: Yard.owner, in: $0)
            }
            #expect(waiting.map { "\($0.item) \($0.lot) \($0.quantity)" } == ["MILK L1 6"])
            try await yard.perform(
                "fulfilment.goods.store",
                ["item": "MILK", "lot": "L1", "quantity": 6, "from": "Q-01", "place": "C-01-1"], by: .picker)
            try await yard.release()
            #expect(try await yard.tasks().map(\.left) == [4])
            // What is still kept back stays where it is.
            try await yard.put("MILK", lot: "L2", 2, at: "Q-01", status: .quarantine)
            #expect(
                try await yard.refusal(
                    "fulfilment.goods.store",
                    [
                        "item": "MILK", "lot": "L2", "quantity": 2, "from": "Q-01", "place": "C-01-1",
                        "status": "quarantine",
                    ], by: .picker)?.code == "store.from")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "an item in several lines: each line has what it is promised, whatever was picked for which",
        arguments: [
            // Lines as promised, picked, packed, shipped; and as they stand then.
            ([[3, 0, 0, 0], [3, 3, 0, 0]], [[3, 3, 0, 0], [3, 0, 0, 0]]),
            ([[0, 2, 0, 0], [4, 2, 1, 0]], [[0, 0, 0, 0], [4, 4, 1, 0]]),
            ([[1, 0, 0, 2], [2, 4, 4, 0]], [[1, 3, 3, 2], [2, 1, 1, 0]]),
            // More than both were promised, for a moment: nothing is lost.
            ([[1, 2, 2, 0], [1, 2, 0, 0]], [[1, 3, 2, 0], [1, 1, 0, 0]]),
            ([[2, 1, 1, 0]], [[2, 1, 1, 0]]),
        ] as [([[Int64]], [[Int64]])])
    func spread(_ lines: [[Int64]], _ shared: [[Int64]]) {
        func line(_ figures: [Int64]) -> Spread.Line {
            Spread.Line(reserved: figures[0], picked: figures[1], packed: figures[2], shipped: figures[3])
        }
        #expect(Spread.shares(lines.map(line)) == shared.map(line))
    }
}
