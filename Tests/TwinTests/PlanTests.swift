import Record
import Store
import Testing

@testable import Twin

@Suite struct PlanTests {
    @Test(
        "A firm's lists enter the table by an index",
        arguments: [
            ThingFilter(), ThingFilter(parent: "line-1"), ThingFilter(kinds: [.robot]), ThingFilter(words: "press"),
            ThingFilter(order: .declared, descending: true), ThingFilter(order: .id),
        ])
    func ofFirm(filter: ThingFilter) async throws {
        try await withSQLite { store in
            let scans = try await store.read { reader in
                let explaining = Explaining(reader)
                _ = try Things.list(filter, for: Asking("f1"), in: explaining)
                return explaining.steps(startingWith: "SCAN")
            }
            // Walking along an index in the order asked for is no scan: it stops when the page is full.
            #expect(scans.allSatisfy { $0.contains("USING INDEX") }, "\(scans)")
        }
    }

    @Test(
        "The zone's pages come out of an index in the order asked for, without a sort",
        arguments: [
            ThingFilter(), ThingFilter(language: .en), ThingFilter(order: .kind), ThingFilter(words: "press"),
            ThingFilter(order: .declared, descending: true), ThingFilter(order: .id),
        ])
    func ofZone(filter: ThingFilter) async throws {
        try await withSQLite { store in
            let (scans, sorts) = try await store.read { reader in
                let explaining = Explaining(reader)
                _ = try Things.list(filter, for: Asking.zone, in: explaining)
                return (
                    explaining.steps(startingWith: "SCAN", counts: false),
                    explaining.steps(startingWith: "USE TEMP B-TREE")
                )
            }
            #expect(scans.count == 1 && scans.allSatisfy { $0.contains("USING INDEX") }, "\(scans)")
            #expect(sorts.isEmpty, "\(sorts)")
        }
    }

    @Test("Ten thousand things are listed, searched and paged in well under a second")
    func many() async throws {
        try await withStores { store in
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
            for (filter, firm, total): (ThingFilter, FirmID?, Int64) in [
                (ThingFilter(), nil, 10_000), (ThingFilter(), "f7", 500), (ThingFilter(words: "machine 99"), nil, 111),
                (ThingFilter(order: .declared, descending: true), "f7", 500),
            ] {
                let page = try await store.read { try Things.list(filter, for: Asking(firm), offset: 100, in: $0) }
                #expect(page.total == total)
                #expect(page.rows.count == min(50, max(0, Int(total) - 100)))
            }
        }
    }

    @Test(
        "One thing, its way down, its places and its attributes are read by index", arguments: ["f1", nil] as [FirmID?])
    func ofThing(firm: FirmID?) async throws {
        try await withSQLite { store in
            try await store.write { try $0.declare(shop) }
            let (scans, asked) = try await store.read { reader in
                let explaining = Explaining(reader)
                let asking = Asking(firm)
                _ = try Things.find("press-1", for: asking, in: explaining)
                _ = try Things.path(to: "press-1", for: asking, in: explaining)
                _ = try Things.place(of: "press-1", at: noon, for: asking, in: explaining)
                _ = try Things.node("press-1", in: explaining)
                _ = try Things.kinds(within: "press-1", in: explaining)
                _ = try Attributes.latest(of: "press-1", for: asking, in: explaining)
                _ = try Attributes.asOf(noon, of: "press-1", for: asking, in: explaining)
                _ = try Attributes.history(
                    of: "mode", of: "press-1", during: noon..<later(1), for: asking, in: explaining)
                return (explaining.steps(startingWith: "SCAN"), explaining.plans.count)
            }
            #expect(asked == 10)
            // What a recursion has found so far is walked, not a table.
            #expect(Set(scans).isSubset(of: ["SCAN a", "SCAN b", "SCAN above", "SCAN beneath"]), "\(scans)")
        }
    }
}
