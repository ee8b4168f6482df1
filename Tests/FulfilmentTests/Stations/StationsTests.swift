import Testing

@testable import Fulfilment

@Suite struct StationsTests {
    /// Shelves with items, some asked for far more than others, and orders for them; enough of each.
    static func centre(_ count: Int, seed: UInt64) -> (orders: [StationOrder], shelves: [StationShelf]) {
        var draw = PlanDraw(seed: seed)
        var shelves: [[String: Int]] = Array(repeating: [:], count: 30)
        for item in 0..<60 { for _ in 0..<2 { shelves[draw.below(30)]["i\(item)", default: 0] += 400 } }
        let orders = (0..<count).map { number in
            var lines: [String: Int] = [:]
            for _ in 0..<(1 + draw.below(3)) { lines["i\(min(draw.below(60), draw.below(60)))", default: 0] += 1 }
            return StationOrder("o\(number)", lines, due: 100_000)
        }
        return (orders, shelves.enumerated().map { StationShelf("s\($0)", $1) })
    }

    /// Everything that was asked for was taken once, from a shelf that had it.
    static func isSound(_ plan: Stations, _ orders: [StationOrder], _ shelves: [StationShelf]) -> Bool {
        var stock = Dictionary(uniqueKeysWithValues: shelves.map { ($0.id, $0.stock) })
        var taken: [String: [String: Int]] = [:]
        for visit in plan.visits {
            if visit.picks.isEmpty { return false }
            for pick in visit.picks {
                stock[visit.shelf]?[pick.item, default: 0] -= pick.count
                if (stock[visit.shelf]?[pick.item] ?? -1) < 0 || plan.station[pick.order] != visit.station {
                    return false
                }
                taken[pick.order, default: [:]][pick.item, default: 0] += pick.count
            }
        }
        return orders.allSatisfy { order in
            let got = taken[order.id] ?? [:]
            let missing = plan.short[order.id] ?? [:]
            return got.merging(missing, uniquingKeysWith: +) == order.lines
                && (plan.done[order.id] != nil) == (plan.short[order.id] == nil)
        }
    }

    @Test("orders that share shelves come together: fewer visits than in the order of arrival", arguments: [1, 2, 3])
    func pileOn(seed: UInt64) {
        let (orders, shelves) = Self.centre(120, seed: seed)
        let arrival = Stations.plan(orders, shelves, rule: .arrival)
        let shared = Stations.plan(orders, shelves, rule: .shared)
        #expect(Self.isSound(arrival, orders, shelves) && Self.isSound(shared, orders, shelves))
        #expect(Double(shared.visits.count) < 0.85 * Double(arrival.visits.count))
        #expect(shared.pileOn > arrival.pileOn && shared.short.isEmpty)
        #expect(shared == Stations.plan(orders, shelves, rule: .shared))
    }

    @Test func whatIsDueSoonDoesNotWaitForCompany() {
        var (orders, shelves) = Self.centre(80, seed: 5)
        shelves.append(StationShelf("far", ["rare": 1]))
        orders.append(StationOrder("urgent", ["rare": 1], due: 200))
        let plan = Stations.plan(orders, shelves)
        #expect(plan.late.isEmpty && (plan.done["urgent"] ?? .max) <= 200)
        #expect(Stations.plan(orders, shelves, rule: .arrival).late == ["urgent"])
    }

    @Test func whatNoShelfHoldsIsShortAndSaid() {
        let plan = Stations.plan(
            [StationOrder("a", ["x": 3], due: 900), StationOrder("b", ["y": 1], due: 900)],
            [StationShelf("s", ["x": 2])], StationWork(stations: 1))
        #expect(plan.short == ["a": ["x": 1], "b": ["y": 1]] && plan.done.isEmpty && plan.visits.count == 1)
    }

    @Test func noOrdersNoVisits() {
        #expect(Stations.plan([], []).visits.isEmpty && Stations.plan([], []).pileOn == 0)
    }
}
