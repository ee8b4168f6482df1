import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// The shift lead's wall and the owner's figures, out of what happened.
@Suite struct WallTests {
    private static func flow(_ stage: Order.State, _ waiting: Int64, left: Int64) -> StageFlow {
        StageFlow(stage: stage, waiting: waiting, left: left)
    }

    @Test("the bottleneck is where what waits lasts longest; where nothing leaves although others do, first of all")
    func bottleneck() {
        let flows = [
            Self.flow(.placed, 99, left: 1), Self.flow(.released, 30, left: 60), Self.flow(.picked, 10, left: 5),
        ]
        #expect(StageFlow.bottleneck(flows) == .picked)
        #expect(StageFlow.bottleneck(flows + [Self.flow(.packed, 1, left: 0)]) == .packed)
        #expect(StageFlow.bottleneck([Self.flow(.released, 3, left: 0), Self.flow(.picked, 5, left: 0)]) == .picked)
        #expect(StageFlow.bottleneck([Self.flow(.placed, 9, left: 0), Self.flow(.picked, 0, left: 4)]) == nil)
    }

    private func figures(_ yard: Yard) async throws -> OwnerFigures {
        let now = yard.clock.read()
        let fees = try ChannelFees(Handbook(shipped: Fulfilment.shippedData))
        return try await yard.store.read {
            try OwnerFigures.read(Yard.centre, fees, at: now, for: Yard.owner, in: $0)
        }
    }

    /// Right lines, lines, counts.
    private func lines(_ yard: Yard) async throws -> [Int64] {
        let accuracy = try await figures(yard).accuracy
        return [accuracy.right, accuracy.lines, accuracy.counts]
    }

    @Test("stock is worth what its cost says, and counts say how right the books are")
    func accuracy() async throws {
        try await Yard.selling { yard in
            #expect(try await lines(yard) == [0, 0, 0])
            try await yard.put("RICE", 10, at: "A-01-1")
            try await yard.put("GLOVES", 4, at: "A-01-1")
            let before = try await figures(yard)
            #expect(before.value == 220_000 && before.priced == 10 && before.unpriced == 4)
            let opened = try await yard.perform("fulfilment.count.open", ["place": "A-01-1"], by: .picker)
            let count = String(try #require(opened.events.first?.stream).dropFirst(6))
            try await yard.perform(
                "fulfilment.count.submit",
                [
                    "count": .string(count),
                    "lines": [["item": "RICE", "quantity": 10], ["item": "GLOVES", "quantity": 3]],
                ], by: .picker)
            // What has no cost needs a second person; before, nothing is settled.
            #expect(try await lines(yard) == [0, 0, 0])
            try await yard.perform("fulfilment.count.approve", ["count": .string(count)], by: .lead)
            #expect(try await lines(yard) == [1, 2, 1])
        }
    }

    @Test("an order costs what the centre costs a month by the orders that left; unknown with too few")
    func costs() async throws {
        try await Yard.selling { yard in
            let said: [String: JSON] = [
                "centre": .string(Yard.centre), "people": 900_000, "space": 80_000, "supplies": 15_000, "other": 5_000,
            ]
            #expect(try await yard.refusal("fulfilment.cost.set", said, by: .picker) != nil)
            #expect(try await yard.refusal("fulfilment.cost.set", said, by: .stranger)?.code == "centre.unknown")
            #expect(try await figures(yard).costs == nil)
            try await yard.perform("fulfilment.cost.set", said, by: .lead)
            #expect(try await figures(yard).costs?.sum == 1_000_000)
            #expect(try await figures(yard).costPerOrder == nil)
            var figure = try await figures(yard)
            (figure.shipped, figure.open) = (29, 60)
            #expect(figure.costPerOrder == nil)
            figure.shipped = 40
            #expect(figure.costPerOrder == 25_000)
            // Of a centre that is three days old, three days' costs.
            figure.open = 3
            #expect(figure.costPerOrder == 2_500)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a picker calls the lead to where he stands, once; the lead comes, and the call is over")
    func called() async throws {
        try await Yard.selling { yard in
            try await yard.put("RICE", 4, at: "A-01-1")
            try await yard.order([("RICE", 2)])
            try await yard.release()
            let tour = try #require(try await yard.tasks().first?.tour)
            func code(_ name: String, _ values: [String: JSON], _ caller: Caller) async throws -> String? {
                try await yard.refusal("fulfilment.lead.\(name)", values, by: caller)?.code
            }
            func calls() async throws -> [CallTable.Call] {
                try await yard.store.read { try CallTable.open(for: Yard.owner, in: $0) }
            }
            let values: [String: JSON] = ["tour": .string(tour)]
            #expect(try await code("call", values, .picker) == "pick.others")
            try await yard.perform("fulfilment.pick.start", [:], by: .picker)
            #expect(try await code("call", values, .second) == "pick.others")
            #expect(try await code("call", values, .stranger) == "pick.unknown")
            #expect(try await code("call", values, .picker) == nil)
            #expect(try await code("call", values, .picker) == "lead.called")
            let call = try #require(try await calls().first)
            #expect(call.place == "A-01-1" && call.person == "haesol-picker")
            let answer: [String: JSON] = ["call": .string(call.id)]
            #expect(try await code("come", answer, .picker) != nil)
            #expect(try await code("come", answer, .lead) == nil)
            #expect(try await calls().isEmpty)
            #expect(try await code("come", answer, .lead) == "lead.none")
            #expect(try await yard.rebuildsAlike())
        }
    }
}
