import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Orders are shared out to packing stations when they are released, and again where a station closes.
@Suite struct StationChoiceTests {
    private static func station(
        _ name: String, slots: Int = 2, waiting: [String] = [], isClosed: Bool = false
    ) -> PackStation {
        var place = Place(id: name, centre: "c", name: name, kind: .pack)
        place.isClosed = isClosed
        return PackStation(place: place, slots: slots, coming: [], waiting: waiting)
    }

    private static func task(_ order: String, _ item: String, at place: String) -> PickTask {
        PickTask(
            task: 0, order: order, line: 1, item: item, name: item, lot: "", quantity: 1, place: place, sequence: 0)
    }

    private static func assign(_ tasks: [PickTask], _ stations: [PackStation]) -> [String: String] {
        StationChoice.assign(tasks, places: [], due: [:], at: Timestamp(microseconds: 0), to: stations)
    }

    @Test("orders of the same shelf share a station, a full one leaves the rest to the next, a closed one gets none")
    func shared() {
        let tasks = [
            Self.task("o1", "X", at: "s1"), Self.task("o2", "Y", at: "s2"), Self.task("o3", "X", at: "s1"),
            Self.task("o4", "Y", at: "s2"),
        ]
        let plan = Self.assign(tasks, [Self.station("P1"), Self.station("P2")])
        #expect(plan["o1"] == plan["o3"] && plan["o2"] == plan["o4"] && plan["o1"] != plan["o2"])
        #expect(Set(Self.assign(tasks, [Self.station("P1", isClosed: true), Self.station("P2")]).values) == ["P2"])
        #expect(Self.assign(tasks, [Self.station("P1", isClosed: true)]).isEmpty)
    }

    @Test("a station with much before it gets nothing while another is free")
    func balanced() {
        let plan = Self.assign(
            [Self.task("o1", "X", at: "s1")],
            [Self.station("P1", waiting: ["a", "b", "c"]), Self.station("P2")])
        #expect(plan == ["o1": "P2"])
    }

    @Test("orders of a closed station move by tour, to where least waits; without an open one they have none")
    func settled() {
        func bound(_ order: String, _ station: String?, tour: String?) -> StationBound {
            StationBound(order: order, station: station, state: .picked, ship: nil, tour: tour)
        }
        let orders = [
            bound("o1", "P1", tour: "t1"), bound("o2", "P1", tour: "t1"), bound("o3", "P1", tour: "t2"),
            bound("o4", "P2", tour: "t3"),
        ]
        let stations = [
            Self.station("P1", isClosed: true), Self.station("P2", slots: 2, waiting: ["o4"]), Self.station("P3"),
        ]
        let changes = Dictionary(
            StationChoice.settle(orders, stations).map { ($0.order, $0.station) }, uniquingKeysWith: { $1 })
        #expect(changes["o1"] == "P3" && changes["o2"] == "P3" && changes["o3"] == "P2" && changes["o4"] == nil)
        let none = StationChoice.settle(orders, [Self.station("P1", isClosed: true)])
        #expect(none.count == 4 && none.allSatisfy { $0.station == nil })
        #expect(StationChoice.reopened(["o1": "P1", "o4": "P2"], stations) == ["o1": "P3", "o4": "P2"])
    }

