import Access
import District
import Record
import Store

/// Picks that cannot be done where they were to be done: they are done elsewhere, out of another lot, or later.
struct Replan {
    let terms: CentreTerms
    let owner: Tenant
    let scope: Scope
    let now: Timestamp
    /// Why they cannot.
    let cause: Promise.Cause

    /// - Parameter parts: the picks, each with how much of what is left of it cannot be done there.
    func drafts(_ parts: [(task: PickTask, quantity: Int64)], _ tables: any Reader) throws -> [Draft] {
        let items = Array(Set(parts.map(\.task.item))).sorted()
        var floor = try PickPlanning.floor(of: items, in: terms.centre, for: owner, tables)
        var lots = try OrderTable.lots(of: items, in: terms.centre, for: owner, in: tables)
        let lives = try ItemTable.several(items, for: owner, in: tables).mapValues(\.minimumLife)
        var (drops, adds) = ([String: [(task: Int64, quantity: Int64)]](), [String: [PickTask]]())
        var (ended, found, late) = ([Reserved](), [Reserved](), [String: String]())
        var promised: [String: [Reserved]] = [:]
        for (task, lost) in parts {
            var open = lost
            drops[task.tour, default: []].append((task.task, open))
            var taken = floor.take(open, of: task.item, lot: task.lot, except: task.place).map {
                ($0.place, $0.quantity, task.lot)
            }
            open -= taken.reduce(0) { $0 + $1.1 }
            // Another lot that is as good, and lies where it can be taken.
            let order = try OrderTable.find(task.order, for: owner, in: tables)
            let others = (lots[task.item] ?? []).filter { $0.lot != task.lot }
            let usable = (order?.due ?? now).advanced(bySeconds: Double(lives[task.item] ?? 0) * 86_400)
            for share in Allocation.shares(of: open, from: others, usable: usable) {
                let got = floor.take(share.quantity, of: task.item, lot: share.lot, except: task.place)
                let quantity = got.reduce(0) { $0 + $1.quantity }
                guard quantity > 0 else { continue }
                lots[task.item] = lots[task.item]?.map { $0.lot == share.lot ? $0.less(quantity) : $0 }
                var mine =
                    try promised[task.order] ?? StockTable.promises(to: task.order, for: owner, in: tables)
                let parts = Reserved.taken(
                    quantity, of: task.item, lot: task.lot, line: task.line, from: &mine)
                promised[task.order] = mine
                ended += parts
                found += parts.map { part in
                    var other = part
                    other.lot = share.lot
                    return other
                }
                taken += got.map { ($0.place, $0.quantity, share.lot) }
                open -= quantity
            }
            var next =
                try TourTable.next(in: task.tour, for: owner, in: tables) + Int64(adds[task.tour]?.count ?? 0)
            for (place, quantity, lot) in taken {
                var moved = task
                (moved.task, moved.place, moved.quantity, moved.lot) = (next, place.id, quantity, lot)
                (moved.picked, moved.sequence) = (0, task.sequence + 1)
                adds[task.tour, default: []].append(moved)
                next += 1
            }
            // It stays promised, and is released again once it lies where a picker goes.
            if open > 0 { late[task.order] = task.name }
        }
        let stock = pairs(ended, found)
        let tours = Set(drops.keys).sorted().map {
            TourEvents.replanned(
                $0, centre: terms.centre, drops: drops[$0] ?? [], adds: adds[$0] ?? [], why: cause, scope: scope)
        }
        return try stock + tours
            + late.sorted { $0.key < $1.key }.compactMap { try moved($0.key, $0.value, tables) }
    }

    private func pairs(_ ended: [Reserved], _ found: [Reserved]) -> [Draft] {
        Dictionary(grouping: ended, by: \.order).sorted { $0.key < $1.key }.flatMap { order, shares in
            [
                Reserved.end(shares, .moved, stream: order, scope: scope, of: order, in: terms.centre),
                Reserved.draft(
                    found.filter { $0.order == order }, stream: order, scope: scope, of: order, in: terms.centre),
            ]
        }
    }

    /// The promise moves to the next cut-off: nobody knows when it can be picked again.
    private func moved(_ id: String, _ name: String, _ tables: any Reader) throws -> Draft? {
        guard let order = try OrderTable.find(id, for: owner, in: tables), let ship = order.ship else { return nil }
        let load = try OrderTable.load(of: terms.centre, from: KoreanDay(now), for: owner, in: tables)
        let next = Promise.make(
            ready: max(ship, now), lines: 1, by: order.delivery, terms, load: { load[$0.number] ?? 0 })
        return OrderEvents.promised(order, next, cause, items: name)
    }
}
