import Access
import District
import Record
import Store
import Twin
import Web

/// The sample centre sells: its terms, and a morning of orders in several stages, as far as there is stock for them.
struct OrderSample: Sendable {
    let district: District
    static let centre = "haesol-center"
    private static let system = Caller.system("fulfilment.sample")

    func found() async throws {
        let zone = try Self.system.tenant
        let (isThere, terms, orders, items) = try await district.store.read { reader in
            let items = try StockTable.held(in: Self.centre, for: zone, in: reader)
                .filter { $0.spot.status == .available }.map(\.item)
            return (
                try Things.find(ThingID(Self.centre), for: zone, in: reader) != nil,
                try CentreTable.find(Self.centre, for: zone, in: reader),
                try OrderTable.page(in: Self.centre, states: [], limit: 1, for: zone, in: reader).total,
                Array(Set(items)).sorted()
            )
        }
        guard isThere else { return }
        if terms == nil { try await promise() }
        guard orders == 0, !items.isEmpty else { return }
        try await order(items)
    }

    private func promise() async throws {
        try await perform(
            SetCentre.name,
            [
                "centre": .string(Self.centre), "name_ko": "해솔 물류센터", "name_en": "Haesol fulfilment centre",
                "cutoffs": "11:00 16:00", "handling": 60, "capacity": 2000, "floor": 60, "shop": true,
                "carriers": [
                    ["id": "hanbit", "name": "한빛택배(예시)", "days": 1, "fee": 3000],
                    ["id": "neulbom", "name": "늘봄물류(예시)", "days": 2, "fee": 2500],
                ],
            ])
    }

    /// Some orders through the shop and the desk; one is held, one cancelled, the rest go to the floor.
    private func order(_ items: [String]) async throws {
        var placed: [String] = []
        for number in 0..<8 {
            let wanted = (0..<(number % 3 + 1)).map { items[(number + $0) % items.count] }
            let values: [String: JSON] = [
                "centre": .string(Self.centre), "delivery": number % 4 == 3 ? "counter" : "carrier", "partial": true,
                "urgent": .bool(number == 2), "address": .string("시흥시 예시로 \(number + 1)"),
                "name": .string("예시 고객 \(number + 1)"), "reference": .string("SAMPLE-\(number + 1)"),
                "lines": .array(wanted.map { ["item": .string($0), "quantity": .decimal(Int64(number % 2 + 1))] }),
            ]
            guard let order = try await perform(PlaceOrder.name, values) else { continue }
            placed.append(order)
        }
        if let first = placed.first { try await perform("fulfilment.order.hold", ["order": .string(first)]) }
        if placed.count > 1 { try await perform("fulfilment.order.cancel", ["order": .string(placed[1])]) }
        try await perform(ReleaseOrders.name, ["centre": .string(Self.centre)])
    }

    /// What is refused (there is too little of it, nothing to be released) is left out of the sample.
    @discardableResult
    private func perform(_ name: String, _ values: [String: JSON]) async throws -> String? {
        do {
            return try await district.perform(name, values, by: Self.system, confirmed: true).events.first?.stream
        } catch let refusal as Refusal where refusal.kind == .conflict {
            return nil
        }
    }
}
