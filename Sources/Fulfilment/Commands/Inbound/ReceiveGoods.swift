import Access
import District
import Record
import Store

/// Goods are taken in at the dock, a line at a time: as announced, over, damaged, or of another lot than announced.
struct ReceiveGoods {
    let plans: SamplingPlans

    static let name = "fulfilment.inbound.receive"
    static let inbound = Field(
        "inbound", Words("입고 건", "Delivery"),
        .reference(kind: "fulfilment-inbound", source: nil))
    static let expiry = Field(
        "expiry", Words("사용 기한", "Use by"), .text(maximum: 10), required: false,
        help: Words("예: 2026-12-31 (그날까지)", "Such as 2026-12-31, that day included"), spoken: .day)

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("입고", "Receive goods"),
                help: Words(
                    "들어온 물건을 확인해 재고로 올립니다. 모자라거나 넘치거나 파손된 것도 그대로 적어 주세요.",
                    "Takes goods in. Please enter what really came: less, more or damaged."),
                fields: [
                    Self.inbound, GoodsAsk.item, GoodsAsk.lot, Self.expiry,
                    Field("quantity", Words("정상 수량", "Good ones"), .integer(0...10_000_000, unit: nil)),
                    Field("damaged", Words("파손 수량", "Damaged"), .integer(0...10_000_000, unit: nil), required: false),
                    Field(
                        "place", Words("내려놓은 곳", "Put down at"),
                        .reference(kind: "stock-place", source: "/api/v1/fulfilment/choices/place"), required: false,
                        help: Words("비우면 첫 입고 대기 위치", "The first staging place where left out")),
                    Field("serials", Words("일련번호", "Serial numbers"), .longText(maximum: 20_000), required: false),
                    Field("sscc", Words("팔레트 코드(SSCC)", "Pallet (SSCC)"), .text(maximum: 26), required: false),
                ], permission: GoodsAsk.permission(Self.name, GoodsAsk.floor),
                surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/receive")
        ) { try decide($0, $1) }
    }

    private func decide(_ ask: Ask, _ tables: any Reader) throws -> [Draft] {
        let arrival = try Self.open(ask, tables)
        let item = try GoodsAsk.item(ask, tables)
        let (good, damaged) = (ask.values.integer("quantity") ?? 0, ask.values.integer("damaged") ?? 0)
        guard good + damaged > 0 else {
            throw GoodsAsk.invalid("inbound.nothing", "quantity", Words("수량을 입력해 주세요.", "Please enter a quantity."))
        }
        let place = try staging(ask, arrival, tables)
        let said = ask.values.text("lot")
        let line = Self.line(of: arrival, item, lot: said)
        let lot = try lot(said.isEmpty ? line?.lot ?? "" : said, of: item)
        let expiry = try expiry(ask, item, lot, line, tables)
        let serials = try serials(ask, item, good + damaged, tables)
        // What comes beyond the announcement is kept back; what nobody announced is all of it.
        let within = max(0, min(good, (line?.open ?? 0) - damaged))
        let state = state(of: item, expiry: expiry, at: ask.now)
        var (moves, from) = ([Move](), 0)
        for (quantity, status) in [
            (within, state), (good - within, StockStatus.quarantine), (damaged, StockStatus.damaged),
        ] where quantity > 0 {
            let own = Array(serials.dropFirst(from).prefix(serials.isEmpty ? 0 : Int(quantity)))
            from += own.count
            moves.append(
                Move(
                    item.code, lot: lot, quantity, to: Spot(location: place.id, status: status), serials: own))
        }
        var receipt: [String: JSON] = [
            "line": .number(Double(line?.number ?? ((arrival.lines.map(\.number).max() ?? 0) + 1))),
            "item": .string(item.code), "good": .decimal(good), "damaged": .decimal(damaged),
            "over": .decimal(good - within),
        ]
        if !lot.isEmpty { receipt["lot"] = .string(lot) }
        var extra: [String: JSON] = ["inbound": .string(arrival.id), "receipt": .object(receipt)]
        if let sscc = GTIN.sscc(scanned: ask.values.text("sscc")) ?? line?.sscc { extra["sscc"] = .string(sscc) }
        let event = StockEvent(
            StockEvent.received, centre: arrival.centre, step: "receiving", moves: moves, place: place.id,
            papers: [arrival.paper])
        var drafts = opened(item, lot, expiry, arrival.scope)
        drafts.append(event.draft(stream: Arrival.stream + arrival.id, scope: arrival.scope, extra: extra))
        if state == .quarantine, within > 0 {
            drafts.append(try asked(arrival, item, lot, within, place, at: ask.now))
        }
        return drafts
    }

    /// The delivery that is meant, which is not finished.
    static func open(_ ask: Ask, _ tables: any Reader) throws -> Arrival {
        guard let arrival = try InboundTable.meant(ask.values.text("inbound"), for: ask.tenant, in: tables) else {
            let words = Words("그런 입고 건이 없습니다.", "There is no such delivery.")
            throw Refusal(
                .notFound, "inbound.unknown", words, faults: [.init(field: "inbound", rule: "known", words: words)])
        }
        guard !arrival.isClosed else {
            throw GoodsAsk.conflict("inbound.closed", "inbound", Words("이미 마감한 입고 건입니다.", "It is finished."))
        }
        return arrival
    }

    /// The announced line that goods belong to: that of the lot, else one of the item that is still open, else any of it.
    static func line(of arrival: Arrival, _ item: Item, lot: String) -> Arrival.Line? {
        let own = arrival.lines.filter { $0.item == item.code }
        if !lot.isEmpty, let line = own.first(where: { $0.lot == lot }) { return line }
        let anyLot = own.filter { lot.isEmpty || $0.lot.isEmpty }
        return anyLot.first(where: { $0.open > 0 }) ?? anyLot.first
    }

    private func staging(_ ask: Ask, _ arrival: Arrival, _ tables: any Reader) throws -> Place {
        let kinds: [Place.Kind] = [.staging, .dock]
        if ask.values["place"] != nil {
            let place = try GoodsAsk.place(ask, in: arrival.centre, tables)
            guard kinds.contains(place.kind) else {
                throw GoodsAsk.conflict(
                    "inbound.place", "place",
                    Words("입고한 물건은 도크나 입고 대기 위치에 내려놓습니다.", "Goods come in at a dock or at staging."))
            }
            try GoodsAsk.demandOpen(place)
            return place
        }
        let places = try PlaceTable.list(in: arrival.centre, kinds: kinds, for: ask.tenant, in: tables)
            .filter { !$0.isClosed }
        guard let place = places.first(where: { $0.kind == .staging }) ?? places.first else {
            throw GoodsAsk.conflict(
                "inbound.no-place", "place", Words("열려 있는 입고 위치가 없습니다.", "No place to receive at is open."))
        }
        return place
    }

    private func lot(_ lot: String, of item: Item) throws(Refusal) -> String {
        if item.hasLots, lot.isEmpty {
            throw GoodsAsk.invalid(
                "inbound.lot", "lot", Words("로트로 관리하는 상품입니다. 로트를 입력해 주세요.", "Please enter the lot: it is kept by lots.")
            )
        }
        if !item.hasLots, !lot.isEmpty { throw Self.noLots("lot") }
        return lot
    }

    static func noLots(_ field: String) -> Refusal {
        GoodsAsk.invalid("inbound.no-lots", field, Words("로트로 관리하지 않는 상품입니다.", "This item is not kept by lots."))
    }

    /// The first moment at which goods may no longer be used, given the last day on which they may.
    static func end(of day: String, _ field: String) throws(Refusal) -> Timestamp {
        guard let day = KoreanDay(day) else {
            throw GoodsAsk.invalid(
                "inbound.day", field, Words("날짜를 2026-12-31처럼 적어 주세요.", "Please write the day as 2026-12-31."))
        }
        return (day + 1).start
    }

    private func expiry(
        _ ask: Ask, _ item: Item, _ lot: String, _ line: Arrival.Line?, _ tables: any Reader
    ) throws -> Timestamp? {
        guard !lot.isEmpty else { return nil }
        let known = try FloorStock.expiry(of: item.code, lot: lot, for: ask.tenant, in: tables)
        let day = ask.values.text("expiry")
        let said =
            day.isEmpty ? (line?.lot == lot || line?.lot == "" ? line?.expiry : nil) : try Self.end(of: day, "expiry")
        if let known, let said, known != said {
            throw GoodsAsk.conflict(
                "inbound.expiry", "expiry",
                Words("이 로트는 사용 기한이 다르게 등록되어 있습니다.", "This lot is known with another use-by day."))
        }
        guard let expiry = known ?? said else {
            guard item.shelfLife == nil else {
                throw GoodsAsk.invalid(
                    "inbound.expiry-needed", "expiry", Words("사용 기한을 입력해 주세요.", "Please enter the use-by day."))
            }
            return nil
        }
        return expiry
    }

    private func serials(_ ask: Ask, _ item: Item, _ quantity: Int64, _ tables: any Reader) throws -> [String] {
        let serials = ask.values.text("serials").split { $0.isWhitespace || $0 == "," }.map(String.init)
        guard item.hasSerials else { return [] }
        guard Set(serials).count == serials.count, Int64(serials.count) == quantity,
            serials.allSatisfy({ $0.utf8.count <= 60 })
        else {
            throw GoodsAsk.invalid(
                "inbound.serials", "serials",
                Words("일련번호를 수량(\(quantity))만큼 하나씩 입력해 주세요.", "Please enter \(quantity) different serial numbers."))
        }
        let present = try FloorStock.present(serials, of: item.code, for: ask.tenant, in: tables)
        guard present.isEmpty else {
            throw GoodsAsk.conflict(
                "inbound.serial-known", "serials",
                Words("이미 재고에 있는 일련번호입니다: \(present[0])", "This serial number is in stock already: \(present[0])"))
        }
        return serials
    }

    /// In what state goods come in: what expires is never sold late, what is kept by lots is checked first.
    private func state(of item: Item, expiry: Timestamp?, at now: Timestamp) -> StockStatus {
        if let expiry, expiry <= now { return .expired }
        return item.hasLots ? .quarantine : .available
    }

    private func opened(_ item: Item, _ lot: String, _ expiry: Timestamp?, _ scope: Scope) -> [Draft] {
        guard !lot.isEmpty else { return [] }
        var payload: [String: JSON] = ["item": .string(item.code), "lot": .string(lot)]
        if let expiry { payload["expiry"] = .string(expiry.description) }
        return [Draft(StockTable.opened, stream: "lot/\(item.code)/\(lot)", scope: scope, payload: payload)]
    }

    private func asked(
        _ arrival: Arrival, _ item: Item, _ lot: String, _ quantity: Int64, _ place: Place, at now: Timestamp
    ) throws -> Draft {
        guard let plan = plans.plan(for: quantity, limit: plans.limit(for: item)) else {
            throw Refusal(.unavailable, "check.plan", Words("검사 기준표가 없습니다.", "There is no sampling plan."))
        }
        let id = Identifier(at: now).description
        return Draft(
            Check.asked, stream: "check/\(id)", scope: arrival.scope,
            payload: [
                "check": .string(id), "centre": .string(arrival.centre), "inbound": .string(arrival.id),
                "item": .string(item.code), "lot": .string(lot), "quantity": .decimal(quantity),
                "location": .string(place.id), "letter": .string(plan.letter), "sample": .decimal(plan.sample),
                "accept": .decimal(plan.accept), "limit": .string(plan.limit),
            ])
    }
}
