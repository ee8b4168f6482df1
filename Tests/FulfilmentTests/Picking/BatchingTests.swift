import Foundation
import TestKit
import Testing

@testable import Fulfilment

@Suite struct BatchingTests {
    static func orders(_ count: Int, _ hall: PickHall, seed: UInt64) -> [PickOrder] {
        var draw = PlanDraw(seed: seed)
        return (0..<count).map { number in
            PickOrder(
                "o\(number)",
                stops: (0..<(1 + draw.below(4))).map { _ in
                    PickStop(draw.below(hall.doors.count), 1 + draw.below(hall.length))
                })
        }
    }

    /// The best of all ways to make batches, by trying all.
    static func best(_ orders: [PickOrder], _ hall: PickHall, _ capacity: Int) -> Int {
        var lengths: [Int: Int] = [:]
        func length(_ set: Int) -> Int {
            if let known = lengths[set] { return known }
            let members = orders.indices.filter { set & 1 << $0 != 0 }
            let fits = members.reduce(0) { $0 + orders[$1].items } <= capacity
            let length = fits ? Tour.length(members.flatMap { orders[$0].stops }, hall) : Footpaths.far
            lengths[set] = length
            return length
        }
        var least: [Int: Int] = [0: 0]
        func rest(_ set: Int) -> Int {
            if let known = least[set] { return known }
            let first = 1 << set.trailingZeroBitCount
            var (best, others) = (Int.max, set ^ first)
            while true {
                let batch = others | first
                if length(batch) < Footpaths.far { best = min(best, length(batch) + rest(set ^ batch)) }
                if others == 0 { break }
                others = (others - 1) & (set ^ first)
            }
            least[set] = best
            return best
        }
        return rest((1 << orders.count) - 1)
    }

    @Test("with few orders nothing better exists", arguments: [1, 2, 3])
    func optimal(seed: UInt64) {
        let hall = PickHall(aisles: 4, length: 8, pitch: 2)
        let orders = Self.orders(7, hall, seed: seed)
        let plan = Batching.plan(orders, hall, capacity: 6, budget: .init(steps: 3_000), seed: seed)
        #expect(plan.length == Self.best(orders, hall, 6))
    }

    @Test("every order is in one batch, no batch is too heavy, lengths are those of the exact tours")
    func sound() {
        let hall = PickHall(aisles: 6, length: 20, pitch: 3).with([2: .front, 4: .closed])
        var orders = Self.orders(24, hall, seed: 9)
        orders.append(PickOrder("large", stops: [PickStop(1, 3)], items: 50))
        let plan = Batching.plan(orders, hall, capacity: 9, budget: .init(steps: 4_000))
        let placed = plan.batches.flatMap(\.orders)
        #expect(placed.count == Set(placed).count)
        #expect(Set(placed).union(plan.withheld) == Set(orders.indices))
        #expect(Set(placed).isDisjoint(with: plan.withheld))
        #expect(!plan.withheld.isEmpty && plan.withheld.allSatisfy { orders[$0].stops.contains { $0.aisle == 4 } })
        #expect(plan.oversized == [24] && plan.batches.contains { $0.orders == [24] })
        for batch in plan.batches where batch.orders != [24] { #expect(batch.items <= 9) }
        for batch in plan.batches {
            #expect(batch.length == Tour.length(batch.orders.flatMap { orders[$0].stops }, hall))
        }
        #expect(plan.length == plan.batches.reduce(0) { $0 + $1.length })
        #expect(plan.length <= plan.seed && plan.seed <= plan.single)
    }

    @Test func theSameSeedGivesTheSamePlan() {
        let hall = PickHall(aisles: 5, length: 12, pitch: 2)
        let orders = Self.orders(20, hall, seed: 4)
        let budget = Batching.Budget(steps: 3_000)
        let one = Batching.plan(orders, hall, capacity: 8, budget: budget, seed: 3)
        let other = Batching.plan(orders, hall, capacity: 8, budget: budget, seed: 3)
        #expect(one.batches == other.batches && one.steps == other.steps && !one.isCut)
    }

    @Test func timeThatIsUpEndsTheSearchAndIsSaid() {
        let hall = PickHall(aisles: 5, length: 12, pitch: 2)
        let orders = Self.orders(20, hall, seed: 4)
        let plan = Batching.plan(orders, hall, capacity: 8, budget: .init(steps: 1_000_000, used: { 1 }))
        #expect(plan.isCut && plan.steps == 0 && plan.length == plan.seed)
    }

    @Test func noOrdersNoBatches() {
        let plan = Batching.plan([], PickHall(aisles: 2, length: 5, pitch: 1), capacity: 4)
        #expect(plan.batches.isEmpty && plan.length == 0)
    }
}
