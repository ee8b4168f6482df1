import Foundation
import TestKit
import Testing

@testable import Fulfilment

@Suite struct HennTests {
    static func instance(_ set: String, _ number: Int, _ name: String) throws -> HennInstance? {
        guard let folder = SharedData.url("fulfilment/picking/\(set)") else { return nil }
        let layout = try String(
            contentsOf: folder.appendingPathComponent("reduced_warehouse_\(number).lyt"), encoding: .utf8)
        let orders = try String(
            contentsOf: folder.appendingPathComponent("reduced_warehouse_\(number)s-\(name).ord"), encoding: .utf8)
        let instance = HennInstance(layout: layout, orders: orders)
        #expect(instance != nil)
        return instance
    }

    /// What Lorenci's genetic algorithm (github.com/lorencifelipe/JOBPRP, results/henn/abc1, seed 1) found for the first
    /// instance: 21 batches, how long it says that each is, 6,554 together.
    static let published: [([Int], Int)] = [
        ([11, 0, 2], 228), ([36, 34, 17], 274), ([12, 38], 326), ([20, 18], 394), ([1, 21], 284), ([4, 26], 302),
        ([24, 22], 316), ([6, 7], 318), ([30, 19], 338), ([23, 25], 344), ([37, 39], 296), ([5, 27], 356),
        ([35, 31], 336), ([32, 15], 312), ([16, 29], 352), ([9, 28], 296), ([14, 33], 368), ([13], 264), ([8], 272),
        ([3], 282), ([10], 296),
    ]

    @Test("published batches are as long here as there: the objective is the same")
    func sameObjective() throws {
        guard let instance = try Self.instance("abc1", 29, "40-30-0") else { return }
        #expect(instance.orders.count == 40 && instance.capacity == 30 && instance.hall.doors.count == 10)
        for (batch, length) in Self.published {
            #expect(Tour.length(batch.flatMap { instance.orders[$0].stops }, instance.hall) == length, "\(batch)")
            #expect(batch.reduce(0) { $0 + instance.orders[$1].items } <= instance.capacity)
        }
        #expect(Self.published.reduce(0) { $0 + $1.1 } == 6_554)
    }

    @Test(
        "a short search finds less than was published",
        .enabled(if: ProcessInfo.processInfo.environment["SLIPWAY_PROOF"] == "1"))
    func shorter() throws {
        guard let instance = try Self.instance("abc1", 29, "40-30-0") else { return }
        let plan = Batching.plan(
            instance.orders, instance.hall, capacity: instance.capacity, budget: .init(steps: 1_000_000))
        #expect(plan.length < 6_554)
    }

    @Test func whatIsNoInstanceIsRefused() {
        #expect(HennInstance(layout: "10 45 1 1.5 2 1 30", orders: "") == nil)
        #expect(HennInstance(layout: "10 45 1 1.5 2 1 30 1", orders: "0 2\n0 1 2\n") == nil)
        #expect(HennInstance(layout: "10 45 1 1.5 2 1 30 1", orders: "0 1\n0 20 2\n") == nil)
        #expect(HennInstance(layout: "10 45 1 1.5 2 1 30 1", orders: "0 1\n0 19 44\n0 0")?.orders.count == 1)
    }
}
