import Access
import District
import Record
import Series
import Store
import TestKit
import Testing
import Twin
import Web

@testable import Fulfilment

/// A cold room that was too warm for too long: what lies there is kept back, and its orders are named.
@Suite struct ColdWatchTests {
    private func watched(_ kind: StoreUnderTest, _ body: (Yard, ColdWatch) async throws -> Void) async throws {
        try await Yard.with(kind) { yard in
            let zone = try Caller.system("test").tenant
            let sensor = Thing(
                id: "coolroom-1", kind: .machine, name: Words("1호 냉장실", "Cool room 1"), firm: FirmID(Yard.firm),
                scope: Yard.scope)
            try await yard.district.record(
                try await yard.store.read { try TwinEvents.declared([sensor], for: zone, in: $0) },
                origin: Origin(author: .system("test")))
            try await yard.perform(
                "fulfilment.cold.watch",
                ["centre": .string(Yard.centre), "climate": "chilled", "sensor": "coolroom-1"],
                by: .lead)
            let book = Handbook(shipped: Fulfilment.shippedData)
            try await body(yard, ColdWatch(spine: yard.spine, settings: try ColdSettings(book)))
        }
    }

    private func read(_ celsius: Double, _ yard: Yard) async throws {
        _ = try await yard.spine.series.append([
            Sample(SeriesKey("coolroom-1", "temperature"), Reading(time: yard.clock.read(), value: celsius))
        ])
    }

    private func state(_ yard: Yard) async throws -> String? {
        let zone = try Caller.system("test").tenant
        return try await yard.store.read { try ColdTable.list(for: zone, in: $0).first?.state }
    }

    @Test("what was too warm for too long cannot be shipped; what lies elsewhere can", arguments: StoreUnderTest.all)
    func excursion(on kind: StoreUnderTest) async throws {
        try await watched(kind) { yard, service in
            try await yard.put("MILK", lot: "L1", 24, at: "C-01-1", expiry: "2026-12-10T00:00:00+09:00")
            try await yard.put("RICE", 10, at: "A-01-1")
            try await yard.promise("order/1", "MILK", lot: "L1", 6)
            try await read(4, yard)
            try await service.look()
            #expect(try await state(yard) == "good")
            for celsius in [9.5, 11, 10] {
                yard.clock.advance(by: 480)
                try await read(celsius, yard)
                try await service.look()
            }
            #expect(try await state(yard) == "excursion")
            let told = try #require(try await yard.last(ColdTable.changed))
            #expect(told.payload["lots"]?.elements == ["MILK L1"] && told.payload["orders"]?.elements == ["order/1"])
            #expect(told.payload["worst"]?.double == 11)
            #expect(try await yard.count("MILK", lot: "L1", at: "C-01-1", status: .quarantine) == 24)
            #expect(try await yard.free("MILK") == 0)
            #expect(try await yard.free("RICE") == 10)
            let ended = try #require(try await yard.last(StockTable.unreserved))
            #expect(ended.payload["why"] == "quarantined" && ended.payload["order"] == "order/1")
            let many = try await yard.events().count
            try await service.look()
            #expect(try await yard.events().count == many, "looked at twice, it is said once")
            // What is put there while it is too warm is kept back too.
            try await yard.put("MILK", lot: "L2", 6, at: "C-01-1")
            try await service.look()
            #expect(try await yard.count("MILK", lot: "L2", at: "C-01-1", status: .quarantine) == 6)
            yard.clock.advance(by: 60)
            try await read(4, yard)
            try await service.look()
            #expect(try await state(yard) == "good")
            #expect(
                try await yard.count("MILK", lot: "L1", at: "C-01-1", status: .quarantine) == 24, "people let it go")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a sensor that is silent is unknown, and nothing is kept back for it") func silence() async throws {
        try await watched(.sqlite) { yard, service in
            try await yard.put("MILK", lot: "L1", 24, at: "C-01-1")
            try await service.look()
            #expect(try await state(yard) == "unknown")
            try await read(4, yard)
            try await service.look()
            #expect(try await state(yard) == "good")
            yard.clock.advance(by: 1000)
            try await service.look()
            #expect(try await state(yard) == "unknown")
            #expect(try await yard.free("MILK") == 24)
        }
    }

    @Test("another firm watches nothing here, and ends nothing") func tenancy() async throws {
        try await watched(.sqlite) { yard, _ in
            let values: [String: JSON] = [
                "centre": .string(Yard.centre), "climate": "frozen", "sensor": "coolroom-1",
            ]
            #expect(try await yard.refusal("fulfilment.cold.watch", values, by: .stranger)?.code == "cold.unknown")
            let ended: [String: JSON] = ["watch": "haesol-center/chilled", "reason": "x"]
            #expect(try await yard.refusal("fulfilment.cold.unwatch", ended, by: .stranger)?.code == "cold.unknown")
            try await yard.perform("fulfilment.cold.unwatch", ended, by: .lead)
            #expect(try await state(yard) == nil)
        }
    }
}
