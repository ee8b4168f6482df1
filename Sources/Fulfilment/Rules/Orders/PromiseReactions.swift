import Access
import District
import Record
import Store

/// What happens to orders when their goods are lost, or when goods come in that they wait for.
enum PromiseReactions {
    static let all = [again, cancelled, short] + arrivals

    /// A delivery is finished and brought less than was announced: who waited for the rest is told, and when it comes now.
    static let short = Reaction(
        "fulfilment.promise-without", to: Arrival.closed, yields: [OrderEvents.promised]
    ) { event, tables in
        guard let owner = CentreTable.Centre.owner(event.scope), let centre = event.payload["centre"]?.text,
            let terms = try CentreTable.find(centre, for: owner, in: tables)?.terms
        else { return [] }
        let missing = (event.payload["differences"]?.elements ?? []).filter {
            $0["kind"]?.text != Arrival.Difference.over.rawValue
        }
        return try WaitingAgain(terms: terms, owner: owner, now: event.observed)
            .drafts(Set(missing.compactMap { $0["item"]?.text }), tables)
    }

    /// What a cancelled order leaves is promised to those who wait, before anybody who comes later.
    static let cancelled = Reaction(
        "fulfilment.serve-waiting.cancelled", to: StockTable.unreserved,
        yields: [StockTable.reserved, OrderEvents.promised]
    ) { event, tables in
        guard event.payload["why"]?.text == Reserved.End.cancelled.rawValue,
            let owner = CentreTable.Centre.owner(event.scope), let centre = event.payload["centre"]?.text
        else { return [] }
        return try Set(Reserved.shares(event.payload).map(\.item)).sorted().flatMap {
            try serve($0, in: centre, for: owner, at: event.observed, tables)
        }
    }

    /// What was promised and is no longer there is promised again: of another lot, of what is to come, or not before
    /// somebody knows; picks that were under way follow.
    static let again = Reaction(
        "fulfilment.promise-again", to: StockTable.unreserved,
        yields: [StockTable.reserved, OrderEvents.promised, TourEvents.replanned]
    ) { event, tables in
        guard let cause = cause(event), let owner = CentreTable.Centre.owner(event.scope),
            let order = try OrderTable.find(event.payload["order"]?.text ?? "", for: owner, in: tables),
            order.state.isInHouse,
            let terms = try CentreTable.find(order.centre, for: owner, in: tables)?.terms
        else { return [] }
        let lost = Reserved.shares(event.payload)
        return try PromiseAgain(
            order: order, terms: terms, owner: owner, now: event.observed, cause: cause,
            hasPick: event.payload["pick"] == nil, isAtPick: event.payload["pick"]?.text == "ended"
        )
        .drafts(lost, tables)
    }

    private static func cause(_ event: Event) -> Promise.Cause? {
        switch event.payload["why"]?.text.flatMap({ Reserved.End(rawValue: $0) }) {
        case .quarantined: .quarantined
        case .short: .short
        case .expired: .expired
        default: nil
        }
    }

    /// Goods that come into good state are promised to those who wait, the first who ordered first.
    static let arrivals = [
        StockEvent.received, StockEvent.checked, StockEvent.stored, StockEvent.freed, StockEvent.graded,
        StockEvent.counted, StockEvent.consumed, StockEvent.unpacked,
    ].map { type in
        Reaction(
            "fulfilment.serve-waiting.\(type.split(separator: ".").last ?? "")", to: type,
            yields: [StockTable.reserved, OrderEvents.promised]
        ) { event, tables in
            guard let owner = CentreTable.Centre.owner(event.scope), let change = StockEvent(event.type, event.payload)
            else { return [] }
            let items = Set(
                change.moves.filter { $0.to?.status == .available && $0.from?.status != .available }.map(\.item))
            return try items.sorted().flatMap {
                try serve($0, in: change.centre, for: owner, at: event.observed, tables)
            }
        }
    }

