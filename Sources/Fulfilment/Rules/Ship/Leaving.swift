import Access
import District
import Record
import Store

/// Parcels of an order that leave the house: their promises end, and the goods are gone.
enum Leaving {
    /// - Parameters:
    ///   - boxes: the parcels that leave.
    ///   - step: the step of the business: `shipping`, or `retail_selling` where the customer fetches them.
    ///   - now: when they leave; nil where they have left already, which no rule can undo.
    static func drafts(
        _ order: Order, _ boxes: [ParcelTable.Box], step: String = "shipping", extra: [String: JSON] = [:],
        at now: Timestamp?, for owner: Tenant, _ tables: any Reader
    ) throws -> [Draft] {
        guard now == nil || (!order.isHeld && order.state != .cancelled) else {
            throw Refusal(
                .conflict, "ship.held",
                Words("\(order.number) 주문은 보류되었거나 취소되어 내보낼 수 없습니다.", "\(order.number) is held or cancelled: it stays."))
        }
        var (moves, shares) = ([Move](), [PackRule.Share]())
        for box in boxes {
            for held in try StockTable.held(
                in: order.centre, location: "container/\(box.sscc)", for: owner, in: tables)
            {
                guard now == nil || held.spot.status == .available else {
                    throw Refusal(
                        .conflict, "ship.kept-back",
                        Words(
                            "\(SSCC.shown(box.sscc)) 상자에 격리된 물건(\(held.item) \(held.lot))이 있어 내보낼 수 없습니다.",
                            "\(SSCC.shown(box.sscc)) holds goods that are kept back (\(held.item) \(held.lot))."))
                }
                if let now { try demandFresh(held, in: box, at: now, for: owner, tables) }
                moves.append(Move(held.item, lot: held.lot, held.quantity, from: held.spot))
                shares.append(.init(item: held.item, lot: held.lot, quantity: held.quantity))
            }
        }
        guard !moves.isEmpty else {
            throw Refusal(.conflict, "ship.empty", Words("상자가 비어 있습니다.", "The parcels are empty."))
        }
        let lines = try OrderTable.lines(of: order.id, for: owner, in: tables)
        var left = Dictionary(uniqueKeysWithValues: lines.map { ($0.line, $0.packed - $0.shipped) })
        let ended = try ended(order, shares, for: owner, tables)
        let change = StockEvent(
            StockEvent.shipped, centre: order.centre, step: step, moves: moves,
            papers: [.init(type: "po", reference: order.id)])
        var members = extra
        members["lines"] = .array(PackOrder.Packing.lines(shares, lines, order.id, &left))
        members["parcels"] = .array(boxes.map { .string($0.sscc) })
        return ended + [change.draft(stream: order.id, scope: order.scope, extra: members)]
    }

    private static func demandFresh(
        _ held: Held, in box: ParcelTable.Box, at now: Timestamp, for owner: Tenant, _ tables: any Reader
    ) throws {
        guard !held.lot.isEmpty,
            let expiry = try FloorStock.expiry(of: held.item, lot: held.lot, for: owner, in: tables), expiry <= now
        else { return }
        throw Refusal(
            .conflict, "ship.expired",
            Words(
                "\(SSCC.shown(box.sscc)) 상자에 기한이 지난 물건(\(held.item) \(held.lot))이 있어 내보낼 수 없습니다.",
                "\(SSCC.shown(box.sscc)) holds goods past their date (\(held.item) \(held.lot))."))
    }

    private static func ended(
        _ order: Order, _ shares: [PackRule.Share], for owner: Tenant, _ tables: any Reader
    ) throws -> [Draft] {
        var promises = try StockTable.promises(to: order.id, for: owner, in: tables)
        var ended: [Reserved] = []
        for share in shares {
            var open = share.quantity
            for index in promises.indices where promises[index].item == share.item && promises[index].lot == share.lot {
                let some = min(open, promises[index].quantity)
                guard some > 0 else { continue }
                var part = promises[index]
                part.quantity = some
                ended.append(part)
                promises[index].quantity -= some
                open -= some
            }
        }
        guard !ended.isEmpty else { return [] }
        return [Reserved.end(ended, .shipped, stream: order.id, scope: order.scope, of: order.id, in: order.centre)]
    }
}
