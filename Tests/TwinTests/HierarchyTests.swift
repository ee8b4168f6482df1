import Record
import Store
import Testing

@testable import Twin

@Suite struct HierarchyTests {
    static func move(_ store: Store, _ id: ThingID, to parent: ThingID?, for tenant: Asking = .zone) async throws {
        try await store.write {
            try $0.apply([
                TwinEvents.moved(id, to: parent, geometry: nil, observed: later(1), at: later(1), for: tenant, in: $0)
            ])
        }
    }

    @Test("Nothing becomes part of itself or of its own parts")
    func cycle() async throws {
        try await withStores { store in
            try await store.write {
                try $0.declare([
                    thing("b1", .building), thing("b2", .building, in: "b1"), thing("b3", .building, in: "b2"),
                ])
            }
            for parent: ThingID in ["b1", "b2", "b3"] {
                #expect(try await brokenRule { try await Self.move(store, "b1", to: parent) } == .cycle)
            }
            #expect(try await brokenRule { try await Self.move(store, "b3", to: "b1") } == nil)
            let again = try await brokenRule {
                try await store.write { try $0.declare([thing("b1", .building, in: "b2")]) }
            }
            #expect(again == .cycle)
            let alone = try await brokenRule {
                try await store.write { try $0.declare([thing("x", .other, in: "x")]) }
            }
            #expect(alone == .unknown)
        }
    }

    @Test(
        "A level of ISA-95 stands beneath a higher one only, whatever else lies between",
        arguments: [
            (thing("n", .machine, in: "line-1"), TwinError.Rule?.none), (thing("n", .sensor, in: "site-1"), nil),
            (thing("n", .line, in: "press-1"), .order), (thing("n", .line, in: "line-1"), .order),
            (thing("n", .robot, in: "vib-1"), nil), (thing("n", .machine, in: "hall"), nil),
            (thing("n", .site, in: "hall"), .order), (thing("n", .area, in: "shelf"), .order),
            (thing("n", .sensor, in: "shelf"), nil), (thing("n", .machine, in: "nowhere"), .unknown),
        ])
    func order(thing new: Thing, rule: TwinError.Rule?) async throws {
        try await withStores { store in
            try await store.write {
                try $0.declare(shop + [thing("hall", .building, in: "site-1"), thing("shelf", .shelf, in: "press-1")])
            }
            #expect(try await brokenRule { try await store.write { try $0.declare([new]) } } == rule)
        }
    }

    @Test("A kind without a level carries the order of its parts along when it moves")
    func carried() async throws {
        try await withStores { store in
            try await store.write {
                try $0.declare(shop + [thing("hall", .building, in: "site-1"), thing("line-2", .line, in: "hall")])
            }
            #expect(try await brokenRule { try await Self.move(store, "hall", to: "press-1") } == .order)
            #expect(try await brokenRule { try await Self.move(store, "hall", to: "area-1") } == nil)
        }
    }

    @Test("Things stand in each other so deep and no deeper")
    func depth() async throws {
        try await withStores { store in
            let chain = (0..<Bounds.depth).map { number in
                thing(ThingID("b\(number)"), .building, in: number == 0 ? nil : ThingID("b\(number - 1)"))
            }
            try await store.write { try $0.declare(chain) }
            let deepest = thing("deep", .other, in: chain.last?.id)
            #expect(try await brokenRule { try await store.write { try $0.declare([deepest]) } } == .depth)
            let path = try await store.read { try Things.path(to: "b31", for: Asking.zone, in: $0) }
            #expect(path.map(\.id) == chain.map(\.id))
        }
    }

    @Test("What still has parts is not retired, and what is retired takes no parts, moves and observations")
    func retired() async throws {
        try await withStores { store in
            try await store.write { try $0.declare(shop) }
            @Sendable func retire(_ id: ThingID) async throws {
                try await store.write {
                    try $0.apply([TwinEvents.retired(id, observed: later(5), for: Asking.zone, in: $0)])
                }
            }
            #expect(try await brokenRule { try await retire("press-1") } == .parts)
            try await retire("vib-1")
            try await retire("press-1")
            #expect(try await brokenRule { try await retire("press-1") } == .unknown)
            #expect(try await brokenRule { try await Self.move(store, "press-1", to: "area-1") } == .unknown)
            let part = thing("vib-2", .sensor, in: "press-1")
            #expect(try await brokenRule { try await store.write { try $0.declare([part]) } } == .unknown)
            let here = try await store.read { try Things.children(of: "line-1", for: Asking.zone, in: $0) }
            #expect(here.map(\.id) == ["press-2"])
            let all = try await store.read {
                try Things.list(
                    ThingFilter(parent: "line-1", includesRetired: true), for: Asking.zone, in: $0)
            }
            #expect(all.rows.map(\.retired) == [later(5), nil])
            try await store.write { try $0.declare([shop[3]]) }
            #expect(try await store.read { try Things.find("press-1", for: Asking.zone, in: $0) }?.retired == nil)
        }
    }

    @Test("Describing anew changes name and place, never kind or scope")
    func anew() async throws {
        try await withStores { store in
            try await store.write { try $0.declare(shop) }
            var press = shop[3]
            press.name = Words("새 이름", "New name")
            press.parent = "area-1"
            let changed = press
            try await store.write { try $0.declare([changed], observed: later(1)) }
            #expect(try await store.read { try Things.find("press-1", for: Asking.zone, in: $0) } == changed)
            let other = thing("press-1", .robot)
            #expect(try await brokenRule { try await store.write { try $0.declare([other]) } } == .taken)
        }
    }
}
