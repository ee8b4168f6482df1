import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Twin

@testable import Fulfilment

/// A shift of the centre from the lorry to the customer: 40 lots of eight items, a place each, in two zones of the hall.
struct GreatShift {
    let yard: Yard
    var draw = Draws(seed: 20_261_122)
    /// Orders by how they go out.
    var orders: [String] = []

    static let zone = ThingID("haesol-zone-b")
    /// Six items of the hall and two of the cold room, five lots each.
    static let items = (0..<8).map { $0 < 6 ? "HALL\($0)" : "COLD\($0)" }
    static func lots(of item: String) -> [String] { (1...5).map { "\(item)-L\($0)" } }
    /// Where each of the 40 lots lies; every fourth one in the zone that is closed.
    static func place(_ number: Int) -> String { "P-\(number < 10 ? "0" : "")\(number)" }
    static func isInZone(_ number: Int) -> Bool { number % 4 == 3 }

    // MARK: - The hall

    func build() async throws {
        let zone = Thing(
            id: Self.zone, kind: .area, parent: ThingID(Yard.centre), name: Words("나 구역", "Zone B"),
            firm: FirmID(Yard.firm), scope: Yard.scope)
        let shelves = (0..<40).filter(Self.isInZone).map { number in
            Thing(
                id: ThingID(Yard.place(Self.place(number))), kind: .shelf, parent: Self.zone,
                name: Words(Self.place(number), Self.place(number)), firm: FirmID(Yard.firm), scope: Yard.scope)
        }
        let everybody = try Caller.system("test").tenant
        for things in [[zone], shelves] {
            try await yard.district.record(
                try await yard.store.read { try TwinEvents.declared(things, for: everybody, in: $0) },
                origin: Origin(author: .system("test")))
        }
        for (index, item) in Self.items.enumerated() {
            try await yard.perform(
                "fulfilment.item.register",
                [
                    "centre": .string(Yard.centre), "code": .string(item), "name": .string("상품 \(index)"),
                    "length": 80, "width": 60, "height": 40, "weight": 150, "lots": true, "shelf_life": 200,
                    "minimum_life": 2, "climate": index < 6 ? "ambient" : "chilled", "cost": 1_000, "price": 2_000,
                ], by: .system("test"))
        }
        for number in 0..<40 {
            try await yard.perform(
                "fulfilment.place.register",
                [
                    "centre": .string(Yard.centre), "name": .string(Self.place(number)), "kind": "pick",
                    "aisle": .decimal(Int64(5 + number / 8)), "position": .decimal(Int64(number % 8)),
                    "climate": number < 30 ? "ambient" : "chilled", "sequence": .decimal(Int64(1000 + number)),
                ], by: .system("test"))
        }
        try await yard.promises(["floor": 5_000, "capacity": 5_000])
    }

    // MARK: - In

    /// One pallet of 40 lots: received with one line short and one damaged, checked, put away.
    func receive() async throws {
        let lots = Self.items.flatMap { item in Self.lots(of: item).map { (item, $0) } }
        let announced = try await yard.perform(
            "fulfilment.inbound.announce",
            [
                "centre": .string(Yard.centre), "supplier": "예시물산", "reference": "PALLET-1",
                "due": "2026-11-21T09:30",
                "lines": .array(
                    lots.enumerated().map { index, lot in
                        [
                            "item": .string(lot.0), "lot": .string(lot.1), "quantity": 24,
                            "expiry": .string("2027-01-\(10 + index % 5)"), "sscc": "340123450000000000",
                        ]
                    }),
            ], by: .lead)
        let inbound = String(announced.events.first?.stream.dropFirst(Arrival.stream.count) ?? "")
        for (number, (item, lot)) in lots.enumerated() {
            let (good, damaged): (Int64, Int64) = number == 5 ? (21, 0) : number == 9 ? (22, 2) : (24, 0)
            try await yard.perform(
                "fulfilment.inbound.receive",
                [
                    "inbound": .string(inbound), "item": .string(item), "lot": .string(lot),
                    "quantity": .decimal(good), "damaged": .decimal(damaged), "place": "STAGE-1",
                ], by: .picker)
        }
        let tenant = Yard.owner
        for check in try await yard.store.read({ try CheckTable.list(for: tenant, limit: 100, in: $0) }) {
            try await yard.perform(
                "fulfilment.check.decide",
                ["check": .string(check.id), "looked": .decimal(check.plan.sample), "faulty": 0], by: .second)
        }
        for (number, (item, lot)) in lots.enumerated() {
            try await yard.perform(
                "fulfilment.goods.store",
                [
                    "item": .string(item), "lot": .string(lot), "from": "STAGE-1",
                    "quantity": number == 5 ? 21 : number == 9 ? 22 : 24, "place": .string(Self.place(number)),
                    "reason": "시험",
                ], by: .picker)
        }
        try await yard.perform("fulfilment.inbound.close", ["inbound": .string(inbound)], by: .picker)
    }

