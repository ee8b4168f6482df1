import Record

/// So much of a lot that is promised to a line of an order.
struct Reserved: Sendable, Hashable {
    /// The order: `order/…`.
    var order: String
    /// Its line, from 1.
    var line: Int64
    /// The centre where it lies.
    var centre: String
    var item: String
    var lot: String
    var quantity: Int64

    /// Why a promise of stock ends.
    enum End: String, Sendable, Hashable {
        case shipped, cancelled, quarantined, short, expired, moved
    }

    /// So much of a lot out of what an order is promised: of a line first, then of others that have the same item.
    static func taken(
        _ quantity: Int64, of item: String, lot: String, line: Int64, from promises: inout [Reserved]
    ) -> [Reserved] {
        var (open, taken) = (quantity, [Reserved]())
        let own = promises.indices.filter { promises[$0].item == item && promises[$0].lot == lot }
        for index in own.filter({ promises[$0].line == line }) + own.filter({ promises[$0].line != line })
        where open > 0 {
            var part = promises[index]
            part.quantity = min(open, part.quantity)
            guard part.quantity > 0 else { continue }
            promises[index].quantity -= part.quantity
            open -= part.quantity
            taken.append(part)
        }
        return taken
    }

    /// The event that promises stock of one centre to an order.
    static func draft(_ shares: [Reserved], stream: String, scope: Scope, of order: String, in centre: String) -> Draft
    {
        Draft(
            StockTable.reserved, stream: stream, scope: scope, payload: payload(shares, order, centre))
    }

    /// The event that ends such a promise.
    static func end(
        _ shares: [Reserved], _ why: End, stream: String, scope: Scope, of order: String, in centre: String
    ) -> Draft {
        var payload = payload(shares, order, centre)
        payload["why"] = .string(why.rawValue)
        return Draft(StockTable.unreserved, stream: stream, scope: scope, payload: payload)
    }

    /// What such an event says.
    static func shares(_ payload: [String: JSON]) -> [Reserved] {
        guard let order = payload["order"]?.text, let centre = payload["centre"]?.text else { return [] }
        return (payload["shares"]?.elements ?? []).compactMap { share in
            guard let line = share["line"]?.integer, let item = share["item"]?.text,
                let quantity = share["quantity"]?.integer, quantity > 0
            else { return nil }
            return Reserved(
                order: order, line: line, centre: centre, item: item, lot: share["lot"]?.text ?? "",
                quantity: quantity)
        }
    }

    private static func payload(_ shares: [Reserved], _ order: String, _ centre: String) -> [String: JSON] {
        [
            "order": .string(order), "centre": .string(centre),
            "shares": .array(
                shares.map { share in
                    var members: [String: JSON] = [
                        "line": .decimal(share.line), "item": .string(share.item), "quantity": .decimal(share.quantity),
                    ]
                    if !share.lot.isEmpty { members["lot"] = .string(share.lot) }
                    return .object(members)
                }),
        ]
    }
}
