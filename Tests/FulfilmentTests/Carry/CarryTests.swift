import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Robots carry totes to packing and shelves to stations; what they tell says where things are.
@Suite struct CarryTests {
    /// The yard with a packing station that robots reach.
    private func with(_ body: (Yard) async throws -> Void) async throws {
        try await Yard.selling { yard in
            try await yard.perform(
                "fulfilment.place.register",
                ["centre": .string(Yard.centre), "name": "PACK-2", "kind": "pack", "node": "packing-2"],
                by: .system("test"))
            try await body(yard)
        }
    }

    private func state(_ yard: Yard, _ subject: String) async throws -> Carry? {
        try await yard.store.read { try CarryTable.last(of: subject, for: Yard.owner, in: $0) }
    }

    @Test("a finished tour's totes go to packing by robot; a failure is told, and they are sent again")
    func totes() async throws {
        try await with { yard in
            try await yard.put("GLOVES", 10, at: "A-02-1")
            try await yard.order([("GLOVES", 2)])
            try await yard.release()
            let tour = try #require(try await yard.tasks().first?.tour)
            let values: [String: JSON] = ["tour": .string(tour)]
            func code(_ more: [String: JSON] = [:], by caller: Caller = .picker) async throws -> String? {
                try await yard.refusal("fulfilment.carry.totes", values.merging(more) { $1 }, by: caller)?.code
            }
            #expect(try await code() == "carry.open")
            try await yard.pickAll()
            #expect(try await code(by: .stranger) == "pick.unknown")
            #expect(try await code(["station": "PACK-1"]) == "carry.node")
            #expect(try await code(["station": "A-01-1"]) == "carry.station")
            #expect(try await code() == nil)
            let wanted = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(wanted.stops == ["rack-A-02", "packing-2"] && wanted.site == Yard.centre && wanted.load == 1)
            #expect(try await state(yard, tour)?.state == .underWay)
            #expect(try await code() == "carry.under-way")
            try await yard.tell(MissionEnded.failed, wanted.purpose)
            #expect(try await state(yard, tour)?.state == .failed)
            #expect(try await code() == nil)
            let again = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(again.purpose != wanted.purpose)
            try await yard.tell(MissionEnded.completed, again.purpose)
            #expect(try await state(yard, tour)?.state == .arrived)
            #expect(try await code() == "carry.there")
            // Told twice, it has arrived once.
            try await yard.tell(MissionEnded.failed, again.purpose)
            #expect(try await state(yard, tour)?.state == .arrived)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a shelf comes to a station once, and goes home from where it stands")
    func shelf() async throws {
        try await with { yard in
            let place: [String: JSON] = ["place": "A-01-1"]
            func code(_ verb: String, _ values: [String: JSON]) async throws -> String? {
                try await yard.refusal("fulfilment.carry.\(verb)", values, by: .picker)?.code
            }
            #expect(try await code("home", place) == "carry.home")
            #expect(try await code("shelf", ["place": "PACK-1"]) == "carry.shelf")
            #expect(try await code("shelf", ["place": "C-01-1"]) == "carry.node")
            #expect(try await code("shelf", place) == nil)
            #expect(try await code("shelf", place) == "carry.under-way")
            let out = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(out.kind == "fetch" && out.stops == ["rack-A-01", "packing-2"])
            try await yard.tell(MissionEnded.completed, out.purpose)
            #expect(try await code("shelf", place) == "carry.there")
            #expect(try await code("home", place) == nil)
            let back = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(back.stops == ["packing-2", "rack-A-01"])
            // The robot did not take it: it still stands at the station.
            try await yard.tell(MissionEnded.cancelled, back.purpose)
            #expect(try await code("shelf", place) == "carry.there")
            #expect(try await code("home", place) == nil)
            let second = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            try await yard.tell(MissionEnded.completed, second.purpose)
            #expect(try await code("home", place) == "carry.home")
            #expect(try await code("shelf", place) == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
