import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

@Suite struct ReadinessTests {
    static func book() throws -> Readiness { try Readiness(ShippedBook.handbook) }

    @Test(
        "an item is met, not met or not known; what is old or was not measured is not known",
        arguments: [
            ("lift-width", 1.1, 0, .met), ("lift-width", 1.09, 0, .notMet), ("lift-gap", 30, 0, .met),
            ("lift-gap", 31, 0, .notMet), ("door-auto", 1, 0, .met), ("door-auto", 0, 0, .notMet),
            ("network-signal", -67, 0, .met), ("network-signal", -68, 0, .notMet), ("lift-width", nil, 0, .unknown),
            ("lift-width", 1.5, 366, .unknown), ("lift-width", 1.5, 300, .met),
        ] as [(String, Double?, Int, Readiness.Verdict)])
    func verdict(_ id: String, _ value: Double?, _ days: Int, _ expected: Readiness.Verdict) throws {
        let readiness = try Self.book()
        let item = try #require(readiness.items.first { $0.id == id })
        let now = Clock().read()
        let check = Readiness.Check(value: value, checked: now.advanced(bySeconds: Double(-86_400 * days)))
        #expect(readiness.verdict(item, check, at: now) == expected)
        #expect(readiness.verdict(item, nil, at: now) == .unknown)
    }

    @Test(
        "a check is kept for its firm alone; the last one counts; its tables can be made anew",
        arguments: StoreUnderTest.all)
    func check(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            func check(_ item: String, _ more: [String: JSON], by caller: Caller) async throws -> Refusal? {
                let values: [String: JSON] = ["site": "onyu-main", "item": .string(item), "how": "줄자"]
                return try await yard.refusal("robots.readiness.check", values.merging(more) { $1 }, by: caller)
            }
            #expect(try await check("lift-width", ["value": 1.0], by: MissionYard.operators) == nil)
            #expect(try await check("lift-width", ["value": 1.2], by: MissionYard.operators) == nil)
            #expect(try await check("lift-gap", [:], by: MissionYard.operators) == nil)
            #expect(try await check("lift-gap", ["answer": true], by: MissionYard.operators)?.code == "readiness.kind")
            #expect(try await check("door-auto", ["value": 1], by: MissionYard.operators)?.code == "readiness.kind")
            let evidence = try await check(
                "door-auto", ["answer": true, "evidence": .string(String(repeating: "a", count: 64))],
                by: MissionYard.operators)
            #expect(evidence?.code == "readiness.evidence")
            let foreign = Caller.person("street-operator", [.operator], firm: "firm-solmaru")
            #expect(try await check("lift-width", ["value": 1], by: foreign)?.code == "readiness.site")
            let (own, other) = (try MissionYard.operators.tenant, try foreign.tenant)
            let found = try await yard.store.read { reader in
                (
                    try ReadinessTable.checks(of: "onyu-main", for: own, in: reader),
                    try ReadinessTable.checks(of: "onyu-main", for: other, in: reader)
                )
            }
            #expect(found.0["lift-width"]?.check.value == 1.2)
            #expect(found.0["lift-gap"]?.check.value == nil && found.0.count == 2)
            #expect(found.1.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a street is not asked for lifts, and an instruction is told in the reader's language") func page()
        async throws
    {
        try await MissionYard.with { yard in
            let room = try Readiness(ShippedBook.handbook)
            let item = try #require(room.items.first { $0.subject == "lift" && $0.rule != .yes })
            try await yard.perform(
                "robots.readiness.check",
                ["site": "onyu-main", "item": .string(item.id), "value": 1.2, "how": .string(item.how.ko)],
                by: MissionYard.operators)
            func page(_ site: String, _ caller: Caller) async throws -> String {
                try await PageKit.page(yard, "/robots/readiness", caller, language: .en, query: ["site": site])
            }
            let hospital = try await page("onyu-main", MissionYard.operators)
            #expect(hospital.contains("readiness-lift") && !hospital.contains(item.how.ko))
            #expect(try await !page("solmaru", MissionYard.barista).contains("readiness-lift"))
        }
    }
}
