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
            most: 50, opens: KoreanDay(number: 10), closes: KoreanDay(number: 20), headcount: headcount, solutions: [],
            closed: nil)
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

    @Test(
        "each line of an application is met, not met or unknown",
        arguments: [
            (15, 40, 42, ["met", "met", "met", "met"]), (9, 40, 42, ["unmet", "met", "met", "met"]),
            (15, 40, nil, ["met", "unknown", "met", "met"]), (15, 40, 51, ["met", "unmet", "met", "met"]),
            (15, 60, 42, ["met", "met", "unmet", "unmet"]),
        ] as [(Int64, Int64, Int?, [String])])
    func lines(_ day: Int64, _ amount: Int64, _ people: Int?, _ expected: [String]) {
        let application = GrantApplication(
            id: "a", programme: "p", firm: "alfa", scope: .firm("alfa"), amount: amount, granted: nil, purpose: "",
            assessment: nil, filed: KoreanDay(number: day), state: .filed, reason: "", decided: nil, isSigned: false,
            used: 0, version: 1, revised: nil)
        let lines = GrantCheck.lines(application, Self.programme(granted: 50), headcount: people)
        #expect(lines.map(\.verdict.rawValue) == expected && lines.map(\.kind) == GrantCheck.Kind.allCases)
    }

    @Test("the registered headcount names the first entry that says what the register says now")
    func registered() async throws {
        try await Yard.with([try Alliance()], on: .sqlite) { yard in
            try await yard.register("alfa")
            func change(_ people: Int?, _ name: String, at moment: String) async throws {
                yard.clock.set(moment)
                let firm = Firm(id: "alfa", name: name, registration: "1", headcount: people)
                try await yard.district.record(
                    [try AccessEvents.firmChanged(firm)], origin: Origin(author: .person("officer")))
            }
            func registered() async throws -> RegisteredHeadcount {
                try await yard.store.read { reader in
                    RegisteredHeadcount(try yard.district.log.events(inStream: "firm/alfa", in: reader))
                }
            }
            #expect(try await registered().people == 42)
            try await change(38, "alfa", at: "2026-11-22T09:00:00+09:00")
            try await change(38, "알파", at: "2026-11-25T09:00:00+09:00")
            let found = try await registered()
            #expect(found.people == 38 && found.day?.description == "2026-11-22" && found.author == .person("officer"))
            try await change(nil, "알파", at: "2026-11-26T09:00:00+09:00")
            #expect(try await registered().people == nil)
        }
    }
}
