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
        let settled = Settled(
            shares, promises: try StockTable.promises(to: order.id, for: owner, in: tables), lines: lines)
        // What was promised of another lot was put aside when that changed: what is good in a parcel is its order's.
        guard now == nil || settled.strange == 0 else {
            throw Refusal(
                .conflict, "ship.promise",
                Words(
                    "상자에 이 주문의 것이 아닌 물건이 있습니다. 상자를 열어 다시 포장해 주세요.",
                    "The parcels hold goods that are not this order's: open them and pack again."))
        }
        let change = StockEvent(
            StockEvent.shipped, centre: order.centre, step: step,
            moves: try FloorStock.numbered(moves, for: owner, in: tables),
            papers: [.init(type: "po", reference: order.id)])
        var members = extra
        members["lines"] = .array(settled.lines)
        members["parcels"] = .array(boxes.map { .string($0.sscc) })
        let ended =
            settled.ended.isEmpty
            ? []
            : [
                Reserved.end(
                    settled.ended, .shipped, stream: order.id, scope: order.scope, of: order.id, in: order.centre)
            ]
        return ended + [change.draft(stream: order.id, scope: order.scope, extra: members)]
            + (try after(order, settled, boxes, for: owner, tables))
    }

    /// What leaves, against what its order was promised.
    private struct Settled {
        /// The promises that end with it.
        var ended: [Reserved] = []
        /// What the order stays promised.
        var left: [Reserved]
        /// How much of which line leaves.
        var lines: [JSON] = []
        /// What lines wait for no more, for it leaves in a lot that was taken from them.
        var waiting: [Int64: Int64] = [:]
        /// How many pieces were not promised of the lot they are.
        var strange: Int64 = 0

        init(_ shares: [PackRule.Share], promises: [Reserved], lines known: [OrderLine]) {
            left = promises
            var rest: [PackRule.Share] = []
            for share in shares {
                let open = end(share) { $0.item == share.item && $0.lot == share.lot }
                if open > 0 { rest.append(.init(item: share.item, lot: share.lot, quantity: open)) }
            }
            // The lot was taken from the order while it was on its way: what it was promised instead ends with it.
            for share in rest {
                strange += share.quantity
                var open = end(share) { $0.item == share.item }
                for line in known where line.item == share.item && open > 0 {
                    let some = min(open, line.waiting + (waiting[line.line] ?? 0))
                    guard some > 0 else { continue }
                    waiting[line.line, default: 0] -= some
                    gone(line.order, line.line, some)
                    open -= some
                }
            }
        }

        private mutating func end(_ share: PackRule.Share, where matches: (Reserved) -> Bool) -> Int64 {
            var open = share.quantity
            for index in left.indices where open > 0 && matches(left[index]) {
                let some = min(open, left[index].quantity)
                guard some > 0 else { continue }
                var part = left[index]
                part.quantity = some
                ended.append(part)
                gone(part.order, part.line, some)
                left[index].quantity -= some
                open -= some
            }
            return open
        }

        private mutating func gone(_ order: String, _ line: Int64, _ quantity: Int64) {
            lines.append(["order": .string(order), "line": .decimal(line), "quantity": .decimal(quantity)])
        }
    }

    /// Where goods left in a lot that had been taken from the order: it waits for nothing more, picks of what it got instead
    /// are dropped, and what of it lies in its tote is put back.
    private static func after(
        _ order: Order, _ settled: Settled, _ boxes: [ParcelTable.Box], for owner: Tenant, _ tables: any Reader
    ) throws -> [Draft] {
        guard settled.strange > 0 else { return [] }
        var drafts: [Draft] = []
        if !settled.waiting.isEmpty {
            let promise = order.ship.flatMap { ship in order.due.map { Promise(ship: ship, due: $0) } }
            drafts.append(
                OrderEvents.promised(order, promise, .robot, items: order.number, waiting: settled.waiting))
        }
        let kept = settled.left.filter { $0.quantity > 0 }
        let tote = try StockTable.held(
            in: order.centre, location: Tote.location(of: order.id), for: owner, in: tables
        ).filter { $0.spot.status == .available }
        var right = Dictionary(kept.map { ([$0.item, $0.lot], $0.quantity) }, uniquingKeysWith: +)
        for held in tote { right[[held.item, held.lot], default: 0] -= held.quantity }
        var drops: [String: [(task: Int64, quantity: Int64)]] = [:]
        for task in try TourTable.openTasks(in: order.centre, order: order.id, for: owner, in: tables) {
            let needed = max(0, min(task.left, right[[task.item, task.lot]] ?? 0))
            right[[task.item, task.lot], default: 0] -= needed
            if needed < task.left { drops[task.tour, default: []].append((task.task, task.left - needed)) }
        }
        drafts += drops.sorted { $0.key < $1.key }.map {
            TourEvents.replanned(
                $0.key, centre: order.centre, drops: $0.value, adds: [], why: .robot, scope: order.scope)
        }
        return drafts
            + (try Aside.drafts(
                order, keeping: kept, but: Set(boxes.map(\.sscc)), for: owner, tables))
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
}
