import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("What answers come to")
struct MaturityRuleTests {
    @Test(
        "a dimension stands at the lower median of what is known; unknown is no level",
        arguments: [
            ([], 4, nil), ([3], 4, nil), ([3, 5], 4, 3), ([1, 2, 4, 5], 4, 2), ([2, 2, 5], 4, 2), ([1, 5, 5], 4, 5),
        ] as [([Int], Int, Int?)])
    func level(_ known: [Int], _ count: Int, _ expected: Int?) {
        #expect(MaturityResult.level(known, of: count) == expected)
    }

    @Test(
        "the whole is at most one above its weakest dimension, and unknown where a third is",
        arguments: [
            ([3, 3, 3, 3, 3, 3], 3), ([1, 4, 4, 4, 4, 4], 2), ([2, 3, 3, 4, 4, 4], 3), ([5, 5, 5, nil, nil, 4], 5),
            ([5, 5, 5, nil, nil, nil], nil), ([nil, nil, nil, nil, nil, nil], nil),
        ] as [([Int?], Int?)])
    func overall(_ levels: [Int?], _ expected: Int?) {
        #expect(MaturityResult.overall(levels) == expected)
    }

    @Test(
        "a number of one to four firms is hidden, with so much else that it cannot be worked out",
        arguments: [
            ([10, 20, 0, 6], [10, 20, 0, 6]), ([0, 0, 0], [0, 0, 0]), ([3, 20, 9, 0], [nil, 20, nil, 0]),
            ([1, 1, 30, 8], [nil, nil, 30, nil]), ([2, 3, 30], [nil, nil, 30]), ([4, 0, 0], [nil, nil, nil]),
            ([5, 4, 0, 7], [nil, nil, 0, 7]),
        ] as [([Int], [Int?])])
    func hidden(_ counts: [Int], _ expected: [Int?]) {
        #expect(MaturityCells.shown(counts) == expected)
        let left = zip(counts, MaturityCells.shown(counts)).filter { $0.1 == nil }.map(\.0)
        #expect(left.isEmpty || left.count > 1, "one hidden number is told by the total")
    }

    @Test("what the named firms tell does not tell of the others: four named of five hide the fifth")
    func difference() {
        #expect(!MaturityCells.isEnough(5, unnamed: 1) && !MaturityCells.isEnough(4, unnamed: 0))
        #expect(MaturityCells.isEnough(5, unnamed: 0) && MaturityCells.isEnough(9, unnamed: 5))
        #expect(MaturityCells.shown([6, 9, 0], unnamed: [1, 6, 0]) == [nil, nil, 0])
        #expect(MaturityCells.shown([2, 9, 0], unnamed: [0, 6, 0]) == [2, 9, 0])
    }

    @Test("the items speak to all sixteen dimensions of SIRI, and every dimension of ours has a step from each level")
    func items() throws {
        let items = try MaturityItems(Handbook(shipped: Alliance.shippedData))
        #expect((24...32).contains(items.items.count))
        #expect(Set(items.items.flatMap(\.siri)).count == 16)
        #expect(items.levels.map(\.korea.ko) == ["기초", "기초", "중간1", "중간2", "고도화"])
        #expect(Set(items.levels.flatMap(\.acatech)).count == 6)
        #expect(items.levels.flatMap(\.acatech).allSatisfy { $0.ko != $0.en })
        for dimension in items.dimensions {
            for level in 0..<5 { #expect(dimension.step(from: level) != nil, "\(dimension.id)") }
            #expect(dimension.step(from: 5) == nil)
        }
        #expect(throws: HandbookError.self) { try MaturityItems(Handbook(shipped: "/nowhere")) }
    }

    @Test("what suppliers are asked for is a kind that suppliers offer")
    func kinds() throws {
        let book = Handbook(shipped: Alliance.shippedData)
        let kinds = Set(try book.read("firms-kinds.json").json["kinds"]?.elements?.compactMap { $0["id"]?.text } ?? [])
        for dimension in try MaturityItems(book).dimensions {
            #expect(Set(dimension.kinds).isSubset(of: kinds) && !dimension.kinds.isEmpty, "\(dimension.id)")
        }
    }
}

@Suite("A firm assesses itself", .serialized)
struct MaturityStoryTests {
    private let items: MaturityItems
    private let chief = Caller.executive("alfa")

