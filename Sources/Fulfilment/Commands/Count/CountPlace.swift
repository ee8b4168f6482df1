import Access
import District
import Record
import Store

/// The counts of places: opened, submitted without sight of the books, approved by somebody else where much is amiss.
struct CountPlace {
    let rule: CountRule

    static let open = "fulfilment.count.open"
    static let submit = "fulfilment.count.submit"
    static let approve = "fulfilment.count.approve"
    static let reject = "fulfilment.count.reject"

    static let count = Field(
        "count", Words("실사", "Count"),
        .reference(kind: "fulfilment-count", source: nil))

    var commands: [Command] { [opening, submitting, approving, rejecting] }

    private var opening: Command {
        Command(
            Form(
                Self.open, title: Words("실사 시작", "Begin a count"),
                help: Words(
                    "한 위치의 재고를 셉니다. 장부 수량은 보여 드리지 않습니다.", "Counts one place. The books' quantity is not shown."),
                fields: [GoodsAsk.place], permission: GoodsAsk.permission(Self.open, GoodsAsk.floor),
                surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/count")
        ) { ask, tables in
            let place = try GoodsAsk.place(ask, tables)
            try GoodsAsk.demandOpen(place)
            guard try CountTable.current(of: place.id, for: ask.tenant, in: tables) == nil else {
                throw GoodsAsk.conflict(
                    "count.under-way", "place", Words("이미 실사 중인 위치입니다.", "This place is being counted already."))
            }
            let id = Identifier(at: ask.now).description
            let scope = try PlaceTable.scope(of: place.id, for: ask.tenant, in: tables) ?? .zone
            return [
                Draft(
                    CountTable.opened, stream: "count/\(id)", scope: scope,
                    payload: [
                        "count": .string(id), "centre": .string(place.centre), "place": .string(place.id),
                    ])
            ]
        }
    }

    private var submitting: Command {
        Command(
            Form(
                Self.submit, title: Words("실사 결과 보내기", "Submit a count"),
                help: Words("센 것을 모두 적습니다. 적지 않은 상품은 없는 것으로 봅니다.", "All that was there; what is not named was not."),
                fields: [
                    Self.count,
                    Field(
                        "lines", Words("센 것", "Counted"),
                        .list(
                            [
                                GoodsAsk.item, GoodsAsk.lot,
                                Field("quantity", Words("수량", "Quantity"), .integer(0...1_000_000_000, unit: nil)),
                            ], maximum: 500), required: false),
                ], permission: GoodsAsk.permission(Self.submit, GoodsAsk.floor), after: "/fulfilment/count")
        ) { ask, tables in try submitted(ask, tables) }
    }

    private func submitted(_ ask: Ask, _ tables: any Reader) throws -> [Draft] {
        let count = try Self.find(ask, tables, in: .open)
        let lines = try (ask.values["lines"]?.elements ?? []).enumerated().map { index, line in
            let field = "lines[\(index)]"
            let item = try GoodsAsk.item(line["item"]?.text ?? "", field: "\(field).item", for: ask.tenant, tables)
            let lot = line["lot"]?.text ?? ""
            // How many numbered pieces there are tells not which: they are moved and scrapped by number, not counted.
            guard !item.hasSerials else {
                throw GoodsAsk.conflict(
                    "count.serials", "\(field).item",
                    Words("일련번호 상품은 수량 실사로 고칠 수 없습니다.", "What has serial numbers is not corrected by a count."))
            }
            guard item.hasLots == !lot.isEmpty else {
                throw GoodsAsk.invalid(
                    "count.lot", "\(field).lot",
                    item.hasLots
                        ? Words("로트로 관리하는 상품입니다. 로트를 적어 주세요.", "It is kept by lots: please name the lot.")
                        : Words("로트로 관리하지 않는 상품입니다.", "It is not kept by lots."))
            }
            // A lot that nobody knows has no date, and would never be too old.
            guard try lot.isEmpty || !StockTable.known(lot, of: item.code, for: ask.tenant, in: tables).isEmpty else {
                throw GoodsAsk.invalid(
                    "count.lot", "\(field).lot",
                    Words("입고된 적이 없는 로트입니다: \(lot)", "No such lot was ever received: \(lot)"))
            }
            return (item: item.code, lot: lot, quantity: line["quantity"]?.integer ?? 0)
        }
        let numbered = Set(try ItemTable.all(for: ask.tenant, in: tables).filter(\.hasSerials).map(\.code))
        let held = try StockTable.held(in: count.centre, location: count.place, for: ask.tenant, in: tables)
            .filter { !numbered.contains($0.item) }
        let variances = try Self.judged(
            CountRule.variances(book: held, counted: lines), moved: CountMoves.of(count.id, in: tables))
        let costs = try ItemTable.byCode(Set(variances.map(\.item)), for: ask.tenant, in: tables)
            .compactMapValues(\.cost)
        let waits = rule.needsApproval(variances, costs: costs)
        let draft = Draft(
            CountTable.submitted, stream: "count/\(count.id)", scope: count.scope,
            payload: [
                "count": .string(count.id), "centre": .string(count.centre), "place": .string(count.place),
                "variances": .array(variances.map(\.json)), "waits": .bool(waits),
            ])
        return waits ? [draft] : [draft] + (try settled(count, variances, held, ask, tables))
    }

    /// What moved while it was being counted was counted before or after it moved: a figure between the two is right. Any
    /// other can be held against no figure of the books.
    private static func judged(_ variances: [Variance], moved: [CountMoves.Moved]) throws(Refusal) -> [Variance] {
        var judged: [Variance] = []
        for one in variances {
            guard let moved = moved.first(where: { $0.item == one.item && $0.lot == one.lot }) else {
                judged.append(one)
                continue
            }
            guard moved.range(book: one.book).contains(one.counted) else {
                throw GoodsAsk.conflict(
                    "count.moved", "lines",
                    Words(
                        "세는 동안 \(one.item) 재고가 움직였습니다. 이 상품만 다시 세어 주세요.",
                        "\(one.item) was moved while it was being counted. Please count this item again."))
            }
            judged.append(Variance(item: one.item, lot: one.lot, book: one.book, counted: one.book))
        }
        return judged
    }

    private var approving: Command {
        Command(
            Form(
                Self.approve, title: Words("실사 차이 승인", "Approve a count"),
                help: Words("센 사람이 아닌 사람이 차이를 확인하고 재고를 고칩니다.", "Somebody else than who counted corrects the stock."),
                fields: [Self.count], permission: GoodsAsk.permission(Self.approve, GoodsAsk.leads),
                confirmation: .readBack, after: "/fulfilment/count")
        ) { ask, tables in
            let count = try Self.find(ask, tables, in: .submitted)
            try Self.demandOther(count, ask)
            let held = try StockTable.held(in: count.centre, location: count.place, for: ask.tenant, in: tables)
            return try settled(count, count.variances, held, ask, tables)
        }
    }

    private var rejecting: Command {
        Command(
            Form(
                Self.reject, title: Words("다시 세기", "Count again"),
                help: Words("차이를 인정하지 않고 다시 세게 합니다.", "The variance is not accepted: it is counted again."),
                fields: [Self.count, Field("why", Words("사유", "Reason"), .text(maximum: 200))],
                permission: GoodsAsk.permission(Self.reject, GoodsAsk.leads), after: "/fulfilment/count")
        ) { ask, tables in
            let count = try Self.find(ask, tables, in: .submitted)
            try Self.demandOther(count, ask)
            return [
                Draft(
                    CountTable.rejected, stream: "count/\(count.id)", scope: count.scope,
                    payload: ["count": .string(count.id), "why": .string(ask.values.text("why"))])
            ]
        }
    }

    private static func demandOther(_ count: CountTable.Count, _ ask: Ask) throws(Refusal) {
        guard count.counter != ask.caller.author.text else {
            throw GoodsAsk.conflict(
                "count.same-person", "count",
                Words("센 사람은 자기 결과를 승인할 수 없습니다.", "Whoever counted cannot approve it."))
        }
    }

    private static func find(
        _ ask: Ask, _ tables: any Reader, in state: CountTable.Count.State
    ) throws -> CountTable.Count {
        guard let count = try CountTable.find(ask.values.text("count"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "count.unknown", Words("그런 실사가 없습니다.", "There is no such count."))
        }
        guard count.state == state else {
            throw GoodsAsk.conflict(
                "count.state", "count",
                state == .open
                    ? Words("이미 결과를 보낸 실사입니다.", "This count was submitted already.")
                    : Words("승인을 기다리는 실사가 아닙니다.", "This count waits for no approval."))
        }
        return count
    }

    /// What may be good again once it has been counted: not what is kept back for another reason as well.
    private func found(
        _ wanted: [WantedTable.Wanted], _ count: CountTable.Count, _ ask: Ask, _ tables: any Reader
    ) throws -> [CountRule.Missing] {
        let tenant = try ask.tenant
        let checks = try CheckTable.list(at: count.centre, for: tenant, limit: 10_000, in: tables)
            .filter { $0.location == count.place }
        return try wanted.filter { one in
            try !StockTable.known(one.lot, of: one.item, for: tenant, in: tables).contains { $0.held != nil }
                && !checks.contains { $0.item == one.item && $0.lot == one.lot }
        }.map { .init(item: $0.item, lot: $0.lot, quantity: $0.missing) }
    }

    /// The events that correct the stock; promises beyond what was found end first, and their orders are named.
    private func settled(
        _ count: CountTable.Count, _ variances: [Variance], _ held: [Held], _ ask: Ask, _ tables: any Reader
    ) throws -> [Draft] {
        let wanted = try WantedTable.list(in: count.centre, place: count.place, for: ask.tenant, in: tables)
        guard
            let moves = CountRule.moves(
                variances, at: count.place, held: held, missing: try found(wanted, count, ask, tables))
        else {
            throw GoodsAsk.conflict(
                "count.changed", "count",
                Words("센 뒤에 재고가 달라졌습니다. 다시 세어 주세요.", "The stock has changed since. Please count again."))
        }
        var drafts: [Draft] = []
        var orders: Set<String> = []
        let losses = Dictionary(grouping: moves.filter { $0.from?.status == .available }) { [$0.item, $0.lot] }
        for (key, gone) in losses.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let lost = gone.reduce(0) { $0 + $1.quantity }
            let ended = try StockEnd.ended(key[0], lot: key[1], losing: lost, in: count.centre, ask, tables)
            orders.formUnion(ended.map(\.order))
            drafts += StockEnd.drafts(ended, .short, in: count.centre, scope: count.scope)
        }
        let extra: [String: JSON] = [
            "count": .string(count.id), "orders": .array(orders.sorted().map { .string($0) }),
        ]
        if !moves.isEmpty {
            drafts.append(
                StockEvent(
                    StockEvent.counted, centre: count.centre, step: "cycle_counting", moves: moves, place: count.place
                ).draft(stream: "count/\(count.id)", scope: count.scope, extra: extra))
        }
        drafts.append(
            Draft(
                CountTable.settled, stream: "count/\(count.id)", scope: count.scope,
                payload: extra.merging([
                    "place": .string(count.place),
                    "answered": .array(wanted.map(\.json)),
                    "amiss": .number(Double(variances.count { $0.difference != 0 })),
                ]) { $1 }))
        return drafts
    }
}

/// The end of promises whose goods are no longer there.
enum StockEnd {
    /// Which promises of a lot end where so much of its good stock goes.
    static func ended(
        _ item: String, lot: String, losing lost: Int64, in centre: String, _ ask: Ask, _ tables: any Reader
    ) throws -> [Reserved] {
        let tenant = try ask.tenant
        let lots = try StockTable.lots(of: item, in: centre, for: tenant, in: tables)
        guard let stock = lots.first(where: { $0.lot == lot }) else { return [] }
        let promises = try StockTable.endable(of: item, lot: lot, in: centre, for: tenant, in: tables)
        return CountRule.ended(promises, of: stock, losing: lost)
    }

    /// The events that end them, an order each.
    static func drafts(_ ended: [Reserved], _ why: Reserved.End, in centre: String, scope: Scope) -> [Draft] {
        Dictionary(grouping: ended, by: \.order).sorted { $0.key < $1.key }.map { order, shares in
            Reserved.end(shares, why, stream: order, scope: scope, of: order, in: centre)
        }
    }
}
