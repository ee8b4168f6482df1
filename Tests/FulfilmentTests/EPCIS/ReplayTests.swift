import Record
import TestKit
import Testing

@testable import Fulfilment

/// Changes of stock, said in events of EPCIS, and stock made anew from these.
@Suite struct ReplayTests {
    static let names = EPCISNames(
        base: "https://id.haesol.example", firm: "firm-haesol",
        goods: [
            "RICE": .init(gtin: "8801234567893"), "MILK": .init(gtin: "8801234567893", unit: .millilitre),
            "METER": .init(gtin: "8801234567893"), "GLOVES": .init(),
        ], containers: ["container/p1": "040123450000003338"],
        places: ["dock": .sgln("4012345002256", extension: "D1")])

    static func events(_ change: StockEvent, at second: Int64 = 0) throws -> [EPCISEvent] {
        let time = Timestamp(microseconds: 1_764_000_000_000_000 + second * 1_000_000)
        let source = StockTranslation.Source(
            id: Identifier(at: time), observed: time, recorded: time.advanced(bySeconds: 1))
        return try StockTranslation.events(change, of: source, names: names).map { try EPCISEvent($0) }
    }

    @Test func goodsThatComeInAreSeenAtTheDock() throws {
        let events = try Self.events(
            StockEvent(
                StockEvent.received, centre: "centre", step: "receiving",
                moves: [Move("RICE", lot: "L 1", 12, to: Spot(location: "dock"))],
                papers: [.init(type: "desadv", reference: "inbound/7"), .init(type: "pick", reference: "order/8")]))
        #expect(events.count == 1)
        let event = try #require(events.first)
        #expect(event.kind == .object && event.action == .observe && event.bizStep == "receiving")
        // A blank is no sign of a GS1 lot: the house's own name stands in.
        #expect(event.quantities.map(\.epcClass) == ["https://id.haesol.example/item/firm-haesol/RICE/lot/L%201"])
        #expect(event.quantities.first?.quantity == 12 && event.quantities.first?.unit == nil)
        #expect(event.bizLocation == "https://id.haesol.example/414/4012345002256/254/D1")
        #expect(event.disposition == "sellable_not_accessible")
        #expect(event.papers.map(\.type) == ["desadv", "https://id.haesol.example/paper/pick"])
        #expect(event.papers.map(\.id).last == "https://id.haesol.example/order/8")
        #expect(event.offset == 32_400)
        #expect(event.eventID?.hasPrefix("urn:uuid:") == true)
    }

    @Test func whatOnlyTheHouseNamesComesToBeKnown() throws {
        let events = try Self.events(
            StockEvent(
                StockEvent.received, centre: "centre", step: "receiving",
                moves: [Move("GLOVES", 3, to: Spot(location: "A-1"))]))
        #expect(events.map(\.action) == [.add])
        #expect(events[0].quantities.map(\.epcClass) == ["https://id.haesol.example/item/firm-haesol/GLOVES"])
    }

    @Test func aContainerIsAParent() throws {
        let packed = try Self.events(
            StockEvent(
                StockEvent.packed, centre: "centre", step: "packing",
                moves: [
                    Move(
                        "METER", 2, from: Spot(location: "A-1"), to: Spot(location: "container/p1"),
                        serials: ["s1", "s2"])
                ], container: "container/p1"))
        #expect(packed.map(\.kind) == [.aggregation] && packed[0].action == .add)
        #expect(packed[0].parent == "https://id.haesol.example/00/040123450000003338")
        #expect(packed[0].epcs.last == "https://id.haesol.example/01/08801234567893/21/s2")
        let moved = try Self.events(
            StockEvent(
                StockEvent.relocated, centre: "centre", step: "storing",
                moves: [
                    Move("RICE", 2, from: Spot(location: "container/p1"), to: Spot(location: "container/p2"))
                ]))
        #expect(moved.map(\.action) == [.delete, .add])
        #expect(moved.map(\.parent).last == "https://id.haesol.example/container/p2")
        #expect(Set(moved.compactMap(\.eventID)).count == 2)
    }

    @Test func aParcelThatLeavesIsNamedByItsLabel() throws {
        let box = Spot(location: "container/p1")
        let shipped = StockEvent(
            StockEvent.shipped, centre: "centre", step: "shipping", moves: [Move("RICE", 2, from: box)])
        let time = Timestamp(microseconds: 1_764_000_000_000_000)
        let events = try StockTranslation.events(
            shipped, of: .init(id: Identifier(at: time), observed: time, recorded: time), names: Self.names,
            whole: [box.location]
        ).map { try EPCISEvent($0) }
        #expect(events.map(\.epcs) == [["https://id.haesol.example/00/040123450000003338"]])
        #expect(events[0].quantities.map(\.quantity) == [2])
        var replay = StockReplay()
        for event in try Self.events(
            StockEvent(StockEvent.packed, centre: "centre", step: "packing", moves: [Move("RICE", 2, to: box)]))
        { replay.read(event) }
        replay.read(events[0])
        #expect(replay.heaps.isEmpty && replay.missing.isEmpty)
    }

