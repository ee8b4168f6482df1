import Access
import District
import Record
import Store

/// An order is handed out at the counter, to somebody who has shown that it is theirs.
enum HandOut {
    static let name = "fulfilment.ship.counter"

    static let command = Command(
        Form(
            name, title: Words("고객이 찾아감", "Fetched by the customer"),
            help: Words(
                "받는 분의 주문 확인 코드를 스캔하거나 전화번호 끝 네 자리를 물어 확인한 뒤 내줍니다.",
                "Handed out once the order's code was scanned, or the telephone's last four figures were told."),
            fields: [
                ChangeOrder.order,
                Field(
                    "proof", Words("확인 코드나 전화번호 끝 네 자리", "The order's code, or the telephone's last four figures"),
                    .text(maximum: 200), required: false,
                    help: Words(
                        "주문 페이지의 코드를 스캔해도 됩니다. 전화번호를 남기지 않은 주문이면 비워 두고 받은 사람의 이름을 적습니다.",
                        "The code of the order's page may be scanned. Left out where the order has no number: then write who takes it."
                    ), isPersonal: true),
                Field(
                    "taker", Words("받은 사람", "Who takes it"), .text(maximum: 80), required: false,
                    help: Words("주문한 분이 아니면 적어 주세요.", "Where it is somebody else."), isPersonal: true, spoken: .name),
            ], permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http],
            after: "/fulfilment/orders/{it}")
    ) { ask, tables in
        let order = try ChangeOrder.find(ask, tables)
        guard case .counter = order.delivery else {
            throw OrderRefusals.delivery(
                Words("방문 수령 주문이 아닙니다.", "This order is not fetched at the counter."))
        }
        guard order.state == .packed else { throw OrderRefusals.tooFar(order.state) }
        guard !order.isHeld else { throw OrderRefusals.held(order, field: "order") }
        let owner = try ChangeOrder.owner(of: order)
        let recipient = try OrderTable.recipient(of: order.id, for: owner, in: tables) ?? Recipient()
        let (said, taker) = (ask.values.text("proof"), ask.values.text("taker"))
        guard let proof = PickUpProof(said, taker: taker, of: recipient) else { throw refused(recipient) }
        let boxes = try ParcelTable.boxes(of: order.id, for: owner, in: tables).filter { $0.state == .packed }
        let kept = try KeptBackTable.goods(of: boxes, at: ask.now, for: owner, in: tables)
        if let bad = boxes.first(where: { kept[$0.sscc] != nil }), let goods = kept[bad.sscc] {
            throw KeptBack.refusal(goods, in: bad.sscc, field: "order")
        }
        let drafts = try SendByRobot.delivered(
            order, .packed, step: "retail_selling", at: ask.now, for: owner, tables)
        var handed = Draft(
            ShipEvents.handedOut, stream: order.id, scope: order.scope,
            payload: [
                "centre": .string(order.centre), "proof": .string(proof.rawValue),
                "parcels": .array(boxes.map { .string($0.sscc) }),
            ])
        if !taker.isEmpty {
            handed.personal["taker"] = PersonalContent(
                of: PersonID(recipient.person ?? "caller-\(order.id.dropFirst(6))"), .string(taker))
        }
        return [handed] + drafts
    }

    private static func refused(_ recipient: Recipient) -> Refusal {
        let isKnown = recipient.phone.contains { $0.isNumber }
        return OrderRefusals.about(
            .invalid, "pickup.proof", isKnown ? "proof" : "taker",
            isKnown
                ? Words(
                    "이 주문의 확인 코드나 전화번호 끝 네 자리가 아닙니다. 내주지 마세요.",
                    "This is neither the order's code nor its telephone's last four figures: do not hand it out.")
                : Words(
                    "전화번호가 없는 주문입니다. 신분을 확인하고 받은 사람의 이름을 적어 주세요.",
                    "This order has no telephone number: please check who it is, and write down the name."))
    }
}
