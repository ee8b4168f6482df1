import Access
import District
import Record
import Store
import TestKit
import Testing
import Twin

@testable import Fulfilment

@Suite struct GoodsTests {
    @Test("check figures of GS1 keys")
    func checkFigures() {
        // The worked example of the GS1 General Specifications, and labels of our own sample.
        #expect(GTIN.isSound("6291041500213"))
        #expect(!GTIN.isSound("6291041500214"))
        #expect(GTIN.isSound("8801234567893"))
        #expect(!GTIN.isSound("880123456789"))
        #expect(!GTIN.isSound("88012345678x3"))
        #expect(!GTIN.isSound(""))
        #expect(GTIN.isSoundSSCC("340123450000000000"))
        #expect(!GTIN.isSoundSSCC("340123450000000001"))
        #expect(GTIN.sscc(scanned: "(00)340123450000000000") == "340123450000000000")
        #expect(GTIN.sscc(scanned: "8801234567893") == nil)
    }

    @Test("an item and a place say the same after they went through their events")
    func alike() throws {
        for values in Yard.items {
            let item = try RegisterItem.item(values)
            #expect(Item(item.json) == item)
        }
        for values in Yard.places {
            let place = try RegisterPlace.place(values, in: Yard.centre)
            #expect(Place(place.json) == place)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func foundAgain(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let tenant = try Caller.picker.tenant
            try await yard.store.read { reader in
                #expect(try ItemTable.meant("rice", for: tenant, in: reader)?.weight == 10_000)
                #expect(try ItemTable.meant("08801234567893", for: tenant, in: reader)?.code == "RICE")
                #expect(
                    try PlaceTable.meant("a-02-2", in: Yard.centre, for: tenant, in: reader)?.volume == 1_500_000_000)
                #expect(try Things.find(ThingID(Yard.place("A-02-2")), for: tenant, in: reader)?.kind == .shelf)
                #expect(
                    try PlaceTable.list(in: Yard.centre, kinds: [.pick], for: tenant, in: reader).map(\.name)
                        == ["A-01-1", "A-02-1", "C-01-1", "F-01-1"])
                let other = try Caller.stranger.tenant
                #expect(try ItemTable.all(for: other, in: reader).isEmpty)
                #expect(try PlaceTable.find(Yard.place("A-02-2"), for: other, in: reader) == nil)
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what cannot be is refused by field and rule")
    func refused() async throws {
        try await Yard.with { yard async throws in
            let item = { (more: [String: JSON]) in
                more.merging(["centre": .string(Yard.centre), "code": "NEW", "name": "새것"]) { one, _ in one }
            }
            func code(_ command: String, _ values: [String: JSON], _ caller: Caller = .lead) async throws -> String? {
                try await yard.refusal(command, values, by: caller)?.code
            }
            #expect(try await code("fulfilment.item.register", item(["gtin": "8801234567890"])) == "item.gtin")
            #expect(try await code("fulfilment.item.register", item(["code": "한글"])) == "item.code")
            #expect(try await code("fulfilment.item.register", item(["shelf_life": 30])) == "item.lots")
            #expect(try await code("fulfilment.item.register", item([:]), .stranger) == "centre.unknown")
            #expect(try await code("fulfilment.item.register", item([:]), .picker) == "access.forbidden")
            #expect(try await code("fulfilment.item.register", item([:])) == nil)
            let place: [String: JSON] = ["centre": .string(Yard.centre), "name": "B 1", "kind": "pick"]
            #expect(try await code("fulfilment.place.register", place) == "place.name")
            #expect(
                try await code(
                    "fulfilment.place.register",
                    ["centre": .string(Yard.centre), "name": "B-1", "kind": "pick", "hazards": "3 10"])
                    == "place.hazard")
        }
    }

    @Test("a place is closed with a reason, and opened by who leads")
    func closing() async throws {
        try await Yard.with { yard in
            let place: [String: JSON] = ["place": "A-01-1"]
            try await yard.perform("fulfilment.place.close", place.merging(["why": "파손"]) { $1 }, by: .picker)
            let again = try await yard.refusal(
                "fulfilment.place.close", place.merging(["why": "파손"]) { $1 }, by: .picker)
            #expect(again?.code == "place.closed")
            let tenant = try Caller.picker.tenant
            let closed = try await yard.store.read { try PlaceTable.closed(in: Yard.centre, for: tenant, in: $0) }
            #expect(closed == [Yard.place("A-01-1"): "파손"])
            #expect(try await yard.refusal("fulfilment.place.open", place, by: .picker)?.code == "access.forbidden")
            #expect(try await yard.refusal("fulfilment.place.open", place, by: .stranger)?.code == "place.unknown")
            try await yard.perform("fulfilment.place.open", place, by: .lead)
            #expect(try await yard.refusal("fulfilment.place.open", place, by: .lead)?.code == "place.open")
            #expect(try await yard.rebuildsAlike())
        }
    }
}
