import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Orders go to the floor, are picked by scanning, and no short pick stops a tour.
@Suite struct PickTests {
    @Test("what is most urgent goes first, what is held stays, and a full floor takes no more")
    func released() async throws {
        try await Yard.selling { yard in
            try await yard.promises(["floor": 2])
            try await yard.put("RICE", 50, at: "A-01-1")
            try await yard.put("GLOVES", 50, at: "A-02-1")
            let first = try await yard.order([("RICE", 1)])
            let held = try await yard.order([("RICE", 1)])
            let urgent = try await yard.order([("GLOVES", 1)], ["urgent": true])
            let later = try await yard.order([("GLOVES", 1)])
            try await yard.perform("fulfilment.order.hold", ["order": .string(held)], by: .lead)
            try await yard.perform("fulfilment.order.release", ["centre": .string(Yard.centre)], by: .lead)
            #expect(try await yard.find(urgent)?.state == .released)
            #expect(try await yard.find(first)?.state == .released)
            #expect(try await yard.find(held)?.state == .placed)
            #expect(try await yard.find(later)?.state == .placed)
            #expect(try await yard.tasks().count == 2)
            let full = try await yard.refusal(
                "fulfilment.order.release", ["centre": .string(Yard.centre)], by: .lead)
            #expect(full?.code == "release.nothing")
            #expect(
                try await yard.refusal("fulfilment.order.release", ["centre": .string(Yard.centre)], by: .stranger)?
                    .code == "order.centre")
        }
    }

    @Test("place, item, lot and quantity are checked, and the goods lie in the order's tote afterwards")
    func confirmed() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 5, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            let order = try await yard.order([("MILK", 3)])
            try await yard.release()
            let task = try #require(try await yard.tasks().first)
            func code(_ more: [String: JSON], by caller: Caller = .picker) async throws -> String? {
                try await yard.refusal("fulfilment.pick.confirm", Yard.scan(task).merging(more) { $1 }, by: caller)?
                    .code
            }
            #expect(try await code(["place": "A-01-1"]) == "pick.place")
            #expect(try await code(["item": "RICE"]) == "pick.item")
            #expect(try await code(["lot": "L9"]) == "pick.lot")
            #expect(try await code(["quantity": 4]) == "pick.quantity")
            #expect(try await code([:], by: .stranger) == "pick.unknown")
            try await yard.perform("fulfilment.pick.start", [:], by: .picker)
            #expect(try await code([:], by: .second) == "pick.others")
            #expect(try await yard.refusal("fulfilment.pick.start", [:], by: .picker)?.code == "pick.has-tour")
            #expect(try await yard.refusal("fulfilment.pick.start", [:], by: .second)?.code == "pick.none")
            try await yard.perform("fulfilment.pick.confirm", Yard.scan(task), by: .picker)
            #expect(try await code([:]) == "pick.done")
            #expect(try await yard.find(order)?.state == .picked)
            #expect(try await yard.inTote(order) == ["MILK L1": 3])
            // It is still promised, and nobody else gets it.
            #expect(try await yard.free("MILK") == 2)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("short: another place of the same lot comes next, and the place is to be counted")
    func shortSameLot() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 4, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            try await yard.put("MILK", lot: "L1", 4, at: "A-02-2", expiry: "2026-12-10T00:00:00Z")
            let order = try await yard.order([("MILK", 4)])
            try await yard.release()
            let task = try #require(try await yard.tasks().first)
            #expect(task.place == Yard.place("C-01-1"))
            #expect(
                try await yard.refusal("fulfilment.pick.short", Yard.short(task, 4), by: .picker)?.code
                    == "pick.quantity")
            try await yard.perform("fulfilment.pick.short", Yard.short(task, 1), by: .picker)
            let next = try #require(try await yard.tasks().first)
            #expect(next.place == Yard.place("A-02-2") && next.left == 3 && next.lot == "L1")
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1", status: .quarantine) == 3)
            #expect(try await yard.last(TourEvents.countWanted)?.payload["place"]?.text == Yard.place("C-01-1"))
            #expect(try await yard.last(OrderEvents.promised) == nil)
            try await yard.perform("fulfilment.pick.confirm", Yard.scan(next), by: .picker)
            #expect(try await yard.find(order)?.state == .picked)
            #expect(try await yard.inTote(order) == ["MILK L1": 4])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("short: then another lot, by FEFO, with the promise kept")
    func shortOtherLot() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 4, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            try await yard.put("MILK", lot: "L3", 9, at: "C-01-1", expiry: "2026-12-12T00:00:00Z")
            try await yard.put("MILK", lot: "L2", 2, at: "C-01-1", expiry: "2026-12-11T00:00:00Z")
            let order = try await yard.order([("MILK", 4)])
            try await yard.release()
            let task = try #require(try await yard.tasks().first)
            try await yard.perform("fulfilment.pick.short", Yard.short(task, 1), by: .picker)
            #expect(try await yard.tasks().map { "\($0.lot) \($0.left)" } == ["L2 2", "L3 1"])
            #expect(Set(try await yard.reserved(order).map { "\($0.lot) \($0.quantity)" }) == ["L1 1", "L2 2", "L3 1"])
            #expect(try await yard.last(OrderEvents.promised) == nil)
            for task in try await yard.tasks() {
                try await yard.perform("fulfilment.pick.confirm", Yard.scan(task), by: .picker)
            }
            #expect(try await yard.find(order)?.state == .picked)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("short: with nothing left the promise moves, with its reason; the tour goes on, others at the place too")
    func shortNothing() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 6, at: "A-01-1")
            try await yard.put("GLOVES", 6, at: "A-02-1")
            let one = try await yard.order([("RICE", 2), ("GLOVES", 1)])
            let two = try await yard.order([("RICE", 2)], ["partial": true])
            let three = try await yard.order([("RICE", 2)])
            try await yard.release(one)
            try await yard.release(two)
            let task = try #require(try await yard.tasks().first { $0.item == "RICE" && $0.order == one })
            try await yard.perform("fulfilment.pick.short", Yard.short(task, 1), by: .picker)
            // One lacks a piece, two and three everything: the place is empty.
            #expect(try await yard.lines(one).map(\.waiting) == [1, 0])
            #expect(try await yard.lines(two).map(\.waiting) == [2])
            #expect(try await yard.lines(three).map(\.waiting) == [2])
            #expect(try await yard.tasks().map(\.item) == ["GLOVES"])
            for id in [one, two, three] {
                let moved = try await yard.store.read { try OrderTable.promises(of: id, for: Yard.owner, in: $0) }
                #expect(moved.count == 1 && moved[0].why == .short && moved[0].due == nil)
                #expect(moved[0].words.ko.contains("쌀"))
            }
            let event = try #require(try await yard.last(OrderEvents.promised))
            #expect(event.cause != nil)
            let rest = try #require(try await yard.tasks().first)
            try await yard.perform("fulfilment.pick.confirm", Yard.scan(rest), by: .picker)
            // What may not come in parts waits with what it has.
            #expect(try await yard.find(one)?.state == .placed)
            // Goods come in: they go to those who wait, in the order in which they ordered.
            try await yard.put("RICE", 3, at: "A-02-1")
            #expect(try await yard.last("district.reaction.failed")?.payload["reason"]?.text == nil)
            #expect(try await yard.lines(one).map(\.waiting) == [0, 0])
            #expect(try await yard.lines(two).map(\.waiting) == [0])
            #expect(try await yard.lines(three).map(\.waiting) == [2])
            #expect(try await yard.find(one)?.due != nil)
            try await yard.release(one)
            #expect(try await yard.tasks().filter { $0.order == one }.map(\.left) == [1])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lot that is kept back mid-shift is picked no more; its orders get another or are told")
    func quarantined() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 6, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            try await yard.put("MILK", lot: "L2", 4, at: "C-01-1", expiry: "2026-12-11T00:00:00Z")
            let one = try await yard.order([("MILK", 3)])
            let two = try await yard.order([("MILK", 3)])
            try await yard.release()
            let mine = try #require(try await yard.tasks().first { $0.order == one })
            try await yard.perform("fulfilment.pick.confirm", Yard.scan(mine), by: .picker)
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "MILK", "lot": "L1", "reason": "recall"], by: .lead)
            try await yard.releaseAnyway()
            let open = try await yard.tasks()
            #expect(open.allSatisfy { $0.lot == "L2" } && open.reduce(0) { $0 + $1.left } == 4)
            #expect(try await yard.inTote(one).isEmpty)
            let lines = try await (yard.lines(one), yard.lines(two))
            let waiting = (lines.0 + lines.1).map(\.waiting)
            #expect(waiting.reduce(0, +) == 2)
            #expect(try await yard.lines(one).map(\.picked) == [0])
            for task in open { try await yard.perform("fulfilment.pick.confirm", Yard.scan(task), by: .picker) }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a place is closed: its picks go elsewhere, to another lot, or wait with the promise moved")
    func closed() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 4, at: "A-01-1")
            try await yard.put("RICE", 1, at: "A-02-1")
            try await yard.put("GLOVES", 4, at: "A-01-1")
            let rice = try await yard.order([("RICE", 4)])
            let gloves = try await yard.order([("GLOVES", 2)])
            try await yard.release()
            #expect(try await yard.tasks().count == 2)
            try await yard.perform(
                "fulfilment.place.close", ["place": .string(Yard.place("A-01-1")), "why": "누수"], by: .lead)
            let open = try await yard.tasks()
            #expect(open.map { "\($0.item) \($0.left) \($0.place)" } == ["RICE 1 \(Yard.place("A-02-1"))"])
            let moved = try await yard.store.read { try OrderTable.promises(of: gloves, for: Yard.owner, in: $0) }
            #expect(moved.map(\.why) == [.closed])
            #expect(try await yard.find(gloves)?.state == .placed)
            // What is there stays promised.
            #expect(try await yard.free("GLOVES") == 2)
            let task = try #require(open.first)
            try await yard.perform("fulfilment.pick.confirm", Yard.scan(task), by: .picker)
            #expect(try await yard.find(rice)?.state == .placed)
            try await yard.perform(
                "fulfilment.place.open", ["place": .string(Yard.place("A-01-1"))], by: .lead)
            try await yard.release()
            #expect(try await yard.tasks().map(\.left).sorted() == [2, 3])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was picked for a cancelled order is put back")
    func putBack() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 4, at: "A-01-1")
            let order = try await yard.order([("RICE", 2)])
            try await yard.release()
            let task = try #require(try await yard.tasks().first)
            try await yard.perform(
                "fulfilment.pick.confirm", Yard.scan(task).merging(["quantity": 1]) { $1 }, by: .picker)
            try await yard.perform("fulfilment.order.cancel", ["order": .string(order)], by: .lead)
            #expect(try await yard.tasks().isEmpty)
            // What lies in the tote is nobody's before it is put back.
            #expect(try await yard.free("RICE") == 3)
            let values: [String: JSON] = ["order": .string(order), "place": "A-02-1"]
            // Goods lie only where goods of their kind may.
            for (place, code) in [("C-01-1", "store.climate"), ("Q-01", "store.kind"), ("PACK-1", "store.kind")] {
                let refusal = try await yard.refusal(
                    "fulfilment.pick.back", values.merging(["place": .string(place)]) { $1 }, by: .picker)
                #expect(refusal?.code == code)
            }
            #expect(try await yard.refusal("fulfilment.pick.back", values, by: .stranger)?.code == "order.unknown")
            try await yard.perform("fulfilment.pick.back", values, by: .picker)
            #expect(try await yard.count("RICE", at: "A-02-1") == 1)
            #expect(try await yard.free("RICE") == 4)
            #expect(try await yard.refusal("fulfilment.pick.back", values, by: .picker)?.code == "back.nothing")
            #expect(try await yard.rebuildsAlike())
        }
    }
}

