import Access
import District
import Record
import Store
import Web

/// Half a year of past demand of the sample's items, so that a look forward has something to look at.
enum DemandSample {
    private static let days = 150

    /// Founds the past of every centre that has none; nothing twice.
    static func found(_ spine: Spine, seed: UInt64) async throws {
        let house = try Caller.system("fulfilment.sample").tenant
        let today = KoreanDay(spine.district.clock())
        for centre in try await spine.district.store.read({ try CentreTable.all(for: house, in: $0) }) {
            guard let owner = centre.owner else { continue }
            let id = centre.terms.centre
            let (items, isKnown) = try await spine.district.store.read { reader in
                let past = try DemandTable.history(
                    in: id, since: Int(today.number) - days, for: owner, in: reader)
                return (
                    try ItemTable.all(for: owner, in: reader),
                    past.values.contains { $0.contains { $0.day < Int(today.number) - 7 } }
                )
            }
            guard !isKnown, !items.isEmpty else { continue }
            var draw = PlanDraw(seed: seed)
            let past = items.flatMap { item in Self.past(of: item, until: today, &draw) }
            let draft = Draft(
                DemandTable.recorded, stream: "demand/\(id)", scope: centre.scope,
                payload: ["centre": .string(id), "days": .array(past)])
            try await spine.district.record([draft], origin: Origin(author: .system("fulfilment.sample")))
        }
    }

    /// An item's past: often and with a rhythm of the week where it is an A, now and then where it is a C.
    private static func past(of item: Item, until today: KoreanDay, _ draw: inout PlanDraw) -> [JSON] {
        let (chance, size) =
            switch item.velocity {
            case .a: (100, 24)
            case .b: (70, 9)
            case .c: (18, 4)
            }
        return (1...days).reversed().compactMap { ago -> JSON? in
            let day = Int(today.number) - ago
            guard draw.below(100) < chance else { return nil }
            let weekday = DemandHistory.weekday(day)
            let week = [11, 10, 10, 10, 13, 7, 5][weekday]
            let quantity = max(1, (size * week / 10) * (70 + draw.below(61)) / 100)
            return ["item": .string(item.code), "day": .number(Double(day)), "quantity": .number(Double(quantity))]
        }
    }
}
