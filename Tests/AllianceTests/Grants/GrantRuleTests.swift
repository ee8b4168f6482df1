import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("Who may apply, and what changed after")
struct GrantRuleTests {
    private static func programme(granted: Int64 = 0, headcount: Int64? = 50) -> Programme {
        Programme(
            id: "p", title: Words("가", "a"), runner: "r", kind: .equipment, budget: 100, granted: granted, paid: 0,
            most: 50, opens: KoreanDay(number: 10), closes: KoreanDay(number: 20), headcount: headcount, solutions: [])
    }

    @Test(
        "a firm applies within the period, the budget and the size; an unknown size is not a small one",
        arguments: [
            (10, 0, 50, 42, nil), (20, 99, 50, 50, nil), (9, 0, 50, 42, .early), (21, 0, 50, 42, .late),
            (15, 100, 50, 42, .spent), (15, 120, 50, 42, .spent), (15, 0, 50, 51, .tooLarge),
            (15, 0, 50, nil, .unknownSize), (15, 0, nil, nil, nil),
        ] as [(Int64, Int64, Int64?, Int?, Programme.Hindrance?)])
    func hindrance(_ day: Int64, _ granted: Int64, _ most: Int64?, _ people: Int?, _ expected: Programme.Hindrance?) {
        let programme = Self.programme(granted: granted, headcount: most)
        #expect(programme.hindrance(headcount: people, on: KoreanDay(number: day)) == expected)
        #expect(programme.left >= 0)
    }

    @Test(
        "fewer incidents are better, more output is, and the same is neither",
        arguments: [
            (GrantOutcome.Metric.incidents, 3.0, 1.0, true), (.defects, 1, 2, false), (.productivity, 10, 13, true),
            (.maturity, 3, 2, false), (.jobs, 40, 40, nil),
        ] as [(GrantOutcome.Metric, Double, Double, Bool?)])
    func better(_ metric: GrantOutcome.Metric, _ before: Double, _ after: Double, _ expected: Bool?) {
        let outcome = GrantOutcome(
            metric: metric, before: before, after: after, beforeDay: KoreanDay(number: 1),
            afterDay: KoreanDay(number: 2), source: "s")
        #expect(outcome.isBetter == expected)
    }
}