extension Yard {
    /// Releases one order, or all that the floor takes.
    func release(_ order: String? = nil) async throws {
        var values: [String: JSON] = ["centre": .string(Self.centre)]
        if let order { values["order"] = .string(order) }
        try await perform("fulfilment.order.release", values, by: .lead)
    }

    /// Releases what can be; nothing may.
    func releaseAnyway() async throws {
        _ = try await refusal("fulfilment.order.release", ["centre": .string(Self.centre)], by: .lead)
    }

    /// What is still to be picked, in the order of the way.
    func tasks() async throws -> [PickTask] {
        try await store.read { try TourTable.openTasks(in: Self.centre, for: Self.owner, in: $0) }
    }

    /// A pick as a scanner confirms it.
    static func scan(_ task: PickTask) -> [String: JSON] {
        [
            "tour": .string(task.tour), "task": .decimal(task.task), "place": .string(task.place),
            "item": .string(task.item), "quantity": .decimal(task.left),
        ]
    }

    static func short(_ task: PickTask, _ found: Int64) -> [String: JSON] {
        [
            "tour": .string(task.tour), "task": .decimal(task.task), "found": .decimal(found), "cause": "empty",
        ]
    }

    /// What lies in an order's tote, by item and lot.
    func inTote(_ order: String) async throws -> [String: Int64] {
        let held = try await store.read {
            try StockTable.held(in: Self.centre, location: Tote.location(of: order), for: Self.owner, in: $0)
        }.filter { $0.spot.status == .available }
        return Dictionary(held.map { ("\($0.item) \($0.lot)", $0.quantity) }, uniquingKeysWith: +)
    }

    /// Picks everything that is open.
    func pickAll(by caller: Caller = .picker) async throws {
        while let task = try await tasks().first {
            try await perform("fulfilment.pick.confirm", Self.scan(task), by: caller)
        }
    }
}
