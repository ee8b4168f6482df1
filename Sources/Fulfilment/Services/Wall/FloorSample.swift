import Access
import District
import Record
import Store
import Web

/// A morning on the sample's floor, by the same commands that people use: what the centre costs, how much its stations take,
/// some places counted, orders fetched at the counter, and one that waits at its station. So the wall and the owner's page have
/// something to tell. Founds nothing twice.
struct FloorSample: Sendable {
    let district: District
    let rule: PackRule
    private static let (centre, system) = (OrderSample.centre, Caller.system("fulfilment.sample"))

    func found() async throws {
        let zone = try Self.system.tenant
        let owner = try await district.store.read { reader -> Tenant? in
            guard try CostTable.find(Self.centre, for: zone, in: reader) == nil else { return nil }
            return try CentreTable.find(Self.centre, for: zone, in: reader)?.owner
        }
        guard let owner else { return }
        try await perform(
            SetCosts.name,
            [
                "centre": .string(Self.centre), "people": 48_000_000, "space": 12_500_000, "supplies": 2_100_000,
                "other": 1_400_000,
            ])
        for (desk, slots) in [(1, 8), (2, 6), (3, 6)] {
            try await perform(
                SetStation.name,
                ["place": .string(Place.id("PACK-\(desk)", in: Self.centre)), "slots": .decimal(Int64(slots))])
        }
        try await count(owner)
        let orders = try await district.store.read {
            try OrderTable.page(
                in: Self.centre, states: [.released], order: "placed", limit: 20, for: owner, in: $0
            ).rows
        }
        for order in orders.filter({ $0.delivery == .counter }) + orders.filter({ $0.delivery != .counter }).prefix(1) {
            try await pick(order, owner)
            guard order.delivery == .counter else { continue }
            try await pack(order, owner)
            try await perform(HandOut.name, ["order": .string(order.id), "taker": "예시 고객"])
        }
    }

    /// Places counted as the books have them, and one where a piece more lies than they say.
    private func count(_ owner: Tenant) async throws {
        let (lying, items) = try await district.store.read { reader in
            let held = try StockTable.held(in: Self.centre, for: owner, in: reader)
                .filter { $0.spot.status == .available && $0.spot.location.hasPrefix(Self.centre) }
            return (
                Dictionary(grouping: held) { $0.spot.location },
                try ItemTable.byCode(Set(held.map(\.item)), for: owner, in: reader)
            )
        }
        let plain = lying.filter { $0.value.allSatisfy { !(items[$0.item]?.hasSerials ?? true) } }
        for (number, place) in plain.keys.sorted().prefix(5).enumerated() {
            guard let count = try await perform(CountPlace.open, ["place": .string(place)]) else { continue }
            let lines = (plain[place] ?? []).enumerated().map { index, held -> JSON in
                let more: Int64 = number == 4 && index == 0 ? 1 : 0
                return [
                    "item": .string(held.item), "lot": .string(held.lot), "quantity": .decimal(held.quantity + more),
                ]
            }
            try await perform(
                CountPlace.submit, ["count": .string(String(count.dropFirst(6))), "lines": .array(lines)])
        }
    }

    private func pick(_ order: Order, _ owner: Tenant) async throws {
        let tasks = try await district.store.read {
            try TourTable.openTasks(in: Self.centre, order: order.id, for: owner, in: $0)
        }
        for task in tasks {
            try await perform(
                ConfirmPick.name,
                [
                    "tour": .string(task.tour), "task": .decimal(task.task), "place": .string(task.place),
                    "item": .string(task.item), "quantity": .decimal(task.left),
                ])
        }
    }

    private func pack(_ order: Order, _ owner: Tenant) async throws {
        let (rule, time) = (rule, district.clock())
        let parcels = try await district.store.read { reader -> [PackRule.Proposed] in
            guard let order = try OrderTable.find(order.id, for: owner, in: reader), order.state == .picked else {
                return []
            }
            return try PackOrder.Packing(order, rule, at: time, for: owner, reader).proposal.parcels
        }
        guard !parcels.isEmpty, parcels.allSatisfy({ $0.carton != nil }) else { return }
        try await perform(
            PackOrder.name,
            [
                "order": .string(order.id),
                "parcels": .array(
                    parcels.map { parcel in
                        var members: [String: JSON] = ["carton": .string(parcel.carton ?? "")]
                        if let weight = parcel.weight { members["weight"] = .decimal(weight) }
                        return .object(members)
                    }),
            ])
    }

    /// What the floor would refuse (a piece that is told apart by its number, an order that is not whole) is left out.
    @discardableResult
    private func perform(_ name: String, _ values: [String: JSON]) async throws -> String? {
        do {
            return try await district.perform(name, values, by: Self.system, confirmed: true).events.first?.stream
        } catch let refusal as Refusal where [.conflict, .invalid].contains(refusal.kind) {
            return nil
        }
    }
}
