import Access
import District
import Record
import Store

/// Takes goods out of a tote or a parcel: back into a place, or off the books where they are damaged or missing. A parcel
/// that is opened loses its number; what is not taken out goes back into the order's tote, to be packed again.
struct EmptyContainer {
    let segregation: Segregation

    static let name = "fulfilment.container.empty"

    /// What becomes of what is taken out.
    enum Outcome: String, Sendable, CaseIterable {
        case back, damaged, lost

        var words: Words {
            switch self {
            case .back: Words("위치에 되돌림", "Put back into a place")
            case .damaged: Words("파손됨", "Damaged")
            case .lost: Words("들어 있지 않음", "Missing")
            }
        }
    }

    static let fields = [
        Field(
            "outcome", Words("꺼낸 물건", "What is taken out"),
            .choice(Outcome.allCases.map { .init($0.rawValue, $0.words) }), required: false),
        Field(
            "place", Words("둘 위치", "Where it goes"),
            .reference(kind: "stock-place", source: "/api/v1/fulfilment/choices/place"), required: false,
            help: Words("위치 라벨을 스캔하세요. 없어진 물건이면 비워 둡니다.", "Scan the place; left out where it is missing.")),
        Field(
            "item", Words("상품", "Item"),
            .reference(kind: "fulfilment-item", source: "/api/v1/fulfilment/choices/item"), required: false,
            help: Words(
                "비워 두면 주문의 것이 아니거나 격리된 물건만 꺼냅니다.",
                "Left out, only what is not the order's, or is kept back, is taken out.")),
        GoodsAsk.lot, Field("quantity", Words("수량", "Quantity"), .integer(1...1_000_000, unit: nil), required: false),
        Field("reason", Words("사유", "Reason"), .text(maximum: 200), required: false),
    ]

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("상자·바구니 비우기", "Empty a parcel or a tote"),
                help: Words(
                    "격리되었거나 주문의 것이 아닌 물건을 꺼냅니다. 상자를 열면 상자 번호는 취소되고 남은 물건은 바구니로 돌아갑니다.",
                    "Takes out what is kept back or not the order's. An opened parcel loses its number; the rest goes into the tote."
                ),
                fields: [
                    Field(
                        "container", Words("상자나 바구니", "Parcel or tote"), .text(maximum: 80),
                        help: Words("상자 번호(SSCC)나 주문 번호를 스캔하세요.", "Scan the parcel's SSCC or the order's number."))
                ] + Self.fields, permission: GoodsAsk.permission(Self.name, StartPicking.roles),
                surfaces: [.web, .http], after: "/fulfilment/pack")
        ) { ask, tables in
            try drafts(try Container.find(ask, tables), ask, tables)
        }
    }

    /// A tote or a parcel that stands in the house.
    struct Container {
        let order: Order
        let location: String
        /// The parcel; nil where it is the order's tote.
        let sscc: String?

        static func tote(of order: Order) -> Container {
            Container(order: order, location: Tote.location(of: order.id), sscc: nil)
        }

        static func find(_ ask: Ask, _ tables: any Reader) throws -> Container {
            let (tenant, said) = (try ask.tenant, ask.values.text("container"))
            guard let sscc = GTIN.sscc(scanned: said) else {
                guard let order = try OrderTable.find(called: said, for: tenant, in: tables) else { throw unknown }
                return tote(of: order)
            }
            guard let box = try ParcelTable.find(sscc, for: tenant, in: tables),
                let order = try OrderTable.find(box.order, for: tenant, in: tables)
            else { throw unknown }
            switch box.state {
            case .packed: return Container(order: order, location: "\(Spot.container)\(sscc)", sscc: sscc)
            case .listed:
                throw GoodsAsk.conflict(
                    "empty.listed", "container",
                    Words("인계 목록에 있는 상자입니다. 먼저 목록에서 빼 주세요.", "It is on a carrier's list: take it off first."))
            case .sent:
                throw GoodsAsk.conflict(
                    "empty.sent", "container", Words("로봇이 나르고 있는 상자입니다.", "A robot is carrying this parcel."))
            case .gone, .void: throw unknown
            }
        }

        private static let unknown: Refusal = {
            let words = Words("그런 상자나 바구니가 없습니다.", "There is no such parcel or tote.")
            return Refusal(.notFound, "empty.unknown", of: "container", "known", words)
        }()
    }

    static let nothing = Refusal(
        .conflict, "back.nothing", Words("되돌려 놓을 것이 없습니다.", "There is nothing to be put back."))

    // MARK: - The rule

    func drafts(_ container: Container, _ ask: Ask, _ tables: any Reader) throws -> [Draft] {
        let (order, tenant) = (container.order, try ask.tenant)
        let outcome = Outcome(rawValue: ask.values.text("outcome")) ?? .back
        let reason = ask.values.text("reason")
        let held = try StockTable.held(in: order.centre, location: container.location, for: tenant, in: tables)
        guard !held.isEmpty else { throw Self.nothing }
        guard outcome == .back || !reason.isEmpty else {
            throw GoodsAsk.invalid("empty.reason", "reason", Words("사유를 적어 주세요.", "Please say why."))
        }
        let (chosen, moves) = try taken(held, outcome, container, ask, tables)
        guard !chosen.isEmpty || container.sscc != nil else { throw Self.nothing }
        let rest = Self.rest(of: held, but: chosen)
        let others =
            container.sscc == nil
            ? []
            : rest.map {
                Move(
                    $0.item, lot: $0.lot, $0.quantity, from: $0.spot,
                    to: Spot(location: Tote.location(of: order.id), status: $0.spot.status))
            }
        // What is lost or broken was promised to the order: it is promised something else.
        let gone = outcome == .back ? [] : chosen.filter { $0.spot.status == .available }
        let ended = Self.matched(gone, try StockTable.promises(to: order.id, for: tenant, in: tables))
        var extra: [String: JSON] = ["outcome": .string(outcome.rawValue)]
        if !reason.isEmpty { extra["reason"] = .string(reason) }
        if let sscc = container.sscc { extra["sscc"] = .string(sscc) }
        let lines = try OrderTable.lines(of: order.id, for: tenant, in: tables)
        if order.state != .cancelled {
            // In a tote only good pieces count as picked; in a parcel all count that were packed into it.
            let unpacked = container.sscc == nil ? [] : held
            let unpicked =
                container.sscc == nil
                ? chosen.filter { $0.spot.status == .available }
                : chosen + rest.filter { $0.spot.status != .available }
            var less = lines
            extra["unpacked"] = .array(Self.reduced(unpacked, &less, \.packed, above: \.shipped))
            extra["unpicked"] = .array(Self.reduced(unpicked, &less, \.picked, above: \.packed))
        }
        let change = StockEvent(
            StockEvent.unpacked, centre: order.centre, step: container.sscc == nil ? "storing" : "unpacking",
            moves: try FloorStock.numbered(moves + others, for: tenant, in: tables),
            papers: [.init(type: "po", reference: order.id)], container: container.location)
        var drafts: [Draft] = []
        if !ended.isEmpty {
            var end = Reserved.end(
                ended, .short, stream: order.id, scope: order.scope, of: order.id, in: order.centre)
            // Its picks ended before it was packed: none that is still open is dropped for it.
            end.payload["pick"] = "done"
            drafts.append(end)
        }
        return drafts + [change.draft(stream: order.id, scope: order.scope, extra: extra)]
    }

    /// What is taken out, and where it goes.
    private func taken(
        _ held: [Held], _ outcome: Outcome, _ container: Container, _ ask: Ask, _ tables: any Reader
    ) throws -> ([Held], [Move]) {
        let (order, tenant) = (container.order, try ask.tenant)
        let isNamed = !ask.values.text("item").isEmpty
        let wanted =
            isNamed
            ? try named(held, ask, tables)
            : outcome == .back ? try Aside.surplus(held, of: order, for: tenant, tables) : held
        guard !wanted.isEmpty else { return ([], []) }
        guard outcome != .lost else {
            return (wanted, wanted.map { Move($0.item, lot: $0.lot, $0.quantity, from: $0.spot) })
        }
        let place = try GoodsAsk.place(ask, in: order.centre, tables)
        try GoodsAsk.demandOpen(place)
        var (chosen, moves, refused): ([Held], [Move], Refusal?) = ([], [], nil)
        for one in wanted {
            let status = try status(of: one, outcome, order, tables)
            if let refusal = try refusal(of: place, one, status, ask, tables) {
                // Goods that belong elsewhere stay in, until somebody scans a place that may take them.
                guard !isNamed else { throw refusal }
                refused = refused ?? refusal
                continue
            }
            chosen.append(one)
            moves.append(
                Move(one.item, lot: one.lot, one.quantity, from: one.spot, to: Spot(location: place.id, status: status))
            )
        }
        if chosen.isEmpty, let refused { throw refused }
        return (chosen, moves)
    }

    /// What is good stays good, unless its lot is kept back.
    private func status(
        of held: Held, _ outcome: Outcome, _ order: Order, _ tables: any Reader
    ) throws -> StockStatus {
        if outcome == .damaged { return .damaged }
        guard [.available, .aside].contains(held.spot.status) else { return held.spot.status }
        let owner = try ChangeOrder.owner(of: order)
        let isKept = try StockTable.known(held.lot, of: held.item, for: owner, in: tables).contains { $0.held != nil }
        return isKept ? .quarantine : .available
    }

    private func refusal(
        of place: Place, _ held: Held, _ status: StockStatus, _ ask: Ask, _ tables: any Reader
    ) throws -> Refusal? {
        let item =
            try ItemTable.find(held.item, for: ask.tenant, in: tables) ?? Item(code: held.item, name: held.item)
        return try StoreGoods.refusal(
            of: place, item, lot: held.lot, held.quantity, status, segregation, for: ask.tenant, tables)
    }

    private func named(_ held: [Held], _ ask: Ask, _ tables: any Reader) throws -> [Held] {
        let item = try GoodsAsk.item(ask, tables)
        let lot = ask.values.text("lot")
        let own = held.filter { $0.item == item.code && (lot.isEmpty || $0.lot == lot) }
        var open = ask.values.integer("quantity") ?? own.reduce(0) { $0 + $1.quantity }
        // What is kept back comes out first: it may not stay.
        let found = own.sorted { ($0.spot.status == .available ? 1 : 0) < ($1.spot.status == .available ? 1 : 0) }
            .compactMap { held -> Held? in
                let some = min(open, held.quantity)
                open -= some
                return some > 0 ? held.some(some) : nil
            }
        guard open == 0, !found.isEmpty else {
            throw GoodsAsk.conflict(
                "empty.item", "item", Words("그만큼 들어 있지 않습니다.", "There is not as much of it in there."))
        }
        return found
    }

    // MARK: - Shares

    private static func rest(of held: [Held], but chosen: [Held]) -> [Held] {
        held.compactMap { one in
            let gone = chosen.filter { $0.item == one.item && $0.lot == one.lot && $0.spot == one.spot }
                .reduce(0) { $0 + $1.quantity }
            return one.quantity > gone ? one.some(one.quantity - gone) : nil
        }
    }

    /// The promises that such goods stand for.
    private static func matched(_ gone: [Held], _ promises: [Reserved]) -> [Reserved] {
        var (left, ended) = (promises, [Reserved]())
        for one in gone {
            var open = one.quantity
            for index in left.indices where left[index].item == one.item && left[index].lot == one.lot {
                let some = min(open, left[index].quantity)
                guard some > 0 else { continue }
                var part = left[index]
                part.quantity = some
                ended.append(part)
                left[index].quantity -= some
                open -= some
            }
        }
        return ended
    }

    /// Of which lines so many pieces count less.
    static func reduced(
        _ held: [Held], _ lines: inout [OrderLine], _ column: WritableKeyPath<OrderLine, Int64>,
        above floor: KeyPath<OrderLine, Int64>
    ) -> [JSON] {
        var less: [JSON] = []
        for one in held {
            var open = one.quantity
            for index in lines.indices where lines[index].item == one.item {
                let some = min(open, lines[index][keyPath: column] - lines[index][keyPath: floor])
                guard some > 0 else { continue }
                lines[index][keyPath: column] -= some
                open -= some
                less.append([
                    "order": .string(lines[index].order), "line": .decimal(lines[index].line),
                    "quantity": .decimal(some),
                ])
            }
        }
        return less
    }
}

extension Held {
    /// So many of them.
    func some(_ quantity: Int64) -> Held {
        Held(centre: centre, spot: spot, item: item, lot: lot, quantity: quantity, since: since)
    }
}
