import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

@Suite struct WorkTests {
    private func open(_ yard: Yard, _ more: [String: JSON] = [:]) async throws -> Refusal? {
        try await yard.refusal(
            "fulfilment.work.open",
            more.merging([
                "kind": "kit", "place": "WORK-1", "item": "SET", "quantity": 3,
                "parts": [["item": "MILK", "quantity": 2], ["item": "RICE", "quantity": 1]],
            ]) { one, _ in one }, by: .lead)
    }

    private func found(_ yard: Yard) async throws {
        try await yard.perform(
            "fulfilment.item.register",
            [
                "centre": .string(Yard.centre), "code": "SET", "name": "아침 세트", "climate": "chilled",
                "shelf_life": 7, "lots": true,
            ], by: .lead)
        try await yard.put("MILK", lot: "LATE", 10, at: "C-01-1", expiry: "2026-12-20T00:00:00+09:00")
        try await yard.put("MILK", lot: "SOON", 3, at: "C-01-1", expiry: "2026-12-05T00:00:00+09:00")
        try await yard.put("RICE", 3, at: "A-01-1")
    }

    @Test(
        "parts are used up and the kit comes to be in one event, never what is promised", arguments: StoreUnderTest.all)
    func kit(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await found(yard)
            try await yard.promise("order/1", "RICE", 1)
            #expect(try await open(yard) == nil)
            let tenant = try Caller.picker.tenant
            let work = try #require(
                try await yard.store.read { try WorkTable.list(at: Yard.centre, for: tenant, in: $0) }.first)
            func make(_ quantity: Int64, _ more: [String: JSON] = ["lot": "K1"], by caller: Caller = .picker)
                async throws
                -> String?
            {
                try await yard.refusal(
                    "fulfilment.work.make",
                    more.merging(["work": .string(work.id), "quantity": .decimal(quantity)]) { one, _ in one },
                    by: caller)?.code
            }
            #expect(try await make(3) == "work.parts-missing")
            #expect(try await make(4) == "work.too-many")
            #expect(try await make(2, [:]) == "work.lot")
            #expect(try await make(2, ["lot": "K1", "expiry": "2026-12-10"]) == "work.expiry")
            #expect(try await make(2, by: .stranger) == "work.unknown")
            #expect(try await make(2) == nil)
            #expect(try await yard.count("SET", lot: "K1", at: "WORK-1") == 2)
            #expect(try await yard.count("MILK", lot: "SOON", at: "C-01-1") == 0)
            #expect(try await yard.count("MILK", lot: "LATE", at: "C-01-1") == 9)
            #expect(try await yard.count("RICE", at: "A-01-1") == 1)
            #expect(try await yard.free("RICE") == 0)
            let event = try #require(try await yard.last(StockEvent.consumed))
            let moves = try #require(StockEvent(event.type, event.payload)).moves
            #expect(moves.filter { $0.to == nil }.count == 3 && moves.filter { $0.from == nil }.map(\.item) == ["SET"])
            // The kit lasts as long as the first of its parts.
            let expiry = try await yard.store.read {
                try FloorStock.expiry(of: "SET", lot: "K1", for: tenant, in: $0)
            }
            #expect(expiry == Timestamp(iso8601: "2026-12-05T00:00:00+09:00"))
            try await yard.perform(
                "fulfilment.work.cancel", ["work": .string(work.id), "why": "쌀 없음"], by: .lead)
            #expect(try await make(1) == "work.closed")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("each refusal of ordering work")
    func refusals() async throws {
        try await Yard.with { yard in
            try await found(yard)
            #expect(try await open(yard, ["place": "A-01-1"])?.code == "work.place")
            #expect(try await open(yard, ["parts": []])?.code == "work.empty")
            #expect(try await open(yard, ["parts": [["item": "SET", "quantity": 1]]])?.code == "work.parts")
            #expect(
                try await open(yard, ["parts": [["item": "RICE", "quantity": 1], ["item": "RICE", "quantity": 1]]])?
                    .code == "work.parts")
            #expect(try await open(yard, ["parts": [["item": "METER", "quantity": 1]]])?.code == "work.serials")
            #expect(try await open(yard, ["parts": [["item": "NONE", "quantity": 1]]])?.code == "item.unknown")
        }
    }
}
