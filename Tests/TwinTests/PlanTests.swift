import Record
import Store
import Testing
@testable import Twin

@Suite struct PlanTests {
    static func plan(_ store: Store, _ sql: String, _ arguments: [SQLValue]) async throws -> [String] {
        try await store.read { try $0.query("EXPLAIN QUERY PLAN \(sql)", arguments).map { try $0.text("detail") } }
    }

    /// Whether every table is entered by an index, and none is walked from end to end but along its order.
    static func isIndexed(_ plan: [String]) -> Bool {
        plan.allSatisfy { !$0.hasPrefix("SCAN twin") || $0.contains("USING INDEX") || $0.contains("COVERING INDEX") }
    }

    @Test(
        "Lists enter the table by an index, and the zone's pages come in order without a sort",
        arguments: [
            (ThingFilter(), "f1"), (ThingFilter(parent: "line-1"), "f1"), (ThingFilter(kinds: [.robot]), "f1"),
            (ThingFilter(words: "press"), "f1"), (ThingFilter(), nil), (ThingFilter(language: .en), nil),
            (ThingFilter(order: .kind), nil), (ThingFilter(order: .declared, descending: true), nil),
            (ThingFilter(order: .id), nil), (ThingFilter(words: "press"), nil),
        ] as [(ThingFilter, FirmID?)])
    func lists(filter: ThingFilter, firm: FirmID?) async throws {
        try await withStore { store in
            let (source, arguments) = Things.source(filter, for: Asking(firm))
            let plan = try await Self.plan(
                store, "SELECT \(Things.columns) FROM \(source) ORDER BY \(filter.sql) LIMIT 50", arguments)
            #expect(Self.isIndexed(plan), "\(plan)")
            if firm == nil { #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)") }
        }
    }

    @Test("Ten thousand things are listed, searched and paged in well under a second")
    func many() async throws {
        try await withStore { store in
            try await store.write { transaction in
                try transaction.insert(
                    into: "twin_things",
                    columns: [
                        "id", "kind", "name_ko", "name_en", "scope", "attributes", "sample", "declared", "words",
                    ],
                    rows: (0..<10_000).map { number in
                        [
                            .text("t\(number)"), "machine", .text("설비 \(number % 977)"), .text("Machine \(number)"),
                            .text("firm:f\(number % 20)"), "{}", 1, .integer(Int64(number)),
                            .text("t\(number) 설비 \(number % 977) machine \(number)"),
                        ]
                    })
            }
            let clock = ContinuousClock()
            for (filter, firm, total): (ThingFilter, FirmID?, Int64) in [
                (ThingFilter(), nil, 10_000), (ThingFilter(), "f7", 500), (ThingFilter(words: "machine 99"), nil, 111),
                (ThingFilter(order: .declared, descending: true), "f7", 500),
            ] {
                let time = try await clock.measure {
                    let page = try await store.read {
                        try Things.list(filter, for: Asking(firm), offset: 100, in: $0)
                    }
                    #expect(page.total == total)
                    #expect(page.rows.count == min(50, max(0, Int(total) - 100)))
                }
                #expect(time < .milliseconds(500), "\(filter)")
            }
        }
    }

    @Test("Attributes are read by index: latest, as of a time, and a range of history")
    func attributes() async throws {
        try await withStore { store in
            let own = Asking("f1").condition(column: "t.scope")
            let queries: [(String, [SQLValue])] = [
                (
                    "SELECT * FROM twin_things t JOIN twin_latest o ON o.thing = t.id WHERE t.id = ? AND \(own.sql)",
                    ["a"] + own.arguments
                ),
                (
                    """
                    SELECT * FROM twin_things t JOIN twin_observations o ON o.thing = t.id WHERE t.id = ?
                    AND o.attribute = ? AND o.observed >= ? AND o.observed < ? AND \(own.sql)
                    ORDER BY o.observed, o.recorded, o.event LIMIT 10
                    """, ["a", "b", 1, 2] + own.arguments
                ),
                (
                    """
                    SELECT x.event FROM twin_observations x WHERE x.thing = 'a' AND x.attribute = 'b'
                    AND x.observed <= 5 ORDER BY x.observed DESC, x.recorded DESC, x.event DESC LIMIT 1
                    """, []
                ),
                (
                    """
                    SELECT parent FROM twin_places WHERE thing = 'a' AND observed <= 5
                    ORDER BY observed DESC, recorded DESC, event DESC LIMIT 1
                    """, []
                ),
            ]
            for (sql, arguments) in queries {
                let plan = try await Self.plan(store, sql, arguments)
                #expect(!plan.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
            }
        }
    }
}
