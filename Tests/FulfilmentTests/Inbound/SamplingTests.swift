import District
import Testing

@testable import Fulfilment

@Suite struct SamplingTests {
    static func plans() throws -> SamplingPlans {
        let book = Handbook(shipped: Fulfilment.shippedData)
        return try SamplingPlans(book.read("inbound-sampling.json").json, file: "inbound-sampling.json")
    }

    /// Lots and limits with what the standard's table 2-A says of them at general level II.
    @Test(
        "the plan for a lot is the standard's",
        arguments: [
            (Int64(500), "1.0", "H", Int64(50), Int64(1)), (1000, "1.0", "J", 80, 2), (3200, "2.5", "K", 125, 7),
            (10_000, "0.65", "L", 200, 3), (1000, "2.5", "J", 80, 5), (280, "0.65", "F", 20, 0),
            // An arrow upwards (F has no plan at 2.5 between C's and F's own) and one downwards.
            (90, "2.5", "F", 20, 1), (50, "2.5", "C", 5, 0), (150, "4.0", "F", 20, 2), (1_000_000, "6.5", "L", 200, 21),
            // Where the sample is as large as the lot, every piece is looked at.
            (15, "0.65", "F", 15, 0), (2, "2.5", "C", 2, 0), (1, "2.5", "C", 1, 0),
        ])
    func plan(_ lot: Int64, _ limit: String, _ letter: String, _ sample: Int64, _ accept: Int64) throws {
        let plan = try #require(try Self.plans().plan(for: lot, limit: limit))
        #expect(plan.letter == letter && plan.sample == sample && plan.accept == accept, "\(plan)")
        #expect(plan.reject == accept + 1)
    }

    @Test("nothing to look at, or no such limit, has no plan")
    func none() throws {
        #expect(try Self.plans().plan(for: 0, limit: "1.0") == nil)
        #expect(try Self.plans().plan(for: 100, limit: "3.3") == nil)
    }

    @Test("a larger sample never belongs to a smaller lot, and never accepts a smaller share than zero")
    func ordered() throws {
        let plans = try Self.plans()
        for limit in ["0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5", "4.0", "6.5"] {
            var (before, accepted) = (Int64(0), Int64(0))
            for lot in [2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001] as [Int64] {
                let plan = try #require(plans.plan(for: lot, limit: limit))
                #expect(plan.accept >= accepted, "\(limit) \(lot)")
                #expect(plan.sample >= min(before, lot) || plan.accept >= 21 || plan.accept == 0, "\(limit) \(lot)")
                (before, accepted) = (plan.sample, plan.accept)
            }
        }
    }

    @Test("what is cold, hazardous or numbered is looked at more strictly")
    func limits() throws {
        let plans = try Self.plans()
        var item = Item(code: "X", name: "X")
        #expect(plans.limit(for: item) == "2.5")
        item.climate = .frozen
        #expect(plans.limit(for: item) == "0.65")
    }
}
