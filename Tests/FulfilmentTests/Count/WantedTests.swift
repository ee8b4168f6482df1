import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What a picker did not find is counted: what turns up is good again, what does not is gone, and nobody else lets it go.
@Suite struct WantedTests {
    /// A place where a picker found one of four.
    private func short(_ yard: Yard) async throws {
        try await yard.put("MILK", lot: "L1", 4, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
        try await yard.order([("MILK", 4)])
        try await yard.release()
        let task = try #require(try await yard.tasks().first)
        try await yard.perform("fulfilment.pick.short", Yard.short(task, 1), by: .picker)
    }

    private func wanted(_ yard: Yard) async throws -> [Int64] {
        try await yard.store.read { try WantedTable.list(in: Yard.centre, for: Yard.owner, in: $0).map(\.missing) }
    }

    private func open(_ yard: Yard, _ place: String) async throws -> JSON {
        try await yard.perform("fulfilment.count.open", ["place": .string(place)], by: .second)
        return try #require(try await yard.last(CountTable.opened)?.payload["count"])
    }

    private func submit(_ yard: Yard, _ count: JSON, _ lot: String, _ quantity: Int64) async throws -> String? {
        let refusal = try await yard.refusal(
            "fulfilment.count.submit",
            ["count": count, "lines": [["item": "MILK", "lot": .string(lot), "quantity": .decimal(quantity)]]],
            by: .second)
        guard refusal == nil, try await yard.last(CountTable.submitted)?.payload["waits"] == true else {
            return refusal?.code
        }
        return try await yard.refusal("fulfilment.count.approve", ["count": count], by: .lead)?.code
    }

    @Test("pieces that turn up are good again and go to who waits; the lot's release does not touch them before")
    func turnsUp() async throws {
        try await Yard.selling { yard in
            try await short(yard)
            #expect(try await wanted(yard) == [3])
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1", status: .quarantine) == 3)
            // Whoever frees the lot does not free what nobody has found.
            #expect(
                try await yard.refusal(
                    "fulfilment.lot.free", ["item": "MILK", "lot": "L1", "note": "-"], by: .lead)?.code == "lot.free")
            let count = try await open(yard, "C-01-1")
            #expect(try await submit(yard, count, "L1", 2) == nil)
            #expect(try await wanted(yard).isEmpty)
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1", status: .quarantine) == 0)
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1") == 2)
            let lines = try await yard.store.read { reader in
                try reader.query("SELECT reserved, waiting FROM fulfilment_order_lines").map {
                    [try $0.integer("reserved"), try $0.integer("waiting")]
                }
            }
            #expect(lines == [[3, 1]])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was kept back because nobody found it is missed first, not what came since")
    func missedFirst() async throws {
        try await Yard.selling { yard in
            try await short(yard)
            try await yard.put("MILK", lot: "L1", 5, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            let count = try await open(yard, "C-01-1")
            #expect(try await submit(yard, count, "L1", 5) == nil)
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1") == 5)
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1", status: .quarantine) == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lot that never came in is not counted into the house")
    func unknownLot() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 4, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            let count = try await open(yard, "C-01-1")
            #expect(try await submit(yard, count, "L7", 4) == "count.lot")
        }
    }

    @Test("what moves while a place is counted makes no surplus and no shortage")
    func moved() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 10, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            try await yard.order([("MILK", 3)])
            try await yard.release()
            let count = try await open(yard, "C-01-1")
            // Ten were counted, then three were taken, then ten were sent.
            try await yard.pickAll()
            #expect(try await submit(yard, count, "L1", 11) == "count.moved")
            #expect(try await submit(yard, count, "L1", 10) == nil)
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1") == 7)
            #expect(try await yard.last(StockEvent.counted) == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
