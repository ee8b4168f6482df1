import Access
import District
import Record
import Store

/// What can be changed of an order that has been placed: called off, sent elsewhere, kept back.
enum ChangeOrder {
    static let roles: Set<Role> = [.worker, .operator, .executive]
    static let order = Field(
        "order", Words("주문", "Order"), .reference(kind: "fulfilment-order", source: nil),
        help: Words("주문 번호", "Its number"))
    static let code = Field(
        "code", Words("주문 확인 코드", "The order's code"), .text(maximum: 60), required: false,
        help: Words("주문 페이지 주소의 끝에 있는 글자입니다.", "The letters at the end of the order page's address."),
        isPersonal: true)

    static let all = [cancel, cancelOwn, readdress, hold, resume, deliver]

    /// The order that a form names, of the tenant who asks.
    static func find(_ ask: Ask, _ tables: any Reader) throws -> Order {
        guard let order = try OrderTable.find(called: ask.values.text("order"), for: try ask.tenant, in: tables) else {
            throw OrderRefusals.unknown
        }
        return order
    }

    /// The order of a code; whoever is signed in means the one open order of theirs where they say no code.
    static func own(_ ask: Ask, _ tables: any Reader) throws -> Order {
        let code = ask.values.text("code")
        if !code.isEmpty {
            guard let order = try OrderTable.find(code: code, in: tables) else { throw OrderRefusals.unknown }
            return order
        }
        let open = try ask.caller.person.map {
            try OrderTable.orders(of: .init(person: $0), in: tables).filter { $0.state.isInHouse }
        }
        guard let open, let only = open.first, open.count == 1 else {
            throw OrderRefusals.about(
                .invalid, "order.code", "code",
                Words("어느 주문인지 주문 확인 코드를 알려 주세요.", "Please say the code of the order."))
        }
        return only
    }

    // MARK: - Called off

    static let cancel = Command(
        Form(
            "fulfilment.order.cancel", title: Words("주문 취소", "Cancel an order"),
            help: Words("포장하기 전까지 취소할 수 있습니다.", "It can be cancelled until it is packed."),
            fields: [order, Field("reason", Words("사유", "Reason"), .text(maximum: 200), required: false)],
            permission: GoodsAsk.permission("fulfilment.order.cancel", roles), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .mcp])
    ) { ask, tables in
        try cancelled(try find(ask, tables), reason: ask.values.text("reason"), by: "staff", tables)
    }

    static let cancelOwn = Command(
        Form(
            "fulfilment.shop.cancel", title: Words("내 주문 취소", "Cancel my order"),
            help: Words("포장하기 전까지 취소할 수 있습니다.", "It can be cancelled until it is packed."),
            fields: [code], permission: .anyone, confirmation: .readBack, surfaces: [.web, .http, .voice, .mcp])
    ) { ask, tables in
        try cancelled(try own(ask, tables), reason: "", by: "customer", tables)
    }

    private static func cancelled(
        _ order: Order, reason: String, by who: String, _ tables: any Reader
    ) throws -> [Draft] {
        guard [.placed, .released, .picked].contains(order.state), order.shipped == nil else {
            throw OrderRefusals.tooFar(order.state)
        }
        let tenant = try owner(of: order)
        var payload: [String: JSON] = ["centre": .string(order.centre), "by": .string(who)]
        if !reason.isEmpty { payload["reason"] = .string(reason) }
        let promises = try StockTable.promises(to: order.id, for: tenant, in: tables)
        let ended =
            promises.isEmpty
            ? []
            : [
                Reserved.end(
                    promises, .cancelled, stream: order.id, scope: order.scope, of: order.id, in: order.centre)
            ]
        // What was picked for it is nobody's before it is put back.
        let left = try Aside.drafts(order, keeping: [], isCalledOff: true, for: tenant, tables)
        return ended + left + [Draft(OrderEvents.cancelled, stream: order.id, scope: order.scope, payload: payload)]
    }

    /// On behalf of the firm whose order it is.
    static func owner(of order: Order) throws(Refusal) -> Tenant {
        guard let owner = CentreTable.Centre.owner(order.scope) else { throw OrderRefusals.unknown }
        return owner
    }

    // MARK: - Sent elsewhere

    static let readdress = Command(
        Form(
            "fulfilment.order.readdress", title: Words("받는 곳 바꾸기", "Change where an order goes"),
            help: Words("출고하기 전까지 바꿀 수 있습니다.", "It can be changed until it has left."),
            fields: [
                Field("order", Words("주문 번호", "Order"), .text(maximum: 60), required: false), code,
                Field("address", Words("새 주소", "New address"), .text(maximum: 200), isPersonal: true, spoken: .address),
            ], permission: .anyone, surfaces: [.web, .http])
    ) { ask, tables in
        let isNamed = !ask.values.text("order").isEmpty
        // Whoever names an order by its number is of the centre's staff; a code beside it opens nothing.
        if isNamed {
            try District.allow(GoodsAsk.permission("fulfilment.order.readdress", roles), ask.caller)
            guard try ask.tenant.firm != nil else { throw OrderRefusals.unknown }
        }
        let order = try isNamed ? find(ask, tables) : own(ask, tables)
        guard order.state.isInHouse, order.state != .packed else { throw OrderRefusals.tooFar(order.state) }
        guard case .carrier = order.delivery else {
            throw OrderRefusals.delivery(
                Words("택배로 받는 주문만 주소를 바꿀 수 있습니다.", "Only what a carrier brings has an address."))
        }
        let person = try OrderTable.recipient(of: order.id, for: try owner(of: order), in: tables)?.person
        let subject = PersonID(person ?? "caller-\(order.id.dropFirst(6))")
        return [
            Draft(
                OrderEvents.readdressed, stream: order.id, scope: order.scope,
                payload: ["centre": .string(order.centre)],
                personal: [
                    "recipient": PersonalContent(of: subject, ["address": .string(ask.values.text("address"))])
                ])
        ]
    }

    // MARK: - Kept back

    static let hold = marking(
        "fulfilment.order.hold", Words("주문 보류", "Hold an order"), OrderEvents.held
    ) { $0.state.isInHouse && !$0.isHeld }
    static let resume = marking(
        "fulfilment.order.resume", Words("보류 해제", "Resume an order"), OrderEvents.resumed
    ) { $0.isHeld }
    static let deliver = marking(
        "fulfilment.order.deliver", Words("배달 완료", "Delivered"), OrderEvents.delivered
    ) { $0.state == .shipped }

    private static func marking(
        _ name: String, _ title: Words, _ type: String, _ allowed: @escaping @Sendable (Order) -> Bool
    ) -> Command {
        Command(
            Form(
                name, title: title, help: Words("주문 번호로 합니다.", "By the order's number."), fields: [order],
                permission: GoodsAsk.permission(name, roles), surfaces: [.web, .http, .cli, .mcp],
                after: "/fulfilment/orders/{it}")
        ) { ask, tables in
            let order = try find(ask, tables)
            guard allowed(order) else { throw OrderRefusals.tooFar(order.state) }
            return [
                Draft(type, stream: order.id, scope: order.scope, payload: ["centre": .string(order.centre)])
            ]
        }
    }
}
