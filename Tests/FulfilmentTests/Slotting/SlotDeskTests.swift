import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Advice on pick places out of what was asked for, decided by people, carried by the floor.
@Suite struct SlotDeskTests {
    /// A yard with a place near the depot and one far away, both large: 45 sacks of rice are too heavy for those it has.
    private func with(
        _ kind: StoreUnderTest = .sqlite, asked: [String: Double] = ["RICE": 40],
        _ body: (Yard, SlotService) async throws -> Void
    ) async throws {
        try await Yard.selling(kind) { yard in
            for (name, aisle, position, hazards) in [
                ("N-01-1", 0, 2, ""), ("Z-01-1", 5, 30, ""), ("HN-1", 0, 3, "3 5.1"), ("HN-2", 0, 4, "3 5.1"),
                ("HZ-1", 5, 29, "3"),
            ] {
                try await yard.perform(
                    "fulfilment.place.register",
                    [
                        "centre": .string(Yard.centre), "name": .string(name), "kind": "pick",
                        "aisle": .decimal(Int64(aisle)), "position": .decimal(Int64(position)), "volume": 2_000_000,
                        "weight": 2_000_000, "hazards": .string(hazards),
                        "sequence": .decimal(Int64(aisle * 100 + position)),
                    ], by: .system("test"))
            }
            let today = Int(KoreanDay(yard.clock.read()).number)
            let past = asked.flatMap { item, quantity in
                (1...20).map { ago -> JSON in
                    ["item": .string(item), "day": .number(Double(today - ago)), "quantity": .number(quantity)]
                }
            }
            try await yard.district.record(
                [
                    Draft(
                        DemandTable.recorded, stream: "demand/\(Yard.centre)", scope: Yard.scope,
                        payload: ["centre": .string(Yard.centre), "days": .array(past)])
                ], origin: Origin(author: .system("test")))
            let book = Handbook(shipped: Fulfilment.shippedData)
            let terms = try SlotTerms(book.read("slotting.json").json, file: "slotting.json")
            let segregation = try Segregation(
                book.read("inbound-segregation.json").json, file: "inbound-segregation.json")
            try await body(yard, SlotService(district: yard.district, terms: terms, segregation: segregation))
        }
    }

    private func slots(_ yard: Yard, _ state: SlotTable.Slot.State = .open) async throws -> [SlotTable.Slot] {
        try await yard.store.read { try SlotTable.list(state, in: Yard.centre, for: Yard.owner, in: $0) }
    }

    private func carry(_ yard: Yard, _ item: String, _ quantity: Int64, _ from: String, _ to: String) async throws {
        try await yard.perform(
            "fulfilment.goods.relocate",
            [
                "item": .string(item), "quantity": .decimal(quantity), "from": .string(from), "place": .string(to),
                "why": "보관 위치 변경",
            ], by: .picker)
    }

    @Test(
        "what is asked for most changes places with what lies near; a lead accepts, the floor carries, the face goes along",
        arguments: StoreUnderTest.all)
    func accepted(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard, service in
            try await yard.put("RICE", 45, at: "Z-01-1")
            try await yard.put("GLOVES", 10, at: "N-01-1")
            try await yard.perform(
                "fulfilment.face.assign", ["item": "RICE", "place": "Z-01-1", "minimum": 5, "maximum": 30], by: .lead)
            try await service.look()
            let move = try #require(try await slots(yard).first)
            #expect(move.item == "RICE" && move.exchanged == "GLOVES" && move.gain > 0 && !move.isUnchecked)
            #expect(move.from == Yard.place("Z-01-1") && move.to == Yard.place("N-01-1"))
            let look = try #require(
                try await yard.store.read { try SlotTable.look(in: Yard.centre, for: Yard.owner, in: $0) })
            #expect(look.basis == "demand" && look.after < look.before && look.tours == 20 && look.days == 20)
            let count = try await yard.events().count
            try await service.look()
            #expect(try await yard.events().count == count)

