import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Stock out of moves: it is never negative, never promised twice, and comes back from the Record to the unit.
@Suite struct StockTableTests {
    static let centre = "haesol-center"
    static let scope = Scope.firm(FirmID("firm-haesol"))
    static let tenant = Tenant.firm(FirmID("firm-haesol"))

    /// Goods that come in.
    static func came(_ item: String, lot: String = "", _ quantity: Int64, at location: String = "A-01") -> Draft {
        StockEvent(
            StockEvent.received, centre: centre, step: "receiving",
            moves: [Move(item, lot: lot, quantity, to: Spot(location: location))]
        ).draft(stream: "inbound/1", scope: scope)
    }

    static func went(_ item: String, lot: String = "", _ quantity: Int64, from location: String = "A-01") -> Draft {
        StockEvent(
            StockEvent.shipped, centre: centre, step: "shipping",
            moves: [Move(item, lot: lot, quantity, from: Spot(location: location))]
        ).draft(stream: "order/1", scope: scope)
    }

    static func promise(_ item: String, lot: String = "", _ quantity: Int64, to order: String) -> Draft {
        Reserved.draft(
            [Reserved(order: order, line: 1, centre: centre, item: item, lot: lot, quantity: quantity)],
            stream: order, scope: scope, of: order, in: centre)
    }

    static let origin = Origin(author: .system("test"))

    private func lots(_ item: String, _ yard: Yard) async throws -> [LotStock] {
        try await yard.store.read { try StockTable.lots(of: item, in: Self.centre, for: Self.tenant, in: $0) }
    }

    @Test("what is taken away is refused where there is less, and nothing of it stays", arguments: StoreUnderTest.all)
    func neverNegative(on kind: StoreUnderTest) async throws {
        try await Yard.with([try Fulfilment()], on: kind) { yard in
            try await yard.district.record([Self.came("milk", 10)], origin: Self.origin)
            await #expect(throws: StockRefusal.tooLittle("milk", at: "A-02")) {
                try await yard.district.record(
                    [Self.went("milk", 3), Self.went("milk", 3, from: "A-02")], origin: Self.origin)
            }
            #expect(try await lots("milk", yard).map(\.available) == [10])
            try await yard.district.record([Self.went("milk", 10)], origin: Self.origin)
            let left = try await yard.store.read {
                try StockTable.held(in: Self.centre, for: Self.tenant, in: $0)
            }
            #expect(left.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is promised does not leave, and no more is promised than lies there", arguments: StoreUnderTest.all)
    func promised(on kind: StoreUnderTest) async throws {
        try await Yard.with([try Fulfilment()], on: kind) { yard in
            try await yard.district.record(
                [Self.came("milk", lot: "L1", 10), Self.promise("milk", lot: "L1", 7, to: "order/1")],
                origin: Self.origin)
            await #expect(throws: StockRefusal.promised("milk", lot: "L1")) {
                try await yard.district.record([Self.went("milk", lot: "L1", 4)], origin: Self.origin)
            }
            await #expect(throws: StockRefusal.sold("milk")) {
                try await yard.district.record([Self.promise("milk", lot: "L1", 4, to: "order/2")], origin: Self.origin)
            }
            let share = Reserved(
                order: "order/1", line: 1, centre: Self.centre, item: "milk", lot: "L1", quantity: 7)
            let ended = Reserved.end(
                [share], .shipped, stream: "order/1", scope: Self.scope, of: "order/1", in: Self.centre)
            try await yard.district.record([ended, Self.went("milk", lot: "L1", 7)], origin: Self.origin)
            #expect(try await lots("milk", yard).map(\.free) == [3])
            await #expect(throws: StockRefusal.unpromised("order/1")) {
                try await yard.district.record([ended], origin: Self.origin)
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "64 who want the last 20 at once get 20 together, and everybody gets an answer", arguments: StoreUnderTest.all)
    func neverOversold(on kind: StoreUnderTest) async throws {
        try await Yard.with([try Fulfilment()], on: kind) { yard in
            try await yard.district.record([Self.came("scarce", 20)], origin: Self.origin)
            let district = yard.district
            let (got, refused) = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 1...64 {
                    group.addTask {
                        do {
                            try await district.record(
                                [Self.promise("scarce", 1, to: "order/\(number)")], origin: Self.origin)
                            return true
                        } catch let refusal as Refusal {
                            #expect(refusal == StockRefusal.sold("scarce"))
                            return false
                        }
                    }
                }
                return try await group.reduce(into: (0, 0)) { $1 ? ($0.0 += 1) : ($0.1 += 1) }
            }
            #expect(got == 20 && refused == 44)
            let lot = try #require(try await lots("scarce", yard).first)
            #expect(lot.reserved == 20 && lot.free == 0)
            let promised = try await yard.store.read {
                try StockTable.promises(of: "scarce", lot: "", in: Self.centre, for: Self.tenant, in: $0)
            }
            #expect(promised.count == 20 && promised.allSatisfy { $0.quantity == 1 })
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a serial number is where its piece is") func serials() async throws {
        try await Yard.with([try Fulfilment()], on: .sqlite) { yard in
            let came = StockEvent(
                StockEvent.received, centre: Self.centre, step: "receiving",
                moves: [Move("pump", 2, to: Spot(location: "A-01"), serials: ["S1", "S2"])])
            let moved = StockEvent(
                StockEvent.stored, centre: Self.centre, step: "storing",
                moves: [Move("pump", 1, from: Spot(location: "A-01"), to: Spot(location: "B-01"), serials: ["S2"])])
            try await yard.district.record(
                [
                    came.draft(stream: "inbound/1", scope: Self.scope),
                    moved.draft(stream: "inbound/1", scope: Self.scope),
                ],
                origin: Self.origin)
            let places = try await yard.store.read { reader in
                try reader.query("SELECT serial, location FROM fulfilment_serials ORDER BY serial")
                    .map { [try $0.text("serial"), try $0.text("location")] }
            }
            #expect(places == [["S1", "A-01"], ["S2", "B-01"]])
        }
    }

    @Test("another firm sees nothing of it") func tenancy() async throws {
        try await Yard.with([try Fulfilment()], on: .sqlite) { yard in
            try await yard.district.record([Self.came("milk", lot: "L1", 10)], origin: Self.origin)
            let other = Tenant.firm(FirmID("firm-gaon"))
            let seen = try await yard.store.read { reader in
                (
                    try StockTable.lots(of: "milk", in: Self.centre, for: other, in: reader),
                    try StockTable.held(in: Self.centre, for: other, in: reader),
                    try StockTable.owners(of: "L1", of: "milk", for: other, in: reader)
                )
            }
            #expect(seen.0.isEmpty && seen.1.isEmpty && seen.2.isEmpty)
        }
    }
}
