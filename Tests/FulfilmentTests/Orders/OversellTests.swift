import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// However many order at once: what is promised is what there is.
@Suite struct OversellTests {
    @Test("64 at once for 25 pieces: 25 are promised, 39 refused, nobody waits", arguments: StoreUnderTest.all)
    func scarce(kind: StoreUnderTest) async throws {
        try await Yard.selling(kind) { yard in
            try await yard.put("RICE", 25, at: "A-01-1")
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        do {
                            _ = try await yard.order([("RICE", 1)], key: "k\(number)")
                            return "promised"
                        } catch let refusal as Refusal {
                            return refusal.code
                        }
                    }
                }
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(answers == ["promised": 25, "order.short": 39])
            #expect(try await yard.free("RICE") == 0)
            let sum = try await yard.store.read {
                try $0.first("SELECT SUM(quantity) AS n FROM fulfilment_reservations")?.integer("n")
            }
            #expect(sum == 25)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "orders, cancellations and quarantines at random, at once, keep what is promised within what there is",
        arguments: StoreUnderTest.all)
    func mixed(kind: StoreUnderTest) async throws {
        try await Yard.selling(kind) { yard in
            for lot in 1...6 {
                try await yard.put("MILK", lot: "L\(lot)", 20, at: "C-01-1", expiry: "2026-12-1\(lot)T00:00:00Z")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var draw = Draws(seed: UInt64(worker + 1))
                        var mine: [String] = []
                        for _ in 0..<12 {
                            do {
                                switch draw.next() % 6 {
                                case 0 where !mine.isEmpty:
                                    try await yard.perform(
                                        "fulfilment.order.cancel", ["order": .string(mine.removeLast())], by: .lead)
                                case 1:
                                    try await yard.perform(
                                        "fulfilment.lot.quarantine",
                                        ["item": "MILK", "lot": .string("L\(draw.next() % 6 + 1)"), "reason": "check"],
                                        by: .lead)
                                default:
                                    mine.append(
                                        try await yard.order(
                                            [("MILK", Int64(draw.next() % 5 + 1))], ["partial": true]))
                                }
                            } catch is Refusal {
                                continue
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await yard.store.read { reader in
                try reader.query(
                    """
                    SELECT l.lot, l.available, l.reserved,
                        COALESCE((SELECT SUM(r.quantity) FROM fulfilment_reservations r WHERE r.lot = l.lot), 0) AS sum
                    FROM fulfilment_lot_stock l
                    """
                ).map { (try $0.integer("available"), try $0.integer("reserved"), try $0.integer("sum")) }
            }
            #expect(!rows.isEmpty)
            for (available, reserved, sum) in rows { #expect(reserved <= available && reserved == sum) }
            let lines = try await yard.store.read { reader in
                try reader.query(
                    """
                    SELECT l.reserved, COALESCE((SELECT SUM(r.quantity) FROM fulfilment_reservations r
                        WHERE r.orders = l.orders AND r.line = l.line), 0) AS sum, l.waiting, l.refused, l.quantity
                    FROM fulfilment_order_lines l
                    """
                ).map { row in
                    (
                        try row.integer("reserved"), try row.integer("sum"),
                        try row.integer("reserved") + row.integer("waiting") + row.integer("refused"),
                        try row.integer("quantity")
                    )
                }
            }
            // What was promised and lost waits; nothing falls between.
            for line in lines { #expect(line.0 == line.1 && line.2 == line.3) }
            #expect(try await yard.rebuildsAlike())
        }
    }
}

/// Numbers that are the same at every run (SplitMix64).
struct Draws: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