            let values: [String: JSON] = ["move": .string(move.id)]
            func code(_ name: String, _ caller: Caller) async throws -> String? {
                let more: [String: JSON] = name == "decline" ? ["reason": "x"] : [:]
                return try await yard.refusal(
                    "fulfilment.slotting.\(name)", values.merging(more) { $1 }, by: caller)?.code
            }
            #expect(try await code("accept", .picker) != nil)
            #expect(try await code("accept", .stranger) == "slotting.unknown")
            #expect(try await code("accept", .lead) == nil)
            #expect(try await code("accept", .lead) == "slotting.settled")
            try await carry(yard, "RICE", 45, "Z-01-1", "N-01-1")
            #expect(try await slots(yard, .accepted).count == 1)
            try await carry(yard, "GLOVES", 10, "N-01-1", "Z-01-1")
            #expect(try await slots(yard, .done).map(\.id) == [move.id])
            let faces = try await yard.store.read { try FaceTable.list(in: Yard.centre, for: Yard.owner, in: $0) }
            #expect(faces.map(\.place) == [Yard.place("N-01-1")] && faces[0].maximum == 30 && faces[0].minimum == 5)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was declined is not advised again, and what was accepted may be called off")
    func declined() async throws {
        try await with { yard, service in
            try await yard.put("RICE", 45, at: "Z-01-1")
            try await service.look()
            let move = try #require(try await slots(yard).first)
            #expect(move.to == Yard.place("N-01-1") && move.exchanged == nil)
            let values: [String: JSON] = ["move": .string(move.id)]
            try await yard.perform("fulfilment.slotting.accept", values, by: .lead)
            try await yard.perform(
                "fulfilment.slotting.decline", values.merging(["reason": "통로 공사"]) { $1 }, by: .lead)
            yard.clock.advance(by: 86_400)
            try await service.look()
            #expect(try await slots(yard).allSatisfy { $0.to != Yard.place("N-01-1") })
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a hazard is not advised to lie near what it must lie apart from", arguments: [true, false])
    func segregated(_ isThere: Bool) async throws {
        try await with(asked: ["THINNER": 30]) { yard, service in
            try await yard.put("THINNER", lot: "T1", 12, at: "HZ-1")
            if isThere { try await yard.put("BLEACH", lot: "B1", 12, at: "HN-1") }
            try await service.look()
            let moves = try await slots(yard)
            #expect(moves.map(\.item) == (isThere ? [] : ["THINNER"]))
            // How large it is nobody registered: somebody has to look.
            #expect(moves.allSatisfy { $0.isUnchecked && $0.to == Yard.place("HN-1") })
        }
    }

    @Test("a task that pickers emptied ends by itself, and goods that have gone elsewhere are not accepted")
    func gone() async throws {
        try await with { yard, service in
            try await yard.put("RICE", 2, at: "Z-01-1")
            try await service.look()
            let move = try #require(try await slots(yard).first)
            try await yard.perform("fulfilment.slotting.accept", ["move": .string(move.id)], by: .lead)
            try await yard.order([("RICE", 2)])
            try await yard.release()
            try await yard.pickAll()
            yard.clock.advance(by: 86_400)
            try await service.look()
            #expect(try await slots(yard, .done).map(\.id) == [move.id])
            try await yard.put("RICE", 2, at: "Z-01-1")
            yard.clock.advance(by: 86_400)
            try await service.look()
            let next = try #require(try await slots(yard).first)
            try await carry(yard, "RICE", 2, "Z-01-1", next.to)
            #expect(
                try await yard.refusal("fulfilment.slotting.accept", ["move": .string(next.id)], by: .lead)?.code
                    == "slotting.elsewhere")
        }
    }

    @Test("a day's goods go on as few carts as take them")
    func carts() {
        let asked: [String: [(day: Int, quantity: Double)]] = [
            "A": [(1, 5), (2, 70)], "B": [(1, 3), (2, 10)], "C": [(1, 0)],
        ]
        let tours = SlotCarts.tours(asked)
        #expect(tours.map(\.day) == [1, 2, 2])
        #expect(tours.map(\.items) == [["A", "B"], ["A"], ["A", "B"]])
        #expect(SlotCarts.tours(asked, most: 1).count == 5)
    }

    @Test(
        "the old goods go out before the new come in, through staging; side by side only where there is none; none once both are there"
    )
    func legs() {
        func held(_ item: String, _ place: String, _ quantity: Int64 = 3) -> Held {
            Held(
                centre: "c", spot: Spot(location: place), item: item, lot: "", quantity: quantity,
                since: Timestamp(microseconds: 0))
        }
        func next(
            _ lying: [Held], fits: Bool, exchanged: String? = "B", staging: [String] = ["stage"]
        ) -> [String]? {
            SlotLeg.next(
                item: "A", from: "far", to: "near", exchanged: exchanged, lying, staging: staging
            ) { _, _, _ in fits }.map { [$0.item, $0.from, $0.to] }
        }
        #expect(next([held("A", "far")], fits: true, exchanged: nil) == ["A", "far", "near"])
        #expect(next([held("A", "near")], fits: true, exchanged: nil) == nil)
        for fits in [true, false] {
            #expect(next([held("A", "far"), held("B", "near")], fits: fits) == ["B", "near", "stage"])
        }
        // Some of it is out: the rest follows before anything comes in.
        #expect(
            next([held("A", "far"), held("B", "near"), held("B", "stage")], fits: true) == ["B", "near", "stage"])
        #expect(next([held("A", "far"), held("B", "near")], fits: true, staging: []) == ["B", "near", "far"])
        #expect(next([held("A", "far"), held("B", "near")], fits: false, staging: []) == nil)
        #expect(next([held("A", "far"), held("B", "stage")], fits: false) == ["A", "far", "near"])
        #expect(next([held("A", "near"), held("B", "stage")], fits: false) == ["B", "stage", "far"])
        #expect(next([held("A", "near"), held("B", "near")], fits: true) == ["B", "near", "far"])
        #expect(next([held("A", "near"), held("B", "far")], fits: true) == nil)
    }
}
