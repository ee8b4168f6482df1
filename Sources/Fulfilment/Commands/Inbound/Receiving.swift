import Access
import District
import Record
import Store

/// Goods of one item that are taken in: in what states they lie there, which check they wait for, and what of it a person
/// is asked about before it is believed.
struct Receiving {
    let arrival: Arrival
    let item: Item
    let place: Place
    let good: Int64
    let damaged: Int64
    /// The lot that was entered; empty where none was.
    let lot: String
    let plans: SamplingPlans
    /// What was taken in wrongly before, and is taken back in the same breath; nil where nothing was.
    var instead: Receipt?

    func drafts(_ ask: Ask, _ tables: any Reader) throws -> [Draft] {
        let line = ReceiveGoods.line(of: arrival, item, lot: lot)
        let lot = try named(lot.isEmpty ? line?.lot ?? "" : lot)
        let expiry = try expiry(ask, lot, line, tables)
        let serials = try serials(ask, tables)
        // What comes beyond the announcement is kept back; what nobody announced is all of it.
        let within = max(0, min(good, (line?.open ?? 0) - damaged))
        let isPast = expiry.map { $0 <= ask.now } ?? false
        let state: StockStatus = isPast ? .expired : item.hasLots ? .quarantine : .available
        let doubts = ReceiptDoubt.all(of: line, taking: good + damaged, expiry: isPast ? expiry : nil)
        guard doubts.isEmpty || ask.values.flag("sure") else { throw ReceiptDoubt.refusal(doubts) }
        var extra: [String: JSON] = [
            "inbound": .string(arrival.id), "receipt": receipt(line, lot, over: good - within),
        ]
        if !doubts.isEmpty {
            extra["confirmed"] = [
                "by": .string(ask.caller.author.text), "of": .array(doubts.map { .string($0.name) }),
            ]
        }
        if let instead { extra["instead"] = .string(instead.id) }
        if let sscc = GTIN.sscc(scanned: ask.values.text("sscc")) ?? line?.sscc { extra["sscc"] = .string(sscc) }
        let event = StockEvent(
            StockEvent.received, centre: arrival.centre, step: "receiving",
            moves: moves(lot, [(within, state), (good - within, .quarantine), (damaged, .damaged)], serials),
            place: place.id, papers: [arrival.paper])
        var drafts = opened(lot, expiry)
        drafts.append(event.draft(stream: Arrival.stream + arrival.id, scope: arrival.scope, extra: extra))
        if state == .quarantine, within > 0 { drafts.append(try asked(lot, within, at: ask.now)) }
        return drafts
    }

    private func receipt(_ line: Arrival.Line?, _ lot: String, over: Int64) -> JSON {
        var receipt: [String: JSON] = [
            "line": .number(Double(line?.number ?? ((arrival.lines.map(\.number).max() ?? 0) + 1))),
            "item": .string(item.code), "good": .decimal(good), "damaged": .decimal(damaged), "over": .decimal(over),
        ]
        if !lot.isEmpty { receipt["lot"] = .string(lot) }
        return .object(receipt)
    }

    private func moves(_ lot: String, _ parts: [(Int64, StockStatus)], _ serials: [String]) -> [Move] {
        var (moves, from) = ([Move](), 0)
        for (quantity, status) in parts where quantity > 0 {
            let own = Array(serials.dropFirst(from).prefix(serials.isEmpty ? 0 : Int(quantity)))
            from += own.count
            moves.append(
                Move(item.code, lot: lot, quantity, to: Spot(location: place.id, status: status), serials: own))
        }
        return moves
    }

    // MARK: - What is entered

    private func named(_ lot: String) throws(Refusal) -> String {
        if item.hasLots, lot.isEmpty {
            throw GoodsAsk.invalid(
                "inbound.lot", "lot", Words("로트로 관리하는 상품입니다. 로트를 입력해 주세요.", "Please enter the lot: it is kept by lots.")
            )
        }
        if !item.hasLots, !lot.isEmpty { throw ReceiveGoods.noLots("lot") }
        return lot
    }

    private func expiry(_ ask: Ask, _ lot: String, _ line: Arrival.Line?, _ tables: any Reader) throws -> Timestamp? {
        guard !lot.isEmpty else { return nil }
        var known = try FloorStock.expiry(of: item.code, lot: lot, for: ask.tenant, in: tables)
        let day = ask.values.text("expiry")
        // Where all there is of the lot was taken in wrongly, its day may have been typed wrongly as well.
        if let instead, !day.isEmpty, instead.lot == lot, try instead.isAll(for: ask.tenant, tables) { known = nil }
        let said =
            day.isEmpty
            ? (line?.lot == lot || line?.lot == "" ? line?.expiry : nil) : try ReceiveGoods.end(of: day, "expiry")
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

    private func serials(_ ask: Ask, _ tables: any Reader) throws -> [String] {
        guard item.hasSerials else { return [] }
        let (serials, quantity) = (Serials.read(ask.values.text("serials")), good + damaged)
        guard Set(serials).count == serials.count, Int64(serials.count) == quantity,
            serials.allSatisfy({ $0.utf8.count <= 60 })
        else {
            throw GoodsAsk.invalid(
                "inbound.serials", "serials",
                Words("일련번호를 수량(\(quantity))만큼 하나씩 입력해 주세요.", "Please enter \(quantity) different serial numbers."))
        }
        let own = Set(instead?.moves.flatMap(\.serials) ?? [])
        let present = try FloorStock.present(
            serials.filter { !own.contains($0) }, of: item.code, for: ask.tenant, in: tables)
        guard present.isEmpty else {
            throw GoodsAsk.conflict(
                "inbound.serial-known", "serials",
                Words("이미 재고에 있는 일련번호입니다: \(present[0])", "This serial number is in stock already: \(present[0])"))
        }
        return serials
    }

    // MARK: - What follows

    private func opened(_ lot: String, _ expiry: Timestamp?) -> [Draft] {
        guard !lot.isEmpty else { return [] }
        var payload: [String: JSON] = ["item": .string(item.code), "lot": .string(lot)]
        if let expiry { payload["expiry"] = .string(expiry.description) }
        return [Draft(StockTable.opened, stream: "lot/\(item.code)/\(lot)", scope: arrival.scope, payload: payload)]
    }

    private func asked(_ lot: String, _ quantity: Int64, at now: Timestamp) throws -> Draft {
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
