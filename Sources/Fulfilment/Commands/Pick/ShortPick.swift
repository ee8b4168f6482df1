import Access
import District
import Record
import Store

/// There is less at a place than there should be, or nobody gets at it. The tour goes on at once: the rest is taken from
/// another place of the lot, or the order is promised again. Kept back until the place has been counted is only what the
/// books say is there and the picker says is not; a place that is blocked is closed, and nothing of it is kept back.
enum ShortPick {
    static let name = "fulfilment.pick.short"

    /// Why there is less.
    enum Cause: String, Sendable, CaseIterable {
        /// No more of it lies there.
        case empty
        /// Some of it is broken.
        case damaged
        /// Nobody gets at it.
        case blocked

        var words: Words {
            switch self {
            case .empty: Words("더 없음", "No more is there")
            case .damaged: Words("파손됨", "Some are broken")
            case .blocked: Words("막혀서 꺼낼 수 없음", "Blocked: nobody gets at it")
            }
        }
    }

    /// What a picker says of a place.
    struct Said: Sendable, Hashable {
        /// How many go into the tote.
        let found: Int64
        let cause: Cause
        /// How many lie there broken.
        var damaged: Int64 = 0
    }

    static let command = Command(
        Form(
            name, title: Words("재고 부족", "Short at a pick"),
            help: Words(
                "찾은 수량과 사유를 말하면 나머지는 다른 위치나 로트에서 다시 짭니다.",
                "Say how many you found and why: the rest is planned anew from elsewhere."),
            fields: ConfirmPick.fields + [
                Field("found", Words("찾은 수량", "Found"), .integer(0...1_000_000, unit: nil)),
                Field(
                    "cause", Words("사유", "Why"),
                    .choice(Cause.allCases.map { .init($0.rawValue, $0.words) })),
                Field(
                    "damaged", Words("파손된 수량", "Broken ones"), .integer(1...1_000_000, unit: nil),
                    condition: .init("cause", is: "damaged")),
                Serials.field,
            ], permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http])
    ) { ask, tables in
        let pick = try PickFound(ask, tables)
        let said = Said(
            found: ask.values.integer("found") ?? 0, cause: Cause(rawValue: ask.values.text("cause")) ?? .empty,
            damaged: ask.values.integer("damaged") ?? 0)
        var serials: [String] = []
        if let item = try ItemTable.find(pick.task.item, for: pick.owner, in: tables) {
            guard !item.hasSerials || said.damaged == 0 else {
                throw GoodsAsk.conflict(
                    "pick.damaged-serials", "damaged",
                    Words(
                        "일련번호 상품은 ‘더 없음’으로 보내고, 파손된 것은 실사할 때 정리합니다.",
                        "What has serial numbers is sent as “no more”; broken ones are dealt with at the count."))
            }
            serials = try pick.serials(item, said.found, ask, tables)
        }
        return try drafts(pick, said, serials, tables)
    }

    /// The events of a shortage.
    static func drafts(
        _ pick: PickFound, _ said: Said, _ serials: [String], _ tables: any Reader
    ) throws -> [Draft] {
        let (task, tour, owner, found) = (pick.task, pick.tour, pick.owner, said.found)
        guard found < task.left else { throw PickRefusals.quantity(task.left - 1) }
        let taken: [Draft] = found > 0 ? [pick.picked(found, serials: serials)] : []
        guard said.cause != .blocked else { return taken + [try closed(pick)] }
        let there = try FloorStock.quantity(
            task.item, lot: task.lot, Spot(location: task.place), in: tour.centre, for: owner, in: tables)
        guard found <= there else { throw tooMany("found", there) }
        guard found + said.damaged <= there else { throw tooMany("damaged", there - found) }
        // What the books say still lies there once what was found is taken: nobody can promise it until it is counted.
        let phantom = there - found - said.damaged
        var drafts = taken
        drafts.append(
            Draft(
                TourEvents.shorted, stream: tour.id, scope: tour.scope,
                payload: [
                    "centre": .string(tour.centre), "task": .decimal(task.task), "order": .string(task.order),
                    "item": .string(task.item), "lot": .string(task.lot), "place": .string(task.place),
                    "asked": .decimal(task.left), "found": .decimal(found), "missing": .decimal(phantom),
                    "cause": .string(said.cause.rawValue), "damaged": .decimal(said.damaged),
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
        drafts += try ended(lost, pick, found: found, phantom: phantom + said.damaged, tables)
        if phantom + said.damaged > 0 {
            drafts.append(try kept(pick, phantom: phantom, damaged: said.damaged, but: serials, tables))
        }
        guard phantom > 0 else { return drafts }
        return drafts + [
            Draft(
                TourEvents.countWanted, stream: "place/\(task.place)", scope: tour.scope,
                payload: [
                    "centre": .string(tour.centre), "place": .string(task.place), "item": .string(task.item),
                    "lot": .string(task.lot), "why": "short", "missing": .decimal(phantom),
                ])
        ]
    }

    /// The place is closed until somebody has cleared it: its picks go elsewhere or wait (``ClosedPlaces``).
    private static func closed(_ pick: PickFound) throws(Refusal) -> Draft {
        try GoodsAsk.demandOpen(pick.place)
        return Draft(
            Place.closed, stream: "place/\(pick.place.id)", scope: pick.tour.scope,
            payload: [
                "place": .string(pick.place.id), "centre": .string(pick.place.centre),
                "why": .string("\(Cause.blocked.words.ko) (\(pick.task.name))"), "blocked": true,
            ])
    }

    private static func kept(
        _ pick: PickFound, phantom: Int64, damaged: Int64, but taken: [String], _ tables: any Reader
    ) throws -> Draft {
        let (task, tour) = (pick.task, pick.tour)
        let here = Spot(location: task.place)
        let left = try FloorStock.serials(of: task.item, lot: task.lot, here, for: pick.owner, in: tables)
            .filter { !taken.contains($0) }
        let moves = [(phantom, StockStatus.quarantine), (damaged, .damaged)].filter { $0.0 > 0 }.map {
            Move(
                task.item, lot: task.lot, $0.0, from: here, to: Spot(location: task.place, status: $0.1),
                serials: Int64(left.count) == $0.0 ? left : [])
        }
        return StockEvent(
            StockEvent.quarantined, centre: tour.centre, step: "holding", moves: moves, place: task.place
        ).draft(stream: tour.id, scope: tour.scope, extra: ["reason": "other", "short": true])
    }

    private static func tooMany(_ field: String, _ most: Int64) -> Refusal {
        GoodsAsk.conflict(
            "pick.\(field)", field,
            Words(
                "장부에는 그 위치에 \(most)개뿐입니다. 그만큼만 집고, 위치 실사를 요청해 주세요.",
                "The books have only \(most) there. Please take no more, and ask for the place to be counted."))
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
        var promised: [String: [Reserved]] = [:]
        func shares(_ other: PickTask, _ quantity: Int64) throws -> [Reserved] {
            var mine = try promised[other.order] ?? StockTable.promises(to: other.order, for: pick.owner, in: tables)
            defer { promised[other.order] = mine }
            return Reserved.taken(quantity, of: task.item, lot: task.lot, line: other.line, from: &mine)
        }
        let own = try lost.filter { $0.task.key == task.key }.flatMap { try shares($0.task, $0.quantity) }
        var others = try lost.filter { $0.task.key != task.key }.flatMap { try shares($0.task, $0.quantity) }
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
