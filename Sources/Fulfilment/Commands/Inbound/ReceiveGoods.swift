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

    static let sure = Field(
        "sure", Words("다시 확인함", "Looked again"), .flag, required: false,
        help: Words(
            "예정보다 많거나, 알리지 않은 상품이거나, 기한이 지난 물건을 받을 때만 표시합니다.",
            "Only for what is more than was announced, was not announced at all, or is past its day."))

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
                    Self.sure,
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
        return try Receiving(
            arrival: arrival, item: item, place: place, good: good, damaged: damaged, lot: ask.values.text("lot"),
            plans: plans
        ).drafts(ask, tables)
    }

    /// The delivery that is meant, which is not finished.
    static func open(_ ask: Ask, _ tables: any Reader) throws -> Arrival {
        guard let arrival = try InboundTable.meant(ask.values.text("inbound"), for: ask.tenant, in: tables) else {
            let words = Words("그런 입고 건이 없습니다.", "There is no such delivery.")
            throw Refusal(.notFound, "inbound.unknown", of: "inbound", "known", words)
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
}
