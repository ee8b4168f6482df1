import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Tours are given back and handed over; numbered pieces keep their numbers; what is about to be picked stays.
@Suite struct TourHandTests {
    @Test("a tour is given back by whoever walks it, or taken and handed over by a lead")
    func givenBack() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 9, at: "A-01-1")
            try await yard.order([("RICE", 2)])
            try await yard.release()
            let tour = try #require(try await yard.tasks().first?.tour)
            func back(_ values: [String: JSON], by caller: Caller) async throws -> String? {
                try await yard.refusal("fulfilment.tour.give-back", values, by: caller)?.code
            }
            func walker() async throws -> String? {
                try await yard.store.read { try TourTable.find(tour, for: Yard.owner, in: $0)?.person }
            }
            #expect(try await back([:], by: .picker) == "tour.none")
            #expect(try await back(["tour": .string(tour)], by: .picker) == "tour.free")
            try await yard.perform("fulfilment.pick.start", [:], by: .picker)
            #expect(try await back(["tour": .string(tour)], by: .second) == "pick.others")
            #expect(try await back(["tour": .string(tour)], by: .stranger) == "tour.none")
            #expect(try await back([:], by: .picker) == nil)
            #expect(try await walker() == nil)
            try await yard.perform("fulfilment.pick.start", [:], by: .second)
            // Whoever went home holds nothing up: a lead hands it on.
            func over(_ person: String, by caller: Caller = .lead) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.tour.hand-over", ["tour": .string(tour), "person": .string(person)], by: caller)?.code
            }
            #expect(try await over("haesol-picker", by: .second) == "access.forbidden")
            #expect(try await over("other-worker") == "tour.person")
            #expect(try await over("haesol-second") == "tour.busy")
            #expect(try await over("haesol-picker") == nil)
            #expect(try await walker() == "haesol-picker")
            try await yard.pickAll()
            #expect(try await yard.rebuildsAlike())
        }
    }

    /// Where each number is: nil out of the house.
    private func spots(_ yard: Yard) async throws -> [String: String] {
        try await yard.store.read { reader in
            Dictionary(
                uniqueKeysWithValues: try reader.query("SELECT * FROM fulfilment_serials").map {
                    (try $0.text("serial"), try $0.optionalText("location") ?? "-")
                })
        }
    }

    @Test("numbered pieces are scanned at the pick, and their numbers go with them to the customer and back")
    func numbered() async throws {
        try await Yard.selling { yard in
            try await yard.put("METER", 3, at: "A-01-1", serials: ["S1", "S2", "S3"])
            let order = try await yard.order([("METER", 2)])
            try await yard.release()
            let task = try #require(try await yard.tasks().first)
            func pick(_ serials: String) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.pick.confirm", Yard.scan(task).merging(["serials": .string(serials)]) { $1 },
                    by: .picker)?.code
            }
            #expect(try await pick("") == "serials.wanted")
            #expect(try await pick("S1 S1") == "serials.wanted")
            #expect(try await pick("S1 S9") == "serials.other")
            #expect(try await pick("S3, S1") == nil)
            let tote = Tote.location(of: order)
            #expect(try await spots(yard) == ["S1": tote, "S2": Yard.place("A-01-1"), "S3": tote])
            try await yard.pack(order)
            let box = try await yard.boxes(order)[0].sscc
            #expect(try await spots(yard)["S3"] == "container/\(box)")
            try await yard.handOver()
            #expect(try await spots(yard) == ["S1": "-", "S2": Yard.place("A-01-1"), "S3": "-"])
            let shipped = try #require(try await yard.last(StockEvent.shipped))
            #expect(StockEvent(shipped.type, shipped.payload)?.moves.flatMap(\.serials).sorted() == ["S1", "S3"])
            // The one that stayed can be moved: its place holds as many numbers as pieces.
            try await yard.perform(
                "fulfilment.goods.relocate",
                ["item": "METER", "quantity": 1, "from": "A-01-1", "place": "A-02-1", "why": "-"], by: .picker)
            try await yard.perform("fulfilment.order.deliver", ["order": .string(order)], by: .lead)
            try await yard.perform(
                "fulfilment.return.ask",
                ["order": .string(order), "reason": "unwanted", "lines": [["line": 1, "quantity": 1]]], by: .lead)
            let back = try #require(try await yard.last(ReturnEvents.asked)?.stream)
            let base: [String: JSON] = ["return": .string(back), "line": 1, "quantity": 1, "place": "RET-1"]
            func receive(_ more: [String: JSON]) async throws -> String? {
                try await yard.refusal("fulfilment.return.receive", base.merging(more) { $1 }, by: .picker)?.code
            }
            #expect(try await receive([:]) == "serials.wanted")
            #expect(try await receive(["serials": "S2"]) == "serials.other")
            #expect(try await receive(["serials": "S3", "place": "A-01-1"]) == "return.place")
            #expect(try await receive(["serials": "S3"]) == nil)
            let grade = base.merging(["serials": "S3", "grade": "a", "note": "-"]) { $1 }
            for (to, code) in [("C-01-1", "store.climate"), ("Q-01", "store.kind")] {
                let refusal = try await yard.refusal(
                    "fulfilment.return.grade", grade.merging(["to": .string(to)]) { $1 }, by: .picker)
                #expect(refusal?.code == code && refusal?.faults.first?.field == "to")
            }
            try await yard.perform("fulfilment.return.grade", grade.merging(["to": "A-02-1"]) { $1 }, by: .picker)
            #expect(try await spots(yard) == ["S1": "-", "S2": Yard.place("A-02-1"), "S3": Yard.place("A-02-1")])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lot of numbered pieces that is kept back and let go keeps its numbers")
    func numberedKept() async throws {
        try await Yard.selling { yard in
            try await yard.put("METER", 2, at: "A-01-1", serials: ["S1", "S2"])
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "METER", "reason": "check"], by: .lead)
            let states = try await yard.store.read { reader in
                try reader.query("SELECT status FROM fulfilment_serials").map { try $0.text("status") }
            }
            #expect(states == ["quarantine", "quarantine"])
        }
    }

    @Test("what pickers are on the way to is neither moved nor made into something else")
    func keptForPicks() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 5, at: "A-01-1")
            try await yard.order([("RICE", 4)])
            try await yard.release()
            try await yard.put("RICE", 5, at: "A-02-2")
            let move: [String: JSON] = [
                "item": "RICE", "quantity": 2, "from": "A-01-1", "place": "A-02-1", "why": "-",
            ]
            #expect(try await yard.refusal("fulfilment.goods.relocate", move, by: .picker)?.code == "store.picked")
            try await yard.perform(
                "fulfilment.goods.relocate", move.merging(["quantity": 1]) { $1 }, by: .picker)
            // Six are free, four of them in the place that nobody is on the way to: the face keeps what is to be picked.
            let lots = try await yard.store.read { reader in
                (
                    try StockTable.lots(of: "RICE", in: Yard.centre, for: Yard.owner, in: reader),
                    try StockTable.held(in: Yard.centre, item: "RICE", for: Yard.owner, in: reader),
                    try TourTable.openTasks(in: Yard.centre, item: "RICE", for: Yard.owner, in: reader)
                )
            }
            let order = [Yard.place("A-01-1"), Yard.place("A-02-1"), Yard.place("A-02-2")]
            let taken = try #require(
                WorkOrder.taken(6, from: lots.0, held: lots.1, usable: yard.clock.read(), tasked: lots.2) {
                    order.firstIndex(of: $0)
                })
            #expect(taken.compactMap(\.from?.location).allSatisfy { $0 != Yard.place("A-01-1") })
            #expect(taken.reduce(0) { $0 + $1.quantity } == 6)
        }
    }

    @Test("orders whose goods lie where no picker goes are told of, and only these")
    func stuck() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 5, at: "STAGE-1")
            try await yard.put("GLOVES", 5, at: "A-01-1")
            let lying = try await yard.order([("RICE", 1)])
            try await yard.order([("GLOVES", 1)])
            func stuck() async throws -> [String] {
                try await yard.store.read { try OrderTable.stuck(for: Yard.owner, in: $0).map(\.id) }
            }
            #expect(try await stuck() == [lying])
            try await yard.perform(
                "fulfilment.goods.store",
                ["item": "RICE", "quantity": 5, "from": "STAGE-1", "place": "A-02-1", "reason": "-"], by: .picker)
            #expect(try await stuck().isEmpty)
        }
    }
}
