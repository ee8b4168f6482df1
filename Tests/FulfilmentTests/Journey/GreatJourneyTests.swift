import Access
import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// The whole of it, once: what comes in, what is promised, what goes wrong, what leaves and what comes back; then the
/// stock made anew from the Record, and from the log of EPCIS, is the stock.
@Suite struct GreatJourneyTests {
    /// How many orders: as many as the centre is asked for with SLIPWAY_PROOF, else enough that each thing happens.
    private static let orders = ProcessInfo.processInfo.environment["SLIPWAY_PROOF"] == nil ? 40 : 200

    @Test("40 lots, up to 200 orders, a lot kept back, a short pick, a zone closed mid-shift, a ward, a return")
    func shift() async throws {
        try await Yard.with { yard in
            var shift = GreatShift(yard: yard)
            try await shift.build()
            try await shift.receive()
            try await shift.order(Self.orders)
            #expect(Set(shift.orders).count == Self.orders)
            try await Self.demandSound(yard)

            // One lot is kept back: who was promised it gets another lot.
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "HALL0", "lot": "HALL0-L1", "reason": "recall"], by: .lead)
            try await Self.demandSound(yard)
            try await yard.release()
            try await shift.pick(most: 20)

            // One pick is short: the rest comes from elsewhere, and the place is to be counted.
            let task = try #require(try await yard.tasks().first { $0.left > 1 })
            try await yard.perform("fulfilment.pick.short", Yard.short(task, 1), by: .picker)
            #expect(try await yard.last(TourEvents.countWanted)?.payload["place"]?.text == task.place)
            try await Self.demandSound(yard)

