import Access
import District
import Record
import Store

/// A receipt was entered wrongly: what it took in goes out again, what was really there comes in, and the events that said
/// otherwise are declared wrong (EPCIS 2.0, 7.4.1.4). Goods that were moved on or promised since are not touched.
struct CorrectReceipt {
    let plans: SamplingPlans

    static let name = "fulfilment.inbound.correct"
    /// The events of a change of stock are declared to have been wrong: `record`, `reason`, `note`.
    static let declared = "fulfilment.epcis.declared"

    static let receipt = Field(
        "receipt", Words("입고 기록", "Receipt"), .reference(kind: "fulfilment-receipt", source: nil))

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("입고 바로잡기", "Correct a receipt"),
                help: Words(
                    "잘못 입력한 입고를 되돌리고 바른 내용으로 다시 올립니다. 받은 것이 없으면 수량을 0으로 적습니다.",
                    "Takes a wrong receipt back and enters what was really there; 0 where nothing was."),
                fields: [
                    Self.receipt,
                    Field("quantity", Words("바른 정상 수량", "Good ones, in truth"), .integer(0...10_000_000, unit: nil)),
                    Field(
                        "damaged", Words("바른 파손 수량", "Damaged, in truth"), .integer(0...10_000_000, unit: nil),
                        required: false),
                    Field(
                        "lot", Words("바른 로트", "The right lot"), .text(maximum: 40), required: false,
                        help: Words("비우면 그대로 둡니다.", "Left out, it stays.")),
                    ReceiveGoods.expiry,
                    Field("serials", Words("일련번호", "Serial numbers"), .longText(maximum: 20_000), required: false),
                    Field("why", Words("바로잡는 사유", "Why"), .text(maximum: 300)), ReceiveGoods.sure,
                ], permission: GoodsAsk.permission(Self.name, GoodsAsk.floor), confirmation: .readBack,
                after: "/fulfilment/receive")
        ) { try decide($0, $1) }
    }

    private func decide(_ ask: Ask, _ tables: any Reader) throws -> [Draft] {
        let tenant = try ask.tenant
        guard let receipt = try ReceiptTable.find(ask.values.text("receipt"), for: tenant, in: tables) else {
            throw Refusal(.notFound, "receipt.unknown", Words("그런 입고 기록이 없습니다.", "There is no such receipt."))
        }
        let found = try InboundTable.find(receipt.inbound, for: tenant, in: tables)
        if let obstacle = try receipt.obstacle(found, for: tenant, tables) { throw obstacle }
        guard let arrival = found?.without(receipt) else { return [] }
        let (good, damaged) = (ask.values.integer("quantity") ?? 0, ask.values.integer("damaged") ?? 0)
        let why = ask.values.text("why")
        var drafts = [taken(receipt, why)] + (try withdrawn(receipt, for: tenant, tables))
        if good + damaged > 0 { drafts += try again(receipt, arrival, good, damaged, ask, tables) }
        // What was really there is told beside it, and stands on the Record before it.
        drafts.append(
            Draft(
                Self.declared, stream: Arrival.stream + receipt.inbound, scope: receipt.scope,
                payload: [
                    "record": .string(receipt.id), "note": .string(why),
                    "reason": .string(good + damaged > 0 ? "incorrect_data" : "did_not_occur"),
                ]))
        return drafts
    }

    /// What it took in leaves again.
    private func taken(_ receipt: Receipt, _ why: String) -> Draft {
        StockEvent(
            StockEvent.takenBack, centre: receipt.centre, step: "receiving",
            moves: receipt.moves.map { move in
                Move(move.item, lot: move.lot, move.quantity, from: move.to, serials: move.serials)
            }, papers: [.init(type: "desadv", reference: Arrival.stream + receipt.inbound)]
        ).draft(
            stream: Arrival.stream + receipt.inbound, scope: receipt.scope,
            extra: [
                "inbound": .string(receipt.inbound), "why": .string(why),
                "receipt": [
                    "id": .string(receipt.id), "line": .decimal(receipt.line), "item": .string(receipt.item),
                    "good": .decimal(receipt.good), "damaged": .decimal(receipt.damaged),
                ],
            ])
    }

    /// The check that it asked for is no longer asked for.
    private func withdrawn(_ receipt: Receipt, for tenant: Tenant, _ tables: any Reader) throws -> [Draft] {
        let open = try CheckTable.list(at: receipt.centre, for: tenant, limit: 10_000, in: tables)
        let check = open.first { check in
            check.inbound == receipt.inbound && check.item == receipt.item && check.lot == receipt.lot
                && receipt.moves.contains { $0.to?.location == check.location && $0.quantity == check.quantity }
        }
        return check.map { check in
            [
                Draft(
                    Check.withdrawn, stream: "check/\(check.id)", scope: check.scope,
                    payload: ["check": .string(check.id)])
            ]
        } ?? []
    }

    private func again(
        _ receipt: Receipt, _ arrival: Arrival, _ good: Int64, _ damaged: Int64, _ ask: Ask, _ tables: any Reader
    ) throws -> [Draft] {
        let tenant = try ask.tenant
        let item = try GoodsAsk.item(receipt.item, for: tenant, tables)
        guard let location = receipt.moves.first?.to?.location,
            let place = try PlaceTable.find(location, for: tenant, in: tables)
        else { return [] }
        let lot = ask.values.text("lot")
        return try Receiving(
            arrival: arrival, item: item, place: place, good: good, damaged: damaged,
            lot: lot.isEmpty ? receipt.lot : lot, plans: plans, instead: receipt
        ).drafts(ask, tables)
    }
}
