import Record
import Store
import Testing

@testable import Twin

@Suite struct AttributeTests {
    static func withShop(_ body: (Store) async throws -> Void) async throws {
        try await withStores { store in
            try await store.write { try $0.declare(shop) }
            try await body(store)
        }
    }

    static func latest(_ store: Store, of id: ThingID = "press-1") async throws -> [String: JSON] {
        let latest = try await store.read { try Attributes.latest(of: id, for: Asking.zone, in: $0) }
        return Dictionary(uniqueKeysWithValues: latest.map { ($0.attribute, $0.value) })
    }

    @Test("A value that arrives late does not displace one observed after it, but stands in the history")
    func late() async throws {
        try await Self.withShop { store async throws in
            try await store.write { transaction in
                try transaction.observe("mode", of: "press-1", is: "run", observed: later(20), arrived: later(21))
                try transaction.observe("mode", of: "press-1", is: "idle", observed: later(10), arrived: later(22))
                try transaction.observe("speed", of: "press-1", is: 4, observed: later(5), arrived: later(23))
            }
            #expect(try await Self.latest(store) == ["mode": "run", "speed": 4])
            let history = try await store.read {
                try Attributes.history(of: "mode", of: "press-1", during: noon..<later(60), for: Asking.zone, in: $0)
            }
            #expect(history.rows.map(\.value) == ["idle", "run"])
            #expect(history.rows.map(\.recorded) == [later(22), later(21)])
        }
    }

    @Test("Of two values observed at one moment, the one recorded last stands")
    func correction() async throws {
        try await Self.withShop { store async throws in
            try await store.write { transaction in
                try transaction.observe("mode", of: "press-1", is: "run", observed: later(1), arrived: later(3))
                try transaction.observe("mode", of: "press-1", is: "stop", observed: later(1), arrived: later(2))
            }
            #expect(try await Self.latest(store) == ["mode": "run"])
            try await store.write {
                try $0.observe("mode", of: "press-1", is: "idle", observed: later(1), arrived: later(4))
            }
            #expect(try await Self.latest(store) == ["mode": "idle"])
        }
    }

    @Test(
        "In whatever order observations arrive, latest, history and as-of follow the time they were observed",
        arguments: 1...8)
    func shuffled(seed: Int) async throws {
        try await Self.withShop { store async throws in
            var generator = Seeded(state: UInt64(seed))
            let times = (0..<40).shuffled(using: &generator)
            try await store.write { transaction in
                for (arrival, time) in times.enumerated() {
                    try transaction.observe(
                        time.isMultiple(of: 2) ? "even" : "odd", of: "press-1", is: .number(Double(time)),
                        observed: later(Double(time)), arrived: later(Double(100 + arrival)))
                }
            }
            #expect(try await Self.latest(store) == ["even": 38, "odd": 39], "seed \(seed)")
            for time in [-1, 0, 7, 20, 99] {
                let seen = try await store.read {
                    try Attributes.asOf(later(Double(time)), of: "press-1", for: Asking.zone, in: $0)
                }
                let expected = [
                    times.filter { $0 <= time && $0.isMultiple(of: 2) }.max(),
                    times.filter { $0 <= time && !$0.isMultiple(of: 2) }.max(),
                ].compactMap(\.self)
                #expect(seen.map(\.value) == expected.map { .number(Double($0)) }, "seed \(seed), time \(time)")
            }
            let range = later(10)..<later(20)
            let history = try await store.read {
                try Attributes.history(
                    of: "odd", of: "press-1", during: range, for: Asking.zone, limit: 2, offset: 1, in: $0)
            }
            #expect(history.total == 5 && history.rows.map(\.value) == [13, 15], "seed \(seed)")
        }
    }

    @Test("An event applied twice changes nothing")
    func twice() async throws {
        try await Self.withShop { store async throws in
            try await store.write { transaction in
                let event = recorded(
                    try TwinEvents.attributeObserved(
                        "mode", of: "press-1", is: ["a": [1, nil]], unit: "1", observed: noon, at: noon,
                        for: Asking.zone, in: transaction))
                try TwinTables.apply(event, in: transaction)
                try TwinTables.apply(event, in: transaction)
            }
            let history = try await store.read {
                try Attributes.history(of: "mode", of: "press-1", during: noon..<later(1), for: Asking.zone, in: $0)
            }
            #expect(history.total == 1 && history.rows.first?.value == ["a": [1, nil]])
            #expect(history.rows.first?.unit == "1")
        }
    }

    @Test("A clock that runs ahead does not get to say what is latest")
    func future() async throws {
        try await Self.withShop { store async throws in
            let ahead = try await brokenRule {
                try await store.write {
                    try $0.observe("mode", of: "press-1", is: "run", observed: later(301), arrived: noon)
                }
            }
            #expect(ahead == .future)
            let within = try await brokenRule {
                try await store.write {
                    try $0.observe("mode", of: "press-1", is: "run", observed: later(300), arrived: noon)
                }
            }
            #expect(within == nil)
        }
    }

    @Test("A move that arrives late is kept as history, and the thing stays where it went last")
    func lateMove() async throws {
        try await Self.withShop { store async throws in
            @Sendable func move(to parent: ThingID, x: Double, at time: Timestamp) async throws {
                try await store.write {
                    try $0.apply(
                        [
                            TwinEvents.moved(
                                "press-2", to: parent,
                                geometry: Geometry(.point(Geometry.Position(x, 0)), frame: .local), observed: time,
                                at: later(100), for: Asking.zone, in: $0)
                        ], at: later(100))
                }
            }
            try await move(to: "area-1", x: 2, at: later(20))
            try await move(to: "site-1", x: 1, at: later(10))
            let press = try await store.read { try Things.find("press-2", for: Asking.zone, in: $0) }
            #expect(press?.parent == "area-1")
            #expect(press?.geometry == Geometry(.point(Geometry.Position(2, 0)), frame: .local))
            func parent(at time: Timestamp) async throws -> ThingID? {
                try await store.read { try Things.place(of: "press-2", at: time, for: Asking.zone, in: $0) }?.parent
            }
            #expect(try await parent(at: later(-1)) == nil)
            #expect(try await parent(at: later(9)) == "line-1")
            #expect(try await parent(at: later(19)) == "site-1")
            #expect(try await parent(at: later(20)) == "area-1")
        }
    }

    @Test("A payload that is not the event's is refused by field")
    func malformed() async throws {
        try await Self.withShop { store async throws in
            for draft in [
                Draft("twin.thing.declared", stream: "thing/x", scope: .zone, payload: ["kind": "site"]),
                Draft("twin.attribute.observed", stream: "thing/x", scope: .zone, payload: ["attribute": "a"]),
                Draft("twin.thing.retired", stream: "alarm/x", scope: .zone),
                Draft("twin.thing.eaten", stream: "thing/x", scope: .zone),
            ] {
                #expect(try await brokenRule { try await store.write { try $0.apply([draft]) } } == .payload)
            }
        }
    }
}