            // A zone is closed mid-shift: nobody is sent there any more.
            let closed = Set((0..<40).filter(GreatShift.isInZone).map { Yard.place(GreatShift.place($0)) })
            #expect(try await yard.tasks().contains { closed.contains($0.place) })
            try await shift.zone(ZoneClosed.type)
            #expect(try await !yard.tasks().contains { closed.contains($0.place) })
            try await yard.releaseAnyway()
            #expect(try await !yard.tasks().contains { closed.contains($0.place) })
            #expect(
                try await yard.refusal(
                    "fulfilment.place.open", ["place": .string(Yard.place(GreatShift.place(3)))], by: .lead)?.code
                    == "place.safety")
            try await shift.pick()
            try await shift.clear()
            try await shift.ship()
            try await Self.demandSound(yard)

            // It is opened again: what lies there goes out too.
            try await shift.zone(ZoneOpened.type)
            for _ in 0..<3 {
                try await yard.releaseAnyway()
                try await shift.pick()
                try await shift.clear()
                try await shift.ship()
            }
            try await Self.demandSound(yard)
            let states = try await Self.states(yard)
            #expect(
                states["placed", default: 0] + states["shipped", default: 0] + states["settled", default: 0]
                    == Int64(Self.orders))
            // Who waits, waits for goods that nobody has.
            let waiting = try await Self.number(
                yard, "SELECT COUNT(DISTINCT orders) AS n FROM fulfilment_order_lines WHERE waiting > 0")
            #expect(states["placed", default: 0] == waiting)
            #expect(states["settled", default: 0] >= Int64(Self.orders / 7))

            try await Self.takeBack(shift)
            try await Self.demandSound(yard)
            try await Self.demandBalance(yard)
            #expect(try await yard.last("district.reaction.failed")?.payload["reason"]?.text == nil)
            try await Self.demandLog(yard)
            #expect(try await yard.rebuildsAlike())
        }
    }

    /// What the ward got comes back: opened, and as good as new.
    private static func takeBack(_ shift: GreatShift) async throws {
        let yard = shift.yard
        var found: Order?
        for id in shift.orders where found == nil {
            found = try await yard.find(id).flatMap { $0.state == .settled ? $0 : nil }
        }
        let order = try #require(found)
        let line = try #require(try await yard.lines(order.id).first { $0.shipped > 0 })
        let asked = try await yard.perform(
            "fulfilment.return.ask",
            [
                "order": .string(order.id), "reason": "unwanted",
                "lines": [["line": .decimal(line.line), "quantity": 1]],
            ],
            by: .lead)
        let shipped = try #require(
            try await yard.events().last { $0.type == StockEvent.shipped && $0.stream == order.id })
        let lot = try #require(
            StockEvent(shipped.type, shipped.payload)?.moves.first { $0.item == line.item }?.lot)
        let values: [String: JSON] = [
            "return": .string(asked.events.first?.stream ?? ""), "line": .decimal(line.line), "quantity": 1,
            "lot": .string(lot), "place": "RET-1",
        ]
        try await yard.perform("fulfilment.return.receive", values, by: .picker)
        let index = try #require(
            GreatShift.items.flatMap { GreatShift.lots(of: $0) }.firstIndex(of: lot))
        try await yard.perform(
            "fulfilment.return.grade",
            values.merging(["grade": "a", "note": "새것", "to": .string(GreatShift.place(index))]) { $1 }, by: .picker)
        #expect(try await yard.last(ReturnEvents.refunded)?.payload["amount"]?.integer == 2_000)
    }

    // MARK: - What must be so at any moment

    /// Nothing is promised twice, or of nothing; nothing of an order that is gone; never more leaves than was ordered.
    static func demandSound(_ yard: Yard) async throws {
        for (rule, sql) in [
            (
                "a lot's promises are its orders'",
                """
                SELECT COUNT(*) AS n FROM fulfilment_lot_stock l WHERE l.reserved > l.available OR l.reserved <> COALESCE(
                    (SELECT SUM(r.quantity) FROM fulfilment_reservations r
                        WHERE r.centre = l.centre AND r.item = l.item AND r.lot = l.lot), 0)
                """
            ),
            (
                "a lot is what lies of it",
                """
                SELECT COUNT(*) AS n FROM fulfilment_lot_stock l WHERE l.available <> COALESCE(
                    (SELECT SUM(s.quantity) FROM fulfilment_stock s WHERE s.centre = l.centre AND s.item = l.item
                        AND s.lot = l.lot AND s.status = 'available'), 0)
                """
            ),
            (
                "a line's promises are its own",
                """
                SELECT COUNT(*) AS n FROM fulfilment_order_lines l WHERE l.reserved <> COALESCE(
                    (SELECT SUM(r.quantity) FROM fulfilment_reservations r
                        WHERE r.orders = l.orders AND r.line = l.line), 0)
                """
            ),
            (
                "every piece that was ordered is promised, waits, is refused or has left",
                """
                SELECT COUNT(*) AS n FROM fulfilment_order_lines
                WHERE reserved + waiting + refused + shipped <> quantity OR picked < packed OR packed < shipped
                """
            ),
            (
                "nothing is promised to an order that is out of house",
                """
                SELECT COUNT(*) AS n FROM fulfilment_reservations r JOIN fulfilment_orders o ON o.id = r.orders
                WHERE o.state IN ('shipped', 'delivered', 'settled', 'cancelled')
                """
            ),
            (
                "no more lies in a tote than its order is promised",
                """
                SELECT COUNT(*) AS n FROM fulfilment_stock s WHERE s.status = 'available'
                    AND s.location LIKE 'container/tote-%' AND s.quantity > COALESCE(
                        (SELECT SUM(r.quantity) FROM fulfilment_reservations r
                            WHERE r.orders = 'order/' || substr(s.location, 16) AND r.item = s.item AND r.lot = s.lot), 0)
                """
            ),
        ] { #expect(try await number(yard, sql) == 0, "\(rule)") }
    }

    /// What came in and has not left is there.
    private static func demandBalance(_ yard: Yard) async throws {
        let moved = try await yard.events().compactMap { StockEvent($0.type, $0.payload) }.flatMap(\.moves)
        let sum = moved.reduce(Int64(0)) {
            $0 + ($1.from == nil ? $1.quantity : 0) - ($1.to == nil ? $1.quantity : 0)
        }
        #expect(try await number(yard, "SELECT COALESCE(SUM(quantity), 0) AS n FROM fulfilment_stock") == sum)
    }

    private static func number(_ yard: Yard, _ sql: String) async throws -> Int64 {
        try await yard.store.read { Int64(try $0.first(sql)?.real("n") ?? -1) }
    }

    private static func states(_ yard: Yard) async throws -> [String: Int64] {
        try await yard.store.read { reader in
            Dictionary(
                try reader.query("SELECT state, COUNT(*) AS n FROM fulfilment_orders GROUP BY state").map {
                    (try $0.text("state"), try $0.integer("n"))
                }, uniquingKeysWith: +)
        }
    }

    /// The log of EPCIS, read back, is the stock to the unit.
    private static func demandLog(_ yard: Yard) async throws {
        let query = try EPCISQuery([(name: "orderBy", value: "recordTime")])
        let tenant = try Caller.lead.tenant
        var (replay, place, seen) = (StockReplay(), EPCISPlace?.none, 0)
        repeat {
            let token = place
            let page = try await yard.store.read {
                try EPCISTable.page(query, size: 1000, after: token, for: tenant, in: $0)
            }
            for kept in page.events { replay.read(try EPCISEvent(kept.json)) }
            seen += page.events.count
            place = try page.next.map { try #require(EPCISPlace($0.token)) }
        } while place != nil
        #expect(seen > Self.orders * 3)
        let settings = try EPCISSettings(Handbook(shipped: Fulfilment.shippedData))
        let expected = try await yard.store.read { reader in
            let held = try StockTable.held(in: Yard.centre, for: tenant, in: reader)
            let names = try EPCISTable.names(
                items: Set(held.map(\.item)), containers: Set(held.map(\.spot.location)), Yard.scope, settings,
                in: reader)
            return held.reduce(into: [StockReplay.Heap: Int64]()) { all, one in
                let heap = StockReplay.Heap(
                    place: names.place(one.spot.location), goods: names.goods(one.item, lot: one.lot),
                    status: one.spot.status)
                all[heap, default: 0] += one.quantity
            }
        }
        #expect(replay.missing.isEmpty)
        #expect(replay.heaps == expected && !expected.isEmpty)
    }
}
