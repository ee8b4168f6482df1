import Access
import District
import Record
import Store

/// An order that lost what it was promised, and what it is promised instead.
struct PromiseAgain {
    let order: Order
    let terms: CentreTerms
    let owner: Tenant
    let now: Timestamp
    let cause: Promise.Cause
    /// Whether picks of what is lost may still be open.
    let hasPick: Bool
    /// Whether a picker stands before it: then what the order gets instead is picked on the same walk.
    var isAtPick = false

    func drafts(_ lost: [Reserved], _ tables: any Reader) throws -> [Draft] {
        let items = Array(Set(lost.map(\.item))).sorted()
        let lots = try OrderTable.lots(of: items, in: order.centre, for: owner, in: tables)
        let known = try ItemTable.several(items, for: owner, in: tables)
        let arriving = order.due.map { max($0, now) } ?? now
        var (found, waiting) = ([Reserved](), [Int64: Int64]())
        var left = lots
        for share in lost {
            let life = Double(known[share.item]?.minimumLife ?? 0)
            let shares = Allocation.shares(
                of: share.quantity, from: left[share.item] ?? [], usable: arriving.advanced(bySeconds: life * 86_400))
            for other in shares {
                left[share.item] = left[share.item]?.map { $0.lot == other.lot ? $0.less(other.quantity) : $0 }
                found.append(
                    Reserved(
                        order: order.id, line: share.line, centre: order.centre, item: share.item, lot: other.lot,
                        quantity: other.quantity))
            }
            let rest = share.quantity - shares.reduce(0) { $0 + $1.quantity }
            if rest > 0 { waiting[share.line, default: 0] += rest }
        }
        var drafts: [Draft] = []
        if !found.isEmpty {
            drafts.append(
                Reserved.draft(found, stream: order.id, scope: order.scope, of: order.id, in: order.centre))
        }
        drafts += try replanned(lost, found, tables)
        if let moved = try moved(waiting, lost, tables) { drafts.append(moved) }
        return drafts
    }

    // MARK: - The promise

    private func moved(_ waiting: [Int64: Int64], _ lost: [Reserved], _ tables: any Reader) throws -> Draft? {
        // All of it comes out of other lots, and the cut-off can still be made.
        if waiting.isEmpty, let ship = order.ship, ship > now { return nil }
        let lines = try OrderTable.lines(of: order.id, for: owner, in: tables)
        let names = lines.filter { line in lost.contains { $0.line == line.line } }.map(\.name)
        let load = try OrderTable.load(of: order.centre, from: KoreanDay(now), for: owner, in: tables)
        var ready: Timestamp? = now
        if !waiting.isEmpty {
            let items = Array(Set(lost.map(\.item))).sorted()
            let coming = try Coming.expected(items, in: order.centre, at: now, for: owner, in: tables)
            for (line, quantity) in waiting {
                let item = lines.first { $0.line == line }?.item ?? ""
                var open = quantity
                var last: Timestamp?
                for next in coming[item] ?? [] where open > 0 {
                    open -= next.quantity
                    last = next.at
                }
                ready = open > 0 ? nil : ready.flatMap { known in last.map { max(known, $0) } }
            }
        }
        let promise = ready.flatMap { ready in
            Promise.make(ready: ready, lines: Int64(lines.count), by: order.delivery, terms) { load[$0.number] ?? 0 }
        }
        return OrderEvents.promised(
            order, promise, cause, items: names.joined(separator: ", "), waiting: waiting)
    }

    // MARK: - The picks

    /// Picks of what is lost are dropped; where the order is on a tour, picks of what it gets instead are added to it.
    private func replanned(_ lost: [Reserved], _ found: [Reserved], _ tables: any Reader) throws -> [Draft] {
        let drops = hasPick ? try dropped(lost, tables) : [:]
        let tour = try TourTable.tour(of: order.id, for: owner, in: tables)
        var adds: [PickTask] = []
        // A tour that nobody walks any more is not begun anew: the order is released again.
        let isWalked =
            try isAtPick || order.state == .released
            || tour.flatMap { try TourTable.find($0, for: owner, in: tables) }?.state != .done
        if let tour, isWalked, !found.isEmpty {
            adds = try PickPlanning.tasks(
                for: found, names: [:], in: order.centre, tour: tour, for: owner, tables)
        }
        var tours = Set(drops.keys)
        if let tour, !adds.isEmpty { tours.insert(tour) }
        return tours.sorted().map { id in
            TourEvents.replanned(
                id, centre: order.centre, drops: drops[id] ?? [], adds: id == tour ? adds : [], why: cause,
                scope: order.scope)
        }
    }
}

extension PromiseAgain {
    /// Picks that are no longer promised. An item may stand in several lines, and nobody can tell which line's pieces lie in
    /// the tote already: as many picks stay as the order is still promised beyond them, of the lines that lost nothing first.
    private func dropped(_ lost: [Reserved], _ tables: any Reader) throws
        -> [String: [(task: Int64, quantity: Int64)]]
    {
        let open = try TourTable.openTasks(in: order.centre, order: order.id, for: owner, in: tables)
        let promised = try StockTable.promises(to: order.id, for: owner, in: tables)
        let inHand = try ParcelTable.inHand(of: order.id, in: order.centre, for: owner, in: tables)
        var drops: [String: [(task: Int64, quantity: Int64)]] = [:]
        for (key, shares) in Dictionary(grouping: lost, by: { [$0.item, $0.lot] }).sorted(by: {
            $0.key.lexicographicallyPrecedes($1.key)
        }) {
            let tasks = open.filter { [$0.item, $0.lot] == key }
            let stays =
                promised.filter { [$0.item, $0.lot] == key }.reduce(0) { $0 + $1.quantity }
                - inHand.filter { [$0.item, $0.lot] == key }.reduce(0) { $0 + $1.quantity }
            var gone = min(
                shares.reduce(0) { $0 + $1.quantity }, tasks.reduce(0) { $0 + $1.left } - max(0, stays))
            let lines = Set(shares.map(\.line))
            for task in tasks.filter({ lines.contains($0.line) }) + tasks.filter({ !lines.contains($0.line) })
            where gone > 0 {
                let some = min(gone, task.left)
                drops[task.tour, default: []].append((task.task, some))
                gone -= some
            }
        }
        return drops
    }
}

extension PickTask {
    /// What tells it from all others.
    var key: String { "\(tour) \(task)" }
}