    // MARK: - Orders

    /// Orders: of a program, of the shop, of the desk; for carriers, the ward and the counter.
    mutating func order(_ count: Int) async throws {
        for number in 0..<count {
            let isCold = draw.next() % 4 == 0
            let kinds = Array(isCold ? Self.items[6...] : Self.items[..<6])
            let start = Int(draw.next() % UInt64(kinds.count))
            let lines = (0...Int(draw.next() % 2)).map { step in
                (kinds[(start + step) % kinds.count], Int64(draw.next() % 3 + 1))
            }
            var more: [String: JSON] = ["phone": "010-0000-0000"]
            if draw.next() % 3 == 0 { more["partial"] = true }
            switch number % 10 {
            case 0: (more["delivery"], more["carrier"]) = ("robot", "ward-3")
            case 1: more["delivery"] = "counter"
            case 2: more["urgent"] = true
            default: break
            }
            if number % 5 == 4 {
                yard.clock.advance(by: 1)
                let outcome = try await yard.perform(
                    "fulfilment.shop.order", Yard.wanted(lines, more), by: .anonymous())
                orders.append(outcome.events.first?.stream ?? "")
            } else {
                orders.append(try await yard.order(lines, key: "journey-\(number)", more))
            }
        }
    }

    // MARK: - Out

    /// Two people pick what is open; as many picks as are asked for.
    func pick(most: Int = .max) async throws {
        for (number, task) in try await yard.tasks().prefix(most).enumerated() {
            try await yard.perform(
                "fulfilment.pick.confirm", Yard.scan(task), by: number % 2 == 0 ? .picker : .second)
        }
    }

    /// Whatever of a lot was kept back out of a tote is taken out of it, into quarantine.
    func clear() async throws {
        for order in orders {
            let tote = Tote.location(of: order)
            let bad = try await yard.store.read {
                try StockTable.held(in: Yard.centre, location: tote, for: Yard.owner, in: $0)
            }.contains { $0.spot.status == .quarantine }
            guard bad else { continue }
            try await yard.perform("fulfilment.pick.back", ["order": .string(order), "place": "Q-01"], by: .picker)
        }
    }

    /// Packs all that is picked, and lets it go: on a carrier's list, with robots, over the counter.
    func ship() async throws {
        for id in orders {
            guard let order = try await yard.find(id), order.state == .picked else { continue }
            let isCold = try await yard.lines(id).contains { $0.item.hasPrefix("COLD") }
            try await yard.pack(id, carton: isCold ? "냉장" : "3호")
        }
        for id in orders {
            guard let order = try await yard.find(id), order.state == .packed else { continue }
            switch order.delivery {
            case .carrier: continue
            case .counter:
                try await yard.perform(
                    "fulfilment.ship.counter", ["order": .string(id), "proof": "0000"], by: .picker)
            case .robot:
                try await yard.perform("fulfilment.ship.robot", ["order": .string(id)], by: .picker)
                let wanted = try await yard.store.read { reader in
                    try reader.first("SELECT mission FROM fulfilment_orders WHERE id = ?", [.text(id)])?
                        .optionalText("mission")
                }
                try await yard.tell(MissionEnded.completed, wanted ?? "")
            }
        }
        try await handOver()
    }

    private func handOver() async throws {
        let ready = try await yard.store.read {
            try ParcelTable.ready(in: Yard.centre, delivery: "carrier", name: "hanbit", for: Yard.owner, in: $0)
        }
        guard !ready.isEmpty else { return }
        let opened = try await yard.perform(
            "fulfilment.manifest.open", ["centre": .string(Yard.centre), "carrier": "hanbit"], by: .picker)
        let manifest = JSON.string(opened.events.first?.stream ?? "")
        for box in ready {
            try await yard.perform(
                "fulfilment.manifest.scan", ["manifest": manifest, "sscc": .string(box.sscc)], by: .picker)
        }
        try await yard.perform("fulfilment.manifest.hand-over", ["manifest": manifest], by: .picker)
    }

    // MARK: - Safety

    /// Safety closes the zone, or opens it again.
    func zone(_ type: String) async throws {
        try await yard.district.record(
            [
                Draft(
                    type, stream: "closure/c1", scope: Yard.scope,
                    payload: [
                        "closure": "c1", "thing": .string(Self.zone.rawValue), "reason": "hazard", "source": "h1",
                    ])
            ], origin: Origin(author: .system("test")))
    }
}