    @Test func eachReasonToLeaveHasItsWord() throws {
        for (type, step, disposition, action) in [
            (StockEvent.shipped, "shipping", "in_transit", EPCISEvent.Action.observe),
            (StockEvent.sold, "retail_selling", "retail_sold", .observe),
            (StockEvent.scrapped, "destroying", "destroyed", .delete),
            (StockEvent.counted, "cycle_counting", "unknown", .observe),
        ] {
            let event = try #require(
                try Self.events(
                    StockEvent(type, centre: "c", step: "?", moves: [Move("RICE", 1, from: Spot(location: "A-1"))])
                ).first)
            #expect(event.bizStep == step && event.disposition == disposition && event.action == action)
            #expect(event.bizLocation == nil)
        }
    }

    @Test func keptBackIsALastingState() throws {
        let kept = try Self.events(
            StockEvent(
                StockEvent.quarantined, centre: "c", step: "holding",
                moves: [
                    Move("RICE", 4, from: Spot(location: "A-1"), to: Spot(location: "Q", status: .quarantine))
                ]))
        #expect(kept[0].dispositionsSet == ["non_sellable_other"] && kept[0].dispositionsUnset == [])
        let freed = try Self.events(
            StockEvent(
                StockEvent.freed, centre: "c", step: "inspecting",
                moves: [
                    Move("RICE", 4, from: Spot(location: "Q", status: .quarantine), to: Spot(location: "A-1"))
                ]))
        #expect(freed[0].dispositionsUnset == ["non_sellable_other"])
    }

    @Test func whatIsMadeOfOthersIsATransformation() throws {
        let made = try Self.events(
            StockEvent(
                StockEvent.consumed, centre: "c", step: "assembling",
                moves: [
                    Move("RICE", 2, from: Spot(location: "A-1")), Move("GLOVES", 1, from: Spot(location: "A-2")),
                    Move("KIT", lot: "K1", 1, to: Spot(location: "WORK")),
                ]))
        #expect(made.map(\.kind) == [.transformation, .transformation])
        #expect(Set(made.map(\.transformation)).count == 1)
        #expect(made[0].inputQuantities.count == 1 && made[0].outputQuantities.count == 1)
        #expect(made[1].inputQuantities.count == 1 && made[1].outputQuantities.isEmpty)
    }

    /// Random days of a centre: whatever moves, the log read back is the stock.
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func theLogReadBackIsTheStock(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var stock: [Heap: Int64] = [:]
        var pieces: [String: Heap] = [:]
        var replay = StockReplay()
        let places = ["dock", "A-1", "A-2", "container/p1", "container/p2"]
        for number in 0..<400 {
            let item = ["RICE", "GLOVES", "METER"].randomElement(using: &random) ?? "RICE"
            let lot = item == "RICE" ? ["", "L1", "L2"].randomElement(using: &random) ?? "" : ""
            let isIn = Bool.random(using: &random) || stock.isEmpty
            let to = Spot(
                location: places.randomElement(using: &random) ?? "dock",
                status: StockStatus.allCases.randomElement(using: &random) ?? .available)
            var move: Move
            if isIn {
                move = Move(item, lot: lot, Int64.random(in: 1...9, using: &random), to: to)
                if item == "METER" { move.serials = (0..<move.quantity).map { "s\(number)-\($0)" } }
            } else {
                let keys = stock.keys.sorted { "\($0)" < "\($1)" }
                guard let heap = keys.randomElement(using: &random), let held = stock[heap] else { continue }
                move = Move(heap.item, lot: heap.lot, Int64.random(in: 1...held, using: &random), from: heap.spot)
                if heap.item == "METER" {
                    let here = pieces.filter { $0.value == heap }.keys.sorted()
                    move.serials = Array(here.prefix(Int(move.quantity)))
                }
                if Int.random(in: 0..<3, using: &random) > 0 { move.to = to }
            }
            // What was taken in by mistake is no event of its own: the events that said so are declared wrong.
            let types = StockEvent.types.filter { type in
                type != StockEvent.takenBack
                    && (type != StockEvent.consumed || move.from == nil || move.to == nil)
            }
            let type = types.randomElement(using: &random) ?? StockEvent.relocated
            for event in try Self.events(
                StockEvent(type, centre: "centre", step: "", moves: [move]), at: Int64(number))
            { replay.read(event) }
            if let from = move.from {
                let heap = Heap(item: move.item, lot: move.lot, spot: from)
                let left = (stock[heap] ?? 0) - move.quantity
                stock[heap] = left > 0 ? left : nil
                for serial in move.serials { pieces[serial] = nil }
            }
            if let to = move.to {
                let heap = Heap(item: move.item, lot: move.lot, spot: to)
                stock[heap, default: 0] += move.quantity
                for serial in move.serials { pieces[serial] = heap }
            }
        }
        var expected: [StockReplay.Heap: Int64] = [:]
        for (heap, count) in stock {
            expected[
                .init(
                    place: Self.names.place(heap.spot.location), goods: Self.names.goods(heap.item, lot: heap.lot),
                    status: heap.spot.status), default: 0] += count
        }
        #expect(replay.missing.isEmpty)
        #expect(replay.heaps == expected)
        #expect(expected.values.reduce(0, +) > 50)
    }

    private struct Heap: Hashable {
        let item: String
        let lot: String
        let spot: Spot
    }
}
