import Record
import Store
import Testing

@testable import Twin

@Suite struct ThingListTests {
    @Test(
        "A firm's queries return its own things, its contracts' and what is public, and never another's",
        arguments: 1...8)
    func isolation(seed: Int) async throws {
        try await withStores { store in
            var generator = Seeded(state: UInt64(seed))
            let firms: [FirmID] = ["f1", "f11", "f2", "f-1"]
            let things = (0..<120).map { number -> Thing in
                let one = firms.randomElement(using: &generator) ?? "f1"
                let other = firms.randomElement(using: &generator) ?? "f1"
                let scope: Scope =
                    switch Int.random(in: 0..<8, using: &generator) {
                    case 0...3: .firm(one)
                    case 4, 5: .contract(one, other)
                    case 6: .zone
                    default: .everyone
                    }
                let parent = number == 0 ? nil : ThingID("t\(Int.random(in: 0..<number, using: &generator) / 8)")
                return thing(ThingID("t\(number)"), .building, in: parent, scope: scope)
            }
            try await store.write { transaction in
                try transaction.declare(things)
                for thing in things {
                    try transaction.observe("colour", of: thing.id, is: "red", observed: noon, arrived: noon)
                }
            }
            for firm in firms {
                let asking = Asking(firm)
                let may = Set(things.filter { asking.sees($0.scope) }.map(\.id))
                let listed = try await store.read { try Things.list(for: asking, limit: 500, in: $0) }
                #expect(Set(listed.rows.map(\.id)) == may && listed.total == may.count, "seed \(seed)")
                try await store.read { reader in
                    for thing in things {
                        let id = thing.id
                        let seen = may.contains(id)
                        #expect(try (Things.find(id, for: asking, in: reader) != nil) == seen, "seed \(seed)")
                        #expect(try Attributes.latest(of: id, for: asking, in: reader).isEmpty != seen)
                        #expect(try Attributes.asOf(noon, of: id, for: asking, in: reader).isEmpty != seen)
                        #expect(
                            try Attributes.history(
                                of: "colour", of: id, during: noon..<later(1), for: asking, in: reader
                            ).rows.isEmpty != seen)
                        #expect(try (Things.place(of: id, at: noon, for: asking, in: reader) != nil) == seen)
                        let around =
                            try Things.path(to: id, for: asking, in: reader)
                            + Things.children(of: id, for: asking, in: reader)
                        #expect(around.allSatisfy { may.contains($0.id) }, "seed \(seed)")
                    }
                }
            }
        }
    }

    @Test("A firm changes nothing of another's, nor what is public, and learns nothing from the refusal")
    func foreign() async throws {
        try await withStores { store in
            try await store.write { try $0.declare(shop + [thing("road", .zone, scope: .everyone)]) }
            let other = Asking("f2")
            @Sendable func declare(_ new: Thing) async throws -> TwinError.Rule? {
                try await brokenRule { try await store.write { try $0.declare([new], for: other) } }
            }
            #expect(try await declare(thing("press-1", .machine, scope: .firm("f2"))) == .taken)
            #expect(try await declare(thing("press-1", .machine)) == .scope)
            #expect(try await declare(thing("new", .machine, scope: .everyone)) == .scope)
            #expect(try await declare(thing("new", .machine, in: "line-1", scope: .firm("f2"))) == .unknown)
            #expect(try await declare(thing("new", .machine, in: "nowhere", scope: .firm("f2"))) == .unknown)
            #expect(try await declare(thing("new", .machine, in: "road", scope: .firm("f2"))) == nil)
            for (id, rule): (ThingID, TwinError.Rule) in [
                ("press-1", .unknown), ("nowhere", .unknown), ("road", .scope),
            ] {
                #expect(
                    try await brokenRule { try await HierarchyTests.move(store, id, to: nil, for: other) } == rule)
                let observed = try await brokenRule {
                    try await store.write { try $0.observe("a", of: id, is: 1, observed: noon, for: other) }
                }
                #expect(observed == rule)
            }
        }
    }

    @Test(
        "Pages of a sorted list follow one another without gap or repetition, though names repeat",
        arguments: ThingFilter.Order.allCases, [false, true])
    func pages(order: ThingFilter.Order, descending: Bool) async throws {
        try await withStores { store in
            let things = (0..<50).map { number in
                Thing(
                    id: ThingID("t\(number)"), kind: number.isMultiple(of: 3) ? .robot : .shelf,
                    name: Words("이름 \(number % 4)", "Name \(number % 5)"), scope: .firm("f1"))
            }
            try await store.write { try $0.declare(things) }
            let filter = ThingFilter(order: order, descending: descending)
            let whole = try await store.read { try Things.list(filter, for: Asking("f1"), limit: 100, in: $0) }
            #expect(whole.total == 50 && Set(whole.rows.map(\.id)).count == 50)
            var paged: [Thing] = []
            for offset in stride(from: 0, to: 50, by: 7) {
                paged += try await store.read {
                    try Things.list(filter, for: Asking("f1"), limit: 7, offset: offset, in: $0)
                }.rows
            }
            #expect(paged == whole.rows)
            let keys = whole.rows.map { thing in
                switch order {
                case .name: thing.name.ko
                case .id: thing.id.rawValue
                case .kind: thing.kind.rawValue
                case .declared: ""
                }
            }
            #expect(keys == (descending ? keys.sorted(by: >) : keys.sorted()))
        }
    }

    @Test(
        "A list is narrowed by words, kinds and parent",
        arguments: [
            (ThingFilter(words: "PRESS"), ["press-1", "press-2"]), (ThingFilter(words: "사물 vib"), ["vib-1"]),
            (ThingFilter(words: "%"), []), (ThingFilter(words: "press_1"), []),
            (ThingFilter(kinds: [.line, .sensor]), ["line-1", "vib-1"]),
            (ThingFilter(parent: "line-1"), ["press-1", "press-2"]),
            (ThingFilter(words: "2", kinds: [.machine], parent: "line-1"), ["press-2"]),
        ] as [(ThingFilter, [ThingID])])
    func narrowed(filter: ThingFilter, expected: [ThingID]) async throws {
        try await withStores { store in
            try await store.write { try $0.declare(shop) }
            let found = try await store.read { try Things.list(filter, for: Asking("f1"), in: $0) }
            #expect(found.rows.map(\.id) == expected)
            #expect(found.total == expected.count)
        }
    }

    @Test("A thing comes back as it was declared, with the way down to it")
    func whole() async throws {
        try await withStores { store in
            try await store.write { try $0.declare(shop) }
            let full = Thing(
                id: "press-9", kind: .machine, parent: "line-1", name: Words("9호 프레스", "Press 9"), firm: "f1",
                scope: .firm("f1"),
                geometry: Geometry(.point(Geometry.Position(3, 4)), frame: .local, level: "1"),
                attributes: ["maker": "한빛", "tons": 200, "axes": ["x", "y"]], sample: true)
            try await store.write { try $0.declare([full]) }
            #expect(try await store.read { try Things.find("press-9", for: Asking("f1"), in: $0) } == full)
            let path = try await store.read { try Things.path(to: "press-9", for: Asking("f1"), in: $0) }
            #expect(path.map(\.id) == ["site-1", "area-1", "line-1", "press-9"])
        }
    }

    @Test("A rebuild from the same events gives the same rows")
    func rebuild() async throws {
        try await withStores { store in
            @Sendable func dump(_ reader: any Reader) throws -> [[SQLValue]] {
                try TwinTables.projected.flatMap { try reader.query("SELECT * FROM \($0) ORDER BY 1, 2").map(\.values) }
            }
            let (before, after) = try await store.write { transaction in
                var events = try TwinEvents.declared(shop, for: Asking.zone, in: transaction).map { recorded($0) }
                for event in events { try TwinTables.apply(event, in: transaction) }
                for number in 0..<20 {
                    let time = later(Double((number * 7) % 20))
                    let drafts = [
                        try TwinEvents.attributeObserved(
                            "mode", of: "press-1", is: .number(Double(number)), observed: time, at: later(50),
                            for: Asking.zone, in: transaction),
                        try TwinEvents.moved(
                            "press-2", to: number.isMultiple(of: 2) ? "line-1" : "area-1", geometry: nil,
                            observed: time, at: later(50), for: Asking.zone, in: transaction),
                    ].map { recorded($0, at: later(50 + Double(number))) }
                    for event in drafts { try TwinTables.apply(event, in: transaction) }
                    events += drafts
                }
                let before = try dump(transaction)
                for table in TwinTables.projected { try transaction.execute("DELETE FROM \(table)") }
                for event in events { try TwinTables.apply(event, in: transaction) }
                return (before, try dump(transaction))
            }
            #expect(after == before)
            #expect(before.count == 53, "things 6, places 26, observations 20, latest 1")
        }
    }
}
