import District
import Record
import Store
import TestKit
import Testing

@testable import Stewardship

struct AdoptionTests {
    @Test("what is declared runs provisionally, what asks outside does not", arguments: StoreUnderTest.all)
    func adopted(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .runs)
            #expect(try await yard.district.standing(of: MillRoom.outside) == .unregistered)
            let kept = try await yard.store.read { try RegisterTable.all(in: $0) }
            #expect(kept.map(\.id) == ["mill.grain", "mill.outside"])
            #expect(kept.map(\.permit?.basis) == [.provisional, nil])
            #expect(kept[0].fields["name_en"] == "Sorting grain")
            #expect(kept[1].isOutside)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("adopting again leads to nothing")
    func again() async throws {
        try await Yard.with { yard in
            let before = try await yard.events().count
            try await RegisterService.adopt(yard.district)
            #expect(try await yard.events().count == before)
        }
    }

    @Test("ninety days on it stops by itself, and is told of once")
    func ended() async throws {
        try await Yard.with { yard in
            yard.clock.advance(by: 90 * 86_400 - 1)
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .runs)
            yard.clock.advance(by: 1)
            #expect(try await yard.district.standing(of: MillRoom.grain()) == .expired)
            let service = RegisterService(district: yard.district)
            for _ in 1...2 { try await service.expire() }
            let told = try await yard.events().filter { $0.type == UseEvents.expired }
            #expect(told.map { $0.payload["use"] } == ["mill.grain"])
        }
    }

    @Test("a release that declares another model stops the use")
    func changed() async throws {
        try await Yard.with { yard in
            let after = try await yard.released([MillRoom.grain(model: "grain/2"), MillRoom.outside])
            #expect(try await after.district.standing(of: MillRoom.grain(model: "grain/2")) == .unregistered)
            let entry = try #require(
                try await after.store.read { try RegisterTable.find("mill.grain", in: $0) })
            #expect(entry.reopened == "declaration-changed")
            #expect(entry.permit == nil)
            #expect(entry.fields["model"] == "grain/2")
            await #expect(throws: Refusal.self) {
                try await after.district.record(
                    [Draft("mill.sorted", stream: "grain/1", scope: .zone)],
                    origin: Origin(author: .model("mill.grain")))
            }
            #expect(try await after.rebuildsAlike())
        }
    }
}