    private static func serve(
        _ item: String, in centre: String, for owner: Tenant, at now: Timestamp, _ tables: any Reader
    ) throws -> [Draft] {
        var lots = try OrderTable.lots(of: [item], in: centre, for: owner, in: tables)[item] ?? []
        guard !lots.isEmpty, let terms = try CentreTable.find(centre, for: owner, in: tables)?.terms,
            let known = try ItemTable.find(item, for: owner, in: tables)
        else { return [] }
        var load = try DayLoad(of: centre, at: now, for: owner, tables)
        var (drafts, offset) = ([Draft](), 0)
        // As many as the goods are enough for: a large delivery is not left to who comes later.
        while lots.contains(where: { $0.free > 0 }) {
            let waiting = try OrderTable.waiting(
                for: item, in: centre, limit: page, offset: offset, for: owner, in: tables)
            drafts += try served(waiting, known, &lots, &load, terms, owner, now, tables)
            guard waiting.count == page else { break }
            offset += page
        }
        return drafts
    }

    /// Lines that wait are read so many at a time.
    private static let page = 500

    private static func served(
        _ waiting: [OrderLine], _ known: Item, _ lots: inout [LotStock], _ load: inout DayLoad,
        _ terms: CentreTerms, _ owner: Tenant, _ now: Timestamp, _ tables: any Reader
    ) throws -> [Draft] {
        var drafts: [Draft] = []
        let (item, centre) = (known.code, terms.centre)
        // Two lines of one order are one promise.
        for (id, lines) in grouped(waiting) where lots.contains(where: { $0.free > 0 }) {
            guard let order = try OrderTable.find(id, for: owner, in: tables) else { continue }
            let own = try OrderTable.lines(of: id, for: owner, in: tables)
            let promise = load.promise(order, lines: Int64(own.count), ready: now, terms)
            let usable = (promise?.due ?? now).advanced(bySeconds: Double(known.minimumLife) * 86_400)
            var (shares, less) = ([Reserved](), [Int64: Int64]())
            for line in lines {
                for share in Allocation.shares(of: line.waiting, from: lots, usable: usable) {
                    shares.append(
                        Reserved(
                            order: id, line: line.line, centre: centre, item: item, lot: share.lot,
                            quantity: share.quantity))
                    less[line.line, default: 0] -= share.quantity
                    lots = lots.map { $0.lot == share.lot ? $0.less(share.quantity) : $0 }
                }
            }
            // What is not good long enough for this one may be for the next.
            guard !shares.isEmpty else { continue }
            drafts.append(Reserved.draft(shares, stream: id, scope: order.scope, of: id, in: centre))
            // What else it waits for still decides when it comes, where it may not come in parts.
            let rest = own.reduce(0) { $0 + $1.waiting }
            let isThere = rest + less.values.reduce(0, +) <= 0
            let next =
                isThere || order.isPartial
                ? promise
                : order.ship.flatMap { ship in
                    order.due.map { Promise(ship: ship, due: $0) }
                }
            load.move(order, lines: Int64(own.count), to: next)
            drafts.append(
                OrderEvents.promised(order, next, .arrived, items: lines[0].name, waiting: less))
        }
        return drafts
    }

    /// Lines by order, in the order in which the orders come.
    private static func grouped(_ lines: [OrderLine]) -> [(String, [OrderLine])] {
        var (order, byOrder) = ([String](), [String: [OrderLine]]())
        for line in lines {
            if byOrder[line.order] == nil { order.append(line.order) }
            byOrder[line.order, default: []].append(line)
        }
        return order.map { ($0, byOrder[$0] ?? []) }
    }
}

extension LotStock {
    /// The same with so much more of it promised.
    func less(_ quantity: Int64) -> LotStock {
        LotStock(
            scope: scope, centre: centre, item: item, lot: lot, available: available, reserved: reserved + quantity,
            expiry: expiry, received: received)
    }
}
