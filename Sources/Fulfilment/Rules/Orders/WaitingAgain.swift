import Access
import District
import Record
import Store

/// Orders that wait for goods which come later than was said, or not at all, are told so: in the order in which they
/// ordered they share what is still announced.
struct WaitingAgain {
    let terms: CentreTerms
    let owner: Tenant
    let now: Timestamp

    /// So many lines of an item are looked at in one go.
    private static let most = 5_000

    /// The promises that move.
    /// - Parameter items: whose coming has changed.
    func drafts(_ items: Set<String>, _ tables: any Reader) throws -> [Draft] {
        // When each line of an order has all it waits for; nil where that is not announced.
        var (sequence, known) = ([String](), [String: [String: [Timestamp?]]]())
        var seen: Set<String> = []
        for item in items.sorted() {
            let shares = try shares(of: item, tables)
            for (line, _) in shares where seen.insert(line.order).inserted { sequence.append(line.order) }
            known[item] = Dictionary(grouping: shares, by: \.0.order).mapValues { $0.map(\.1) }
        }
        var (load, drafts) = (try DayLoad(of: terms.centre, at: now, for: owner, tables), [Draft]())
        for id in sequence {
            guard let order = try OrderTable.find(id, for: owner, in: tables), order.state.isInHouse else { continue }
            let lines = try OrderTable.lines(of: id, for: owner, in: tables)
            // It may wait for something else too.
            var all: [Timestamp?] = []
            for item in Set(lines.filter { $0.waiting > 0 }.map(\.item)).sorted() {
                if known[item] == nil {
                    known[item] = Dictionary(grouping: try shares(of: item, tables), by: \.0.order)
                        .mapValues { $0.map(\.1) }
                }
                all += known[item]?[id] ?? [nil]
            }
            let last = all.contains(nil) ? nil : all.compactMap(\.self).max()
            let next = last.flatMap { load.promise(order, lines: Int64(lines.count), ready: $0, terms) }
            guard isNews(next, for: order) else { continue }
            load.move(order, lines: Int64(lines.count), to: next)
            let names = lines.filter { $0.waiting > 0 }.map(\.name).joined(separator: ", ")
            drafts.append(OrderEvents.promised(order, next, .inbound, items: names))
        }
        return drafts
    }

    /// Whether it comes later than was said, or it is known again when it comes. What comes sooner is said once it is there.
    private func isNews(_ next: Promise?, for order: Order) -> Bool {
        guard let next else { return order.due != nil }
        guard let due = order.due, let ship = order.ship else { return true }
        return next.due > due || (ship < now && next.ship > ship)
    }

    /// Who waits for an item, with when what they wait for is there.
    private func shares(of item: String, _ tables: any Reader) throws -> [(OrderLine, Timestamp?)] {
        var coming = (try Coming.arrivals(of: [item], in: terms.centre, at: now, for: owner, in: tables)[item] ?? [])[
            ...]
        return try OrderTable.waiting(
            for: item, in: terms.centre, limit: Self.most, for: owner, in: tables
        ).map { line in
            var (open, last) = (line.waiting, Timestamp?.none)
            while open > 0, let next = coming.first {
                let some = min(open, next.quantity)
                open -= some
                last = next.at
                if some == next.quantity {
                    coming.removeFirst()
                } else {
                    coming[coming.startIndex].quantity -= some
                }
            }
            return (line, open > 0 ? nil : last)
        }
    }
}
