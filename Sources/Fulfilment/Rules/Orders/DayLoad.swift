import Access
import District
import Record
import Store

/// How full the coming days are, while several orders are promised anew in one go: each that is moved counts for the next.
struct DayLoad: Sendable {
    private var lines: [Int64: Int64]

    init(of centre: String, at now: Timestamp, for tenant: Tenant, _ tables: any Reader) throws {
        lines = try OrderTable.load(of: centre, from: KoreanDay(now), for: tenant, in: tables)
    }

    /// The next cut-off for an order; its own lines take no room from it on the day on which it stands already.
    func promise(_ order: Order, lines count: Int64, ready: Timestamp, _ terms: CentreTerms) -> Promise? {
        let own = order.ship.map { KoreanDay($0).number }
        return Promise.make(ready: ready, lines: count, by: order.delivery, terms) { day in
            max(0, (lines[day.number] ?? 0) - (day.number == own ? count : 0))
        }
    }

    /// An order goes from its day to another; to none where nobody knows when it leaves.
    mutating func move(_ order: Order, lines count: Int64, to promise: Promise?) {
        if let ship = order.ship { lines[KoreanDay(ship).number, default: 0] -= count }
        if let ship = promise?.ship { lines[KoreanDay(ship).number, default: 0] += count }
    }
}
