import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

@Suite struct ReplenishTests {
    @Test(
        "a face below its minimum is filled from reserve, what expires first before the rest",
        arguments: StoreUnderTest.all)
    func tasks(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            for (name, kind) in [("C-05-2", "reserve"), ("C-06-2", "reserve")] {
                try await yard.perform(
                    "fulfilment.place.register",
                    [
                        "centre": .string(Yard.centre), "name": .string(name), "kind": .string(kind), "aisle": 2,
                        "position": 5, "climate": "chilled", "sequence": 150,
                    ], by: .lead)
            }
            try await yard.put("MILK", lot: "LATE", 30, at: "C-05-2", expiry: "2026-12-20T00:00:00+09:00")
            try await yard.put("MILK", lot: "SOON", 12, at: "C-06-2", expiry: "2026-12-05T00:00:00+09:00")
            try await yard.put("MILK", lot: "SOON", 2, at: "C-01-1", expiry: "2026-12-05T00:00:00+09:00")
            let face: [String: JSON] = ["item": "MILK", "place": "C-01-1", "minimum": 5, "maximum": 20]
            try await yard.perform("fulfilment.face.assign", face, by: .lead)
            let tenant = try Caller.picker.tenant
            let tasks = try await yard.store.read { try FaceTable.tasks(in: Yard.centre, for: tenant, in: $0) }
            #expect(tasks.map(\.lot) == ["SOON"])
            #expect(tasks.map(\.quantity) == [12])
            #expect(tasks.map(\.left) == [2])
            let late: [String: JSON] = [
                "item": "MILK", "lot": "LATE", "quantity": 5, "from": "C-05-2", "place": "C-01-1",
            ]
            #expect(
                try await yard.refusal("fulfilment.goods.replenish", late, by: .picker)?.code == "replenish.fefo")
            try await yard.perform(
                "fulfilment.goods.replenish",
                ["item": "MILK", "lot": "SOON", "quantity": 12, "from": "C-06-2", "place": "C-01-1"], by: .picker)
            #expect(try await yard.count("MILK", lot: "SOON", at: "C-01-1") == 14)
            try await yard.perform("fulfilment.goods.replenish", late, by: .picker)
            let done = try await yard.store.read { try FaceTable.tasks(in: Yard.centre, for: tenant, in: $0) }
            #expect(done.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("each refusal of faces and replenishing")
    func refusals() async throws {
        try await Yard.with { yard in
            func assign(_ item: String, _ place: String, _ least: Int64, _ most: Int64) async throws -> String? {
                try await yard.refusal(
                    "fulfilment.face.assign",
                    [
                        "item": .string(item), "place": .string(place), "minimum": .decimal(least),
                        "maximum": .decimal(most),
                    ], by: .lead)?.code
            }
            #expect(try await assign("RICE", "A-02-2", 1, 2) == "face.kind")
            #expect(try await assign("MILK", "A-01-1", 1, 2) == "face.climate")
            #expect(try await assign("RICE", "A-01-1", 3, 2) == "face.order")
            #expect(try await assign("RICE", "A-01-1", 3, 9) == nil)
            #expect(try await assign("RICE", "A-01-1", 0, 0) == nil)
            let tenant = try Caller.picker.tenant
            #expect(try await yard.store.read { try FaceTable.list(in: Yard.centre, for: tenant, in: $0) }.isEmpty)
            try await yard.put("RICE", 5, at: "A-01-1")
            #expect(
                try await yard.refusal(
                    "fulfilment.goods.replenish",
                    ["item": "RICE", "quantity": 1, "from": "A-01-1", "place": "A-02-1"], by: .picker)?.code
                    == "replenish.kind")
        }
    }
}
