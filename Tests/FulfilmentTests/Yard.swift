import Access
import District
@_exported import HouseKit
import Record
import Store
import TestKit
import Twin

@testable import Fulfilment

/// A district with a firm, a centre of its own, items, places, and the stock that a test puts there.
extension Yard {
    static let centre = "haesol-center"
    static let firm = "firm-haesol"
    static let scope = Scope.firm(FirmID(firm))

    /// Runs a test on a fresh, founded yard without stock.
    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await with([try Fulfilment()], on: kind) { yard in
            try await yard.found()
            try await body(yard)
        }
    }

    /// Two firms, the centre, items and places.
    func found() async throws {
        for firm in [Self.firm, "firm-other"] { try await register(firm) }
        for caller in [Caller.picker, .second, .lead, .stranger] { try await enrol(caller) }
        let thing = Thing(
            id: ThingID(Self.centre), kind: .building, name: Words("해솔 물류센터", "Haesol fulfilment centre"),
            firm: FirmID(Self.firm), scope: Self.scope)
        let system = Caller.system("test")
        let zone = try system.tenant
        try await district.record(
            try await store.read { try TwinEvents.declared([thing], for: zone, in: $0) },
            origin: Origin(author: .system("test")))
        for item in Self.items {
            var values = item
            values["centre"] = .string(Self.centre)
            try await perform("fulfilment.item.register", values, by: system)
        }
        for place in Self.places {
            var values = place
            values["centre"] = .string(Self.centre)
            try await perform("fulfilment.place.register", values, by: system)
        }
    }

    /// Dry, chilled, frozen, hazardous, and with serial numbers.
    static let items: [[String: JSON]] = [
        [
            "code": "RICE", "name": "쌀 10kg", "gtin": "8801234567893", "length": 400, "width": 300, "height": 120,
            "weight": 10_000, "velocity": "a", "cost": 22_000, "price": 31_000,
        ],
        [
            "code": "MILK", "name": "우유 1L", "length": 70, "width": 70, "height": 200, "weight": 1_030,
            "climate": "chilled", "shelf_life": 14, "minimum_life": 3, "lots": true, "velocity": "a", "cost": 1_900,
            "price": 2_900,
        ],
        [
            "code": "ICE", "name": "냉동 만두", "length": 250, "width": 180, "height": 60, "weight": 1_000,
            "climate": "frozen", "shelf_life": 365, "lots": true, "velocity": "b", "price": 8_900,
        ],
        ["code": "THINNER", "name": "신너 1L", "hazard": "3", "weight": 900, "lots": true, "price": 6_000],
        ["code": "BLEACH", "name": "산화표백제", "hazard": "5.1", "weight": 1_200, "lots": true, "price": 4_000],
        ["code": "METER", "name": "혈당측정기", "serials": true, "weight": 200, "price": 45_000],
        ["code": "GLOVES", "name": "장갑 100매", "length": 230, "width": 120, "height": 80, "weight": 500],
    ]

    static let places: [[String: JSON]] = [
        ["name": "DOCK-1", "kind": "dock"], ["name": "STAGE-1", "kind": "staging"],
        [
            "name": "A-01-1", "kind": "pick", "aisle": 0, "position": 0, "volume": 600_000, "weight": 400_000,
            "sequence": 10, "node": "rack-A-01",
        ],
        [
            "name": "A-02-1", "kind": "pick", "aisle": 0, "position": 1, "volume": 600_000, "weight": 400_000,
            "sequence": 20, "node": "rack-A-02",
        ],
        [
            "name": "A-02-2", "kind": "reserve", "aisle": 0, "position": 1, "level": 1, "volume": 1_500_000,
            "weight": 900_000, "sequence": 21, "node": "rack-A-02",
        ],
        [
            "name": "C-01-1", "kind": "pick", "aisle": 2, "position": 0, "volume": 600_000, "weight": 400_000,
            "climate": "chilled", "sequence": 110,
        ],
        [
            "name": "F-01-1", "kind": "pick", "aisle": 3, "position": 0, "volume": 600_000, "weight": 400_000,
            "climate": "frozen", "sequence": 210,
        ],
        ["name": "H-01-1", "kind": "reserve", "aisle": 4, "position": 0, "hazards": "3 5.1", "sequence": 310],
        ["name": "H-02-1", "kind": "reserve", "aisle": 4, "position": 1, "hazards": "3 5.1", "sequence": 320],
        ["name": "Q-01", "kind": "quarantine", "sequence": 900], ["name": "PACK-1", "kind": "pack"],
        ["name": "SORT-1", "kind": "sort"], ["name": "SHIP-1", "kind": "shipping"],
        ["name": "RET-1", "kind": "returns"],
        ["name": "WORK-1", "kind": "work"],
    ]

    /// The thing that a place is.
    static func place(_ name: String) -> String { Place.id(name, in: centre) }

    /// Goods that lie somewhere, as if they had been received and put away; a lot becomes known with its expiry.
    func put(
        _ item: String, lot: String = "", _ quantity: Int64, at place: String, status: StockStatus = .available,
        expiry: String? = nil, serials: [String] = []
    ) async throws {
        var drafts: [Draft] = []
        if !lot.isEmpty {
            var payload: [String: JSON] = ["item": .string(item), "lot": .string(lot)]
            if let expiry { payload["expiry"] = .string(expiry) }
            drafts.append(
                Draft(StockTable.opened, stream: "lot/\(item)/\(lot)", scope: Self.scope, payload: payload))
        }
        let spot = Spot(location: Self.place(place), status: status)
        let event = StockEvent(
            StockEvent.received, centre: Self.centre, step: "receiving",
            moves: [Move(item, lot: lot, quantity, to: spot, serials: serials)])
        drafts.append(event.draft(stream: "goods/test", scope: Self.scope))
        try await district.record(drafts, origin: Origin(author: .system("test")))
    }

    /// Promises stock to an order, as orders do.
    func promise(_ order: String, _ item: String, lot: String = "", _ quantity: Int64, line: Int64 = 1) async throws {
        let share = Reserved(
            order: order, line: line, centre: Self.centre, item: item, lot: lot, quantity: quantity)
        try await district.record(
            [Reserved.draft([share], stream: order, scope: Self.scope, of: order, in: Self.centre)],
            origin: Origin(author: .system("test")))
    }

    /// How many of an item lie at a place in a state.
    func count(
        _ item: String, lot: String = "", at place: String, status: StockStatus = .available
    ) async throws -> Int64 {
        let zone = try Caller.system("test").tenant
        return try await store.read { reader in
            try StockTable.held(in: Self.centre, item: item, location: Self.place(place), for: zone, in: reader)
                .filter { $0.spot.status == status && $0.lot == lot }.reduce(0) { $0 + $1.quantity }
        }
    }

    /// What of an item is in good state and promised to nobody.
    func free(_ item: String) async throws -> Int64 {
        let zone = try Caller.system("test").tenant
        return try await store.read { reader in
            try StockTable.lots(of: item, in: Self.centre, for: zone, in: reader).reduce(0) { $0 + $1.free }
        }
    }
}

extension Caller {
    /// Works on the floor.
    static let picker = person("haesol-picker", [.worker], firm: Yard.firm)
    /// Works there too: a second pair of eyes.
    static let second = person("haesol-second", [.worker], firm: Yard.firm)
    /// Leads the shift.
    static let lead = person("haesol-lead", [.operator], firm: Yard.firm)
    /// Works for another firm.
    static let stranger = person("other-worker", [.worker, .operator], firm: "firm-other")
}
