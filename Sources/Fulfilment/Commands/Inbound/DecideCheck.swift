import Access
import District
import Record
import Store

/// A sample of a lot was looked at: the lot becomes available, or is kept in quarantine.
enum DecideCheck {
    static let name = "fulfilment.check.decide"

    static let form = Form(
        name, title: Words("입고 검사 결과", "Result of a check"),
        help: Words(
            "정해진 수만큼 뽑아 보고 불량 수를 적습니다. 합격이면 재고로, 불합격이면 격리로 갑니다.",
            "Look at the sample and enter how many were faulty. The lot becomes stock, or is kept in quarantine."),
        fields: [
            Field(
                "check", Words("검사", "Check"),
                .reference(kind: "fulfilment-check", source: nil)),
            Field("looked", Words("본 수량", "Looked at"), .integer(1...10_000_000, unit: nil)),
            Field("faulty", Words("불량 수량", "Faulty"), .integer(0...10_000_000, unit: nil)),
            Field("note", Words("내용", "What was found"), .text(maximum: 300), required: false),
        ], permission: GoodsAsk.permission(name, GoodsAsk.floor), after: "/fulfilment/check")

    static let command = Command(form) { ask, tables in
        guard let check = try CheckTable.find(ask.values.text("check"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "check.unknown", Words("그런 검사가 없습니다.", "There is no such check."))
        }
        guard check.state == .open else {
            throw GoodsAsk.conflict("check.decided", "check", Words("이미 결과가 있는 검사입니다.", "It was decided."))
        }
        let (looked, faulty) = (ask.values.integer("looked") ?? 0, ask.values.integer("faulty") ?? 0)
        guard looked >= check.plan.sample else {
            throw GoodsAsk.invalid(
                "check.sample", "looked",
                Words("\(check.plan.sample)개를 보아야 합니다.", "\(check.plan.sample) must be looked at."))
        }
        guard faulty <= looked else {
            throw GoodsAsk.invalid(
                "check.faulty", "faulty", Words("본 수량보다 많을 수 없습니다.", "It cannot be more than were looked at."))
        }
        let state = check.state(faulty: faulty)
        var payload: [String: JSON] = [
            "check": .string(check.id), "state": .string(state.rawValue), "looked": .decimal(looked),
            "faulty": .decimal(faulty), "item": .string(check.item), "lot": .string(check.lot),
            "centre": .string(check.centre), "inbound": .string(check.inbound),
        ]
        let note = ask.values.text("note")
        if !note.isEmpty { payload["note"] = .string(note) }
        let decided = Draft(Check.decided, stream: "check/\(check.id)", scope: check.scope, payload: payload)
        guard let moved = try goods(check, state, for: ask.tenant, tables) else { return [decided] }
        return [decided, moved]
    }

    /// What the result does to the goods that still wait where they were put down.
    private static func goods(
        _ check: Check, _ state: Check.State, for tenant: Tenant, _ tables: any Reader
    ) throws -> Draft? {
        let from = Spot(location: check.location, status: .quarantine)
        let held = try FloorStock.quantity(check.item, lot: check.lot, from, in: check.centre, for: tenant, in: tables)
        let quantity = min(held, check.quantity)
        guard quantity > 0 else { return nil }
        let to: Spot
        if state == .accepted {
            to = Spot(location: check.location)
        } else {
            let places = try PlaceTable.list(in: check.centre, kinds: [.quarantine], for: tenant, in: tables)
            guard let place = places.first(where: { !$0.isClosed }) else { return nil }
            to = Spot(location: place.id, status: .quarantine)
        }
        return StockEvent(
            StockEvent.checked, centre: check.centre, step: "inspecting",
            moves: [Move(check.item, lot: check.lot, quantity, from: from, to: to)],
            papers: [.init(type: "desadv", reference: Arrival.stream + check.inbound)]
        ).draft(
            stream: "check/\(check.id)", scope: check.scope,
            extra: ["check": .string(check.id), "state": .string(state.rawValue)])
    }
}
