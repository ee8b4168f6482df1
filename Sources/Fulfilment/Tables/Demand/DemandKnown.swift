import Access
import District
import Record
import Store

/// All that a look forward knows of a centre's items.
enum DemandKnown {
    /// The items that were ever asked for, or that somebody set a reorder point for.
    static func items(
        in centre: String, on today: KoreanDay, lead: Int, for tenant: Tenant, in reader: any Reader
    ) throws -> [DemandLook.Known] {
        let first = Int(today.number) - DemandLook.past
        let past = try DemandTable.history(in: centre, since: first, for: tenant, in: reader)
        let ordered = Dictionary(
            try DemandTable.proposals("accepted", at: centre, for: tenant, in: reader).map { ($0.item, $0) },
            uniquingKeysWith: { first, _ in first })
        return try ItemTable.all(for: tenant, in: reader).compactMap { item in
            let days = past[item.code] ?? []
            guard !days.isEmpty || item.reorder != nil else { return nil }
            var supply = Replenishment.Supply(
                available: try StockTable.lots(of: item.code, in: centre, for: tenant, in: reader)
                    .reduce(0) { $0 + $1.free }, lead: lead)
            supply.inbound = try InboundTable.expected(item.code, in: centre, for: tenant, in: reader).map {
                .init(day: Int(KoreanDay($0.due).number), quantity: $0.quantity)
            }
            // What was ordered and is not announced yet is on its way too, for as long as it usually takes.
            if let order = ordered[item.code], supply.inbound.isEmpty,
                today.number - KoreanDay(order.made).number <= Int64(2 * lead + 7)
            {
                supply.inbound = [.init(day: Int(today.number) + lead, quantity: order.quantity)]
            }
            return DemandLook.Known(item: item, past: days, supply: supply)
        }
    }
}