    @Test("the bottleneck is what is filled most beyond what it takes; none where nothing waits beyond its slots")
    func bottleneck() {
        let stations = [
            Self.station("P1", slots: 2, waiting: ["a", "b"]), Self.station("P2", slots: 1, waiting: ["a", "b"]),
            Self.station("P3", slots: 4, waiting: ["a", "b", "c", "d", "e"]),
        ]
        #expect(PackStation.bottleneck(stations)?.place.name == "P2")
        #expect(PackStation.bottleneck([stations[0]]) == nil)
        #expect(
            PackStation.bottleneck(stations + [Self.station("P4", waiting: ["a"], isClosed: true)])?.place.name == "P4")
    }

    @Test(
        "released orders get stations and tours of one station each; closing one moves them",
        arguments: StoreUnderTest.all)
    func released(on kind: StoreUnderTest) async throws {
        try await Yard.selling(kind) { yard in
            try await yard.perform(
                "fulfilment.place.register",
                ["centre": .string(Yard.centre), "name": "PACK-2", "kind": "pack", "node": "packing-2"],
                by: .system("test"))
            func set(_ place: String, by caller: Caller = .lead) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.station.set", ["place": .string(place), "slots": 1], by: caller)?.code
            }
            #expect(try await set("A-01-1") == "station.kind")
            #expect(try await set("PACK-1", by: .picker) != nil)
            #expect(try await set("PACK-1") == nil)
            #expect(try await set("PACK-2") == nil)
            try await yard.put("RICE", 9, at: "A-01-1")
            try await yard.put("GLOVES", 9, at: "A-02-1")
            let orders = [try await yard.order([("RICE", 1)]), try await yard.order([("GLOVES", 1)])]
            try await yard.release()
            func bound() async throws -> [String: String] {
                let all = try await yard.store.read {
                    try StationTable.orders(in: Yard.centre, for: Yard.owner, in: $0)
                }
                return Dictionary(
                    all.compactMap { one in one.station.map { (one.order, $0) } }, uniquingKeysWith: { $1 })
            }
            let (one, two) = (Yard.place("PACK-1"), Yard.place("PACK-2"))
            #expect(Set(try await bound().values) == [one, two])
            #expect(Set(try await yard.tasks().map(\.tour)).count == 2)
            func list() async throws -> [PackStation] {
                try await yard.store.read { try StationTable.list(in: Yard.centre, for: Yard.owner, in: $0) }
            }
            #expect(try await list().map(\.coming.count) == [1, 1])

            try await yard.perform("fulfilment.place.close", ["place": .string(one), "why": "고장"], by: .lead)
            #expect(try await bound() == [orders[0]: two, orders[1]: two])
            try await yard.perform("fulfilment.place.close", ["place": .string(two), "why": "고장"], by: .lead)
            #expect(try await bound().isEmpty)
            try await yard.perform("fulfilment.place.open", ["place": .string(one)], by: .lead)
            #expect(try await bound() == [orders[0]: one, orders[1]: one])
            try await yard.pickAll()
            #expect(try await list().map(\.waiting.count) == [2, 0])
            try await yard.perform("fulfilment.order.cancel", ["order": .string(orders[0])], by: .lead)
            #expect(try await bound() == [orders[1]: one])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a robot carries totes and shelves to the station that their orders were given to")
    func carried() async throws {
        try await Yard.selling { yard in
            for number in [2, 3] {
                try await yard.perform(
                    "fulfilment.place.register",
                    [
                        "centre": .string(Yard.centre), "name": .string("PACK-\(number)"), "kind": "pack",
                        "node": .string("packing-\(number)"),
                    ], by: .system("test"))
            }
            for name in ["PACK-1", "PACK-2"] {
                try await yard.perform(
                    "fulfilment.place.close", ["place": .string(Yard.place(name)), "why": "점검"], by: .lead)
            }
            try await yard.put("RICE", 9, at: "A-01-1")
            try await yard.order([("RICE", 1)])
            try await yard.release()
            // The first one that robots reach is open again, but the order was given to the third.
            try await yard.perform("fulfilment.place.open", ["place": .string(Yard.place("PACK-2"))], by: .lead)
            try await yard.perform("fulfilment.carry.shelf", ["place": "A-01-1"], by: .picker)
            let shelf = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(shelf.stops == ["rack-A-01", "packing-3"])
            let tour = try #require(try await yard.tasks().first?.tour)
            try await yard.pickAll()
            try await yard.perform("fulfilment.carry.totes", ["tour": .string(tour)], by: .picker)
            let totes = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(totes.stops.last == "packing-3")
        }
    }
}
