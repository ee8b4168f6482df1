import Access
import District
import Record
import Store

/// There is less at a place than there should be. The tour goes on at once: the rest is taken from another place of the
/// lot, or the order is promised again; what should be there and is not is kept back until the place has been counted.
enum ShortPick {
    static let name = "fulfilment.pick.short"

    static let command = Command(
        Form(
            name, title: Words("재고 부족", "Short at a pick"),
            help: Words(
                "찾은 수량만 말하면 나머지는 다른 위치나 로트에서 다시 짭니다.",
                "Say how many you found: the rest is planned anew from elsewhere."),
            fields: ConfirmPick.fields + [
                Field("found", Words("찾은 수량", "Found"), .integer(0...1_000_000, unit: nil)), Serials.field,
            ], permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http])
    ) { ask, tables in
        let pick = try PickFound(ask, tables)
        let found = ask.values.integer("found") ?? 0
        guard found < pick.task.left else { throw PickRefusals.quantity(pick.task.left - 1) }
        var serials: [String] = []
        if let item = try ItemTable.find(pick.task.item, for: pick.owner, in: tables), found > 0 {
            serials = try pick.serials(item, found, ask, tables)
        }
        return try drafts(pick, found: found, serials, tables)
    }

    private static func drafts(
        _ pick: PickFound, found: Int64, _ serials: [String], _ tables: any Reader
    ) throws -> [Draft] {
        let (task, tour, owner) = (pick.task, pick.tour, pick.owner)
        let held = try StockTable.held(
            in: tour.centre, item: task.item, lot: task.lot, for: owner, in: tables
        ).filter { $0.spot.status == .available }
        let there = held.filter { $0.spot.location == task.place }.reduce(0) { $0 + $1.quantity }
        // What the books say still lies there once what was found is taken: nobody can promise it until it is counted.
        let phantom = max(0, there - found)
        var drafts: [Draft] = found > 0 ? [pick.picked(found, serials: serials)] : []
        drafts.append(
            Draft(
                TourEvents.shorted, stream: tour.id, scope: tour.scope,
                payload: [
                    "centre": .string(tour.centre), "task": .decimal(task.task), "order": .string(task.order),
                    "item": .string(task.item), "lot": .string(task.lot), "place": .string(task.place),
                    "asked": .decimal(task.left), "found": .decimal(found), "missing": .decimal(phantom),
                ]))
        // All who were to take from here, the one who stands before it among them.
        let here = try TourTable.openTasks(
            in: tour.centre, item: task.item, place: task.place, for: owner, in: tables
        ).filter { $0.lot == task.lot }.map { other in
            var other = other
            if other.key == task.key { other.picked += found }
            return other
        }.filter { $0.left > 0 }
        let (moves, lost) = try elsewhere(here, pick, tables)
        drafts += moves
        drafts += try ended(lost, pick, found: found, phantom: phantom, tables)
        if phantom > 0 {
            let here = Spot(location: task.place)
            let left = try FloorStock.serials(of: task.item, lot: task.lot, here, for: owner, in: tables)
                .filter { !serials.contains($0) }
            let change = StockEvent(
                StockEvent.quarantined, centre: tour.centre, step: "holding",
                moves: [
                    Move(
                        task.item, lot: task.lot, phantom, from: here,
                        to: Spot(location: task.place, status: .quarantine),
                        serials: Int64(left.count) == phantom ? left : [])
                ], place: task.place)
            drafts.append(
                change.draft(stream: tour.id, scope: tour.scope, extra: ["reason": "other", "short": true]))
        }
        drafts.append(
            Draft(
                TourEvents.countWanted, stream: "place/\(task.place)", scope: tour.scope,
                payload: [
                    "centre": .string(tour.centre), "place": .string(task.place), "item": .string(task.item),
                    "lot": .string(task.lot), "why": "short", "missing": .decimal(phantom),
                ]))
        return drafts
    }

    /// Another place of the same lot: picks move there, as far as it goes.
    /// - Returns: the events, and what of which pick nowhere of the lot is left for.
    private static func elsewhere(
        _ tasks: [PickTask], _ pick: PickFound, _ tables: any Reader
    ) throws -> ([Draft], [(task: PickTask, quantity: Int64)]) {
        var floor = try PickPlanning.floor(of: [pick.task.item], in: pick.tour.centre, for: pick.owner, tables)
        var (drops, adds) = ([String: [(task: Int64, quantity: Int64)]](), [String: [PickTask]]())
        var lost: [(task: PickTask, quantity: Int64)] = []
        for task in tasks {
            var next =
                try TourTable.next(in: task.tour, for: pick.owner, in: tables)
                + Int64(adds[task.tour]?.count ?? 0)
            var open = task.left
            for (place, quantity) in floor.take(task.left, of: task.item, lot: task.lot, except: task.place) {
                var moved = task
                (moved.task, moved.place, moved.quantity) = (next, place.id, quantity)
                (moved.picked, moved.sequence) = (0, task.sequence + 1)
                adds[task.tour, default: []].append(moved)
                open -= quantity
                next += 1
            }
            // The pick itself was ended by what says that it is short.
            let moved = task.left - open
            if moved > 0, task.key != pick.task.key { drops[task.tour, default: []].append((task.task, moved)) }
            if open > 0 { lost.append((task, open)) }
        }
        let tours = Set(drops.keys).union(adds.keys).sorted()
        let drafts = tours.map { tour in
            TourEvents.replanned(
                tour, centre: pick.tour.centre, drops: drops[tour] ?? [], adds: adds[tour] ?? [], why: .short,
                scope: pick.tour.scope)
        }
        return (drafts, lost)
    }

    /// Promises that end: of the picks that find nothing of the lot, and beyond them of the latest orders, so that no
    /// more stays promised than stays.
    private static func ended(
        _ lost: [(task: PickTask, quantity: Int64)], _ pick: PickFound, found: Int64, phantom: Int64,
        _ tables: any Reader
    ) throws -> [Draft] {
        let (task, tour) = (pick.task, pick.tour)
        func share(_ other: PickTask, _ quantity: Int64) -> Reserved {
            Reserved(
                order: other.order, line: other.line, centre: tour.centre, item: task.item, lot: task.lot,
                quantity: quantity)
        }
        let own = lost.filter { $0.task.key == task.key }.map { share($0.task, $0.quantity) }
        var others = lost.filter { $0.task.key != task.key }.map { share($0.task, $0.quantity) }
        let lot = try StockTable.lots(of: task.item, in: tour.centre, for: pick.owner, in: tables)
            .first { $0.lot == task.lot }
        if let lot {
            let gone = (own + others).reduce(0) { $0 + $1.quantity }
            let excess = (lot.reserved - gone) - (lot.available - phantom)
            if excess > 0 { others += try latest(excess, pick, found: found, but: own + others, tables) }
        }
        let rest = Dictionary(grouping: others, by: \.order).sorted { $0.key < $1.key }.map { order, shares in
            Reserved.end(shares, .short, stream: order, scope: tour.scope, of: order, in: tour.centre)
        }
        guard !own.isEmpty else { return rest }
        var mine = Reserved.end(own, .short, stream: task.order, scope: tour.scope, of: task.order, in: tour.centre)
        // Its pick has ended already: none of those that were moved elsewhere is dropped for it.
        mine.payload["pick"] = "ended"
        return [mine] + rest
    }

    /// Promises of the lot that end beyond those of the picks: of those first who have no pick of it yet, the latest
    /// order first; what lies in totes and parcels last.
    private static func latest(
        _ excess: Int64, _ pick: PickFound, found: Int64, but ended: [Reserved], _ tables: any Reader
    ) throws -> [Reserved] {
        let (task, centre) = (pick.task, pick.tour.centre)
        let busy = Set(
            try TourTable.openTasks(in: centre, item: task.item, for: pick.owner, in: tables).map(\.order)
                + [task.order])
        let (open, inHand) = try StockTable.split(
            of: task.item, lot: task.lot, in: centre, for: pick.owner, in: tables)
        var gone = Dictionary(ended.map { ([$0.order, "\($0.line)"], $0.quantity) }, uniquingKeysWith: +)
        let left = open.map { promise in
            var left = promise
            let some = min(left.quantity, gone[[promise.order, "\(promise.line)"]] ?? 0)
            gone[[promise.order, "\(promise.line)"], default: 0] -= some
            left.quantity -= some
            return left
        }.filter { $0.quantity > 0 }
        // What was found goes into the tote in the same breath: it is in hand, and lost last.
        var (held, mine) = (found, [Reserved]())
        let rest = left.compactMap { promise -> Reserved? in
            guard promise.order == task.order, promise.line == task.line else { return promise }
            var (open, kept) = (promise, promise)
            kept.quantity = min(held, promise.quantity)
            open.quantity -= kept.quantity
            held -= kept.quantity
            if kept.quantity > 0 { mine.append(kept) }
            return open.quantity > 0 ? open : nil
        }
        return Quarantine.excess(
            excess,
            of: rest.filter { !busy.contains($0.order) } + rest.filter { busy.contains($0.order) } + mine + inHand)
    }
}