    init() throws { items = try MaturityItems(Handbook(shipped: Alliance.shippedData)) }

    private func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Alliance()], on: kind) { yard in
            for firm in ["alfa", "bravo"] { try await yard.register(firm) }
            try await body(yard)
        }
    }

    private func answers(_ level: (Int) -> String) -> JSON {
        .array(items.items.enumerated().map { ["item": .string($1.id), "level": .string(level($0))] })
    }

    private func start(_ yard: Yard, by caller: Caller) async throws -> String {
        let done = try await yard.perform("alliance.maturity.start", [:], by: caller)
        return String(try #require(done.events.first).stream.dropFirst("maturity/".count))
    }

    private func handIn(
        _ yard: Yard, by caller: Caller, named: Bool, _ level: (Int) -> String = { _ in "2" }
    ) async throws -> String {
        let id = try await start(yard, by: caller)
        try await yard.perform(
            "alliance.maturity.answer", ["assessment": .string(id), "answers": answers(level)], by: caller)
        try await yard.perform(
            "alliance.maturity.submit", ["assessment": .string(id), "named": .bool(named)], by: caller)
        return id
    }

    private func find(_ id: String, _ yard: Yard, _ caller: Caller) async throws -> MaturityAssessment? {
        let tenant = try caller.tenant
        return try await yard.store.read { try MaturityTable.find(id, for: tenant, in: $0) }
    }

    @Test("it is kept as it goes, changed again, and unknown lowers nothing", arguments: StoreUnderTest.all)
    func life(on kind: StoreUnderTest) async throws {
        try await with(kind) { yard in
            let id = try await start(yard, by: chief)
            let first = JSON.array(
                items.items(of: "orders").map { ["item": .string($0.id), "level": "5"] } + [["item": "count"]])
            try await yard.perform(
                "alliance.maturity.answer", ["assessment": .string(id), "answers": first], by: chief)
            #expect(
                try await yard.refusal("alliance.maturity.submit", ["assessment": .string(id)], by: chief)?.code
                    == "maturity.unanswered")
            try await yard.perform(
                "alliance.maturity.answer",
                ["assessment": .string(id), "answers": answers { $0 % 4 == 3 ? "unknown" : "4" }], by: chief)
            try await yard.perform("alliance.maturity.submit", ["assessment": .string(id)], by: chief)
            let found = try #require(try await find(id, yard, chief))
            #expect(found.overall == 4 && found.overallVerified == nil && !found.isNamed)
            let tenant = try chief.tenant
            let lines = try await yard.store.read { try MaturityTable.lines(of: id, for: tenant, in: $0) }
            #expect(lines.count == items.dimensions.count && lines.allSatisfy { $0.level == 4 && $0.known == 3 })
            #expect(try await find(id, yard, .executive("bravo")) == nil, "another firm sees nothing")
            #expect(try await find(id, yard, .officer) == nil, "nor the zone without consent")
            for type in [("answered", "answers"), ("submitted", "overall"), ("submitted", "lines")] {
                let event = try #require(try await yard.last("alliance.maturity.\(type.0)"))
                let told = yard.district.publicPayload(of: event)[type.1]
                #expect(told?["commitment"]?.text != nil, "what it answered is not told on the Record")
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is refused, each by its name")
    func refusals() async throws {
        try await with { yard in
            let id = try await start(yard, by: chief)
            let named: [String: JSON] = ["assessment": .string(id)]
            let level2: [String: JSON] = ["assessment": .string(id), "answers": answers { _ in "2" }]
            let cases: [(String, [String: JSON], Caller, String)] = [
                ("start", [:], chief, "maturity.open"),
                ("start", [:], .officer, "access.forbidden"),
                ("answer", ["assessment": "x", "answers": answers { _ in "2" }], chief, "maturity.unknown"),
                ("answer", level2, .executive("bravo"), "maturity.unknown"),
                (
                    "answer", ["assessment": .string(id), "answers": [["item": "x", "level": "2"]]], chief,
                    "maturity.item"
                ),
                ("confirm", named, .worker("alfa"), "maturity.not-submitted"),
            ]
            for (name, values, caller, code) in cases {
                let refusal = try await yard.refusal("alliance.maturity.\(name)", values, by: caller)
                #expect(refusal?.code == code, "\(name)")
            }
            // A screen of which every question was left for later is gone past.
            let skipped: [String: JSON] = ["assessment": .string(id), "answers": [["item": "count"]]]
            try await yard.perform("alliance.maturity.answer", skipped, by: chief)
            #expect(try await yard.refusal("alliance.maturity.submit", named, by: chief) != nil)
            try await yard.perform("alliance.maturity.answer", level2, by: chief)
            try await yard.perform("alliance.maturity.submit", named, by: chief)
            #expect(try await yard.refusal("alliance.maturity.answer", level2, by: chief)?.code == "maturity.closed")
            #expect(
                try await yard.refusal("alliance.maturity.confirm", named, by: chief)?.code == "maturity.same-person")
            try await yard.perform("alliance.maturity.confirm", named, by: .worker("alfa"))
            #expect(
                try await yard.refusal("alliance.maturity.confirm", named, by: .manager("alfa"))?.code
                    == "maturity.confirmed")
        }
    }

    @Test("the zone verifies with consent and evidence alone; declared and verified stay apart")
    func verified() async throws {
        try await with { yard in
            let id = try await handIn(yard, by: chief, named: false) { _ in "4" }
            func verify(_ item: String, _ basis: String) async throws -> Refusal? {
                try await yard.refusal(
                    "alliance.maturity.verify",
                    [
                        "assessment": .string(id), "item": .string(item), "level": 2, "basis": .string(basis),
                        "note": "screen",
                    ], by: .officer)
            }
            #expect(try await verify("count", "site")?.code == "maturity.unknown")
            try await yard.perform(
                "alliance.maturity.name", ["assessment": .string(id), "named": true], by: chief)
            #expect(try await verify("count", "document")?.code == "maturity.evidence")
            #expect(try await verify("nothing", "site")?.code == "maturity.item")
            let now = yard.clock.read()
            let file = try await yard.store.write {
                try Attachments.keep(
                    Array("a screenshot".utf8), scope: .firm("alfa"), author: .system("test"), at: now, in: $0)
            }
            try await yard.perform(
                "alliance.maturity.attach", ["assessment": .string(id), "item": "count", "file": .string(file)],
                by: chief)
            #expect(try await verify("count", "document") == nil)
            #expect(
                try await yard.refusal(
                    "alliance.maturity.attach", ["assessment": .string(id), "item": "count", "file": .string(file)],
                    by: chief)?.code == "maturity.verified", "what was verified keeps its evidence")
            #expect(try await verify("state", "site") == nil)
            let tenant = try chief.tenant
            let floor = try #require(
                try await yard.store.read { try MaturityTable.lines(of: id, for: tenant, in: $0) }
                    .first { $0.dimension == "floor" })
            #expect(floor.level == 4 && floor.verified == 2 && floor.verifiedItems == 2)
            #expect(try await find(id, yard, chief)?.overallVerified == nil, "too few dimensions are verified")
            try await yard.perform(
                "alliance.maturity.name", ["assessment": .string(id), "named": false], by: chief)
            #expect(try await find(id, yard, .officer) == nil, "consent that is taken back hides it again")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("answers to another edition's items are not verified by today's")
    func edition() async throws {
        try await with { yard in
            let id = "older"
            try await yard.district.record(
                [
                    MaturityEvents.draft(
                        MaturityEvents.started, id, "alfa", payload: ["firm": "alfa", "edition": "of last year"])
                ], origin: Origin(author: .system("test")))
            try await yard.perform(
                "alliance.maturity.answer", ["assessment": .string(id), "answers": answers { _ in "3" }], by: chief)
            try await yard.perform(
                "alliance.maturity.submit", ["assessment": .string(id), "named": true], by: chief)
            let refusal = try await yard.refusal(
                "alliance.maturity.verify",
                ["assessment": .string(id), "item": "count", "level": 2, "basis": "site", "note": "x"], by: .officer)
            #expect(refusal?.code == "maturity.edition")
        }
    }

    @Test("the zone counts each firm once, by its newest, and a firm counts nobody")
    func counts() async throws {
        try await with { yard in
            _ = try await handIn(yard, by: chief, named: false) { _ in "1" }
            yard.clock.advance(by: 90 * 86_400)
            _ = try await handIn(yard, by: chief, named: false) { _ in "3" }
            _ = try await handIn(yard, by: .executive("bravo"), named: false) { _ in "unknown" }
            let (zone, firm) = (try Caller.officer.tenant, try chief.tenant)
            let counts = try await yard.store.read { try MaturityTable.counts(for: zone, in: $0) }
            #expect(counts[""] == [3: 1, 0: 1])
            #expect(counts["orders"] == [3: 1, 0: 1])
            let unnamed = try await yard.store.read { try MaturityTable.counts(for: zone, unnamed: true, in: $0) }
            #expect(unnamed[""] == [3: 1, 0: 1])
            yard.clock.advance(by: 86_400)
            _ = try await handIn(yard, by: chief, named: true) { _ in "4" }
            let rest = try await yard.store.read { try MaturityTable.counts(for: zone, unnamed: true, in: $0) }
            #expect(rest[""] == [0: 1], "the named firm is no part of those without a name")
            #expect(try await yard.store.read { try MaturityTable.counts(for: firm, in: $0) }.isEmpty)
        }
    }

    @Test("what is asked by voice is answered from the firm's own newest assessment")
    func asked() async throws {
        try await with { yard in
            await #expect(throws: Refusal.self) {
                try await yard.spine.answer("alliance.maturity.own", [:], by: chief)
            }
            _ = try await handIn(yard, by: chief, named: false) { _ in "3" }
            let said = try await yard.spine.answer("alliance.maturity.own", [:], by: .worker("alfa"))
            #expect(said.ko.contains("3단계") && said.ko.contains("중간1") && said.en.contains("level 3"))
            await #expect(throws: Refusal.self) {
                try await yard.spine.answer("alliance.maturity.own", [:], by: .worker("bravo"))
            }
        }
    }

    @Test("the sample's assessments give its pages data, and count once however often it is founded")
    func sample() async throws {
        try await Yard.with([try Alliance()], on: .sqlite, isSample: true) { yard in
            try await yard.register("firm-gaon")
            for _ in 0..<2 { try await MaturitySample(items: items).found(yard.spine, seed: 7) }
            let (zone, firm) = (try Caller.officer.tenant, try Caller.executive("firm-gaon").tenant)
            let counts = try await yard.store.read { try MaturityTable.counts(for: zone, in: $0) }
            #expect(counts[""]?.values.reduce(0, +) == 37)
            let own = try await yard.store.read { try MaturityTable.list(for: firm, in: $0) }
            #expect(own.map(\.id) == ["sample-gaon-2", "sample-gaon-1"])
            #expect((own[0].overall ?? 0) > (own[1].overall ?? 9))
        }
    }
}
