import Access
import District
import Record
import Store

/// Takes an order and promises it in the same transaction: what is promised is reserved then and there.
enum PlaceOrder {
    static let name = "fulfilment.order.place"
    static let shop = "fulfilment.shop.order"
    /// Lines of an order at most.
    static let most = 200

    static let command = Command(
        Form(
            name, title: Words("주문 받기", "Take an order"),
            help: Words(
                "재고와 입고 예정에서 바로 약속하고 도착 예정을 알립니다.",
                "Promised out of stock and of what is to come at once, with the time it will be there."),
            fields: [
                GoodsAsk.centre, lines,
                Field("reference", Words("주문한 쪽의 번호", "Their own number"), .text(maximum: 60), required: false),
                Field("urgent", Words("긴급", "Urgent"), .flag, required: false),
                Field(
                    "listed", Words("목록으로 들어온 주문", "Out of a list"), .flag, required: false,
                    help: Words("판매처가 보낸 목록의 주문입니다.", "A market place's list brought it.")),
            ] + common,
            permission: GoodsAsk.permission(name, [.worker, .operator, .executive]),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/orders/{it}")
    ) { ask, tables in
        let tenant = try ask.tenant
        let id = ask.values.text("centre")
        guard let centre = try CentreTable.find(id, for: tenant, in: tables) else { throw OrderRefusals.centre(id) }
        var channel: Order.Channel = if case .token = ask.caller.identity { .api } else { .desk }
        if ask.values.flag("listed") { channel = .csv }
        return try place(ask, centre, channel, tables)
    }

    /// What anybody orders in the shop of a centre that has one.
    static let shopCommand = Command(
        Form(
            shop, title: Words("매장에서 주문", "Order in the shop"),
            help: Words("로그인하지 않아도 주문할 수 있습니다.", "Nobody has to be signed in to order."),
            fields: [Field("centre", Words("물류센터", "Centre"), .text(maximum: 100)), lines] + common,
            permission: .anyone, surfaces: [.web, .http])
    ) { ask, tables in
        let id = ask.values.text("centre")
        guard let centre = try CentreTable.shop(id, in: tables) else { throw OrderRefusals.centre(id) }
        guard !ask.values.text("name").isEmpty, !ask.values.text("phone").isEmpty else {
            throw OrderRefusals.about(
                .invalid, "order.recipient", ask.values.text("name").isEmpty ? "name" : "phone",
                Words("받는 분의 이름과 전화번호를 적어 주세요.", "Please say who it is for, with a telephone number."))
        }
        try demandFair(ask, for: centre.owner, tables)
        return try place(ask, centre, .shop, tables)
    }

    /// As many lines, and pieces of each, as anybody may order without being known: more would empty a centre for nothing.
    static let (fairLines, fairPieces): (Int, Int64) = (30, 50)

    private static func demandFair(_ ask: Ask, for owner: Tenant?, _ tables: any Reader) throws {
        let lines = ask.values["lines"]?.elements ?? []
        guard lines.count <= fairLines, let owner else {
            throw OrderRefusals.about(
                .invalid, "shop.lines", "lines",
                Words("한 번에 \(fairLines)가지까지 주문할 수 있습니다.", "At most \(fairLines) items at a time."))
        }
        for (index, line) in lines.enumerated() {
            guard (line["quantity"]?.integer ?? 0) <= fairPieces else {
                throw OrderRefusals.about(
                    .invalid, "shop.quantity", "lines[\(index)].quantity",
                    Words("한 상품은 \(fairPieces)개까지 주문할 수 있습니다.", "At most \(fairPieces) of an item."))
            }
            let said = line["item"]?.text ?? ""
            guard try ItemTable.meant(said, for: owner, in: tables)?.price != nil else {
                throw OrderRefusals.about(
                    .invalid, "shop.item", "lines[\(index)].item",
                    Words("매장에서 팔지 않는 상품입니다: \(said)", "This item is not sold in the shop: \(said)"))
            }
        }
    }

    private static let lines = Field(
        "lines", Words("상품", "Items"),
        .list(
            [
                Field("item", Words("상품 코드", "Item"), .text(maximum: 60)),
                Field("quantity", Words("수량", "Quantity"), .integer(1...100_000, unit: nil)),
            ], maximum: most))

    private static let common = [
        Field("partial", Words("나누어 받아도 됨", "May come in parts"), .flag, required: false),
        Field(
            "delivery", Words("받는 방법", "Delivery"),
            .choice([
                .init("carrier", Words("택배", "Carrier")), .init("robot", Words("배달 로봇", "Delivery robot")),
                .init("counter", Words("방문 수령", "Fetched at the centre")),
            ])),
        Field(
            "carrier", Words("택배사나 로봇이 갈 곳", "Carrier, or where the robot goes"), .text(maximum: 80),
            required: false,
            help: Words("비워 두면 가장 빠른 택배사로 보냅니다.", "Left out, the fastest carrier takes it.")),
        Field("name", Words("받는 분", "Who it is for"), .text(maximum: 80), required: false, isPersonal: true),
        Field(
            "phone", Words("전화번호", "Telephone"), .text(maximum: 30), required: false, isPersonal: true,
            spoken: .phone),
        Field(
            "address", Words("주소", "Address"), .text(maximum: 200), required: false, isPersonal: true,
            spoken: .address),
        Field("note", Words("남길 말", "Note"), .text(maximum: 200), required: false, isPersonal: true),
    ]

    // MARK: - The rule

    static func place(
        _ ask: Ask, _ centre: CentreTable.Centre, _ channel: Order.Channel, _ tables: any Reader
    ) throws -> [Draft] {
        let values = ask.values
        let asked = (values["lines"]?.elements ?? []).map {
            (item: $0["item"]?.text ?? "", quantity: $0["quantity"]?.integer ?? 0)
        }
        let reference = values.text("reference")
        if [.api, .csv].contains(channel), !reference.isEmpty, let owner = centre.owner {
            let client = channel == .api ? ask.caller.author.text : ""
            if let first = try OrderTable.placed(
                under: reference, by: channel, client: client, for: owner, in: tables)
            {
                throw OrderRefusals.taken(reference, by: first)
            }
        }
        let recipient = Recipient(
            name: values.text("name"), phone: values.text("phone"), address: values.text("address"),
            note: values.text("note"), person: channel == .shop ? ask.caller.person?.rawValue : nil,
            code: Secret.code())
        return try place(
            asked, for: recipient, in: centre, channel, reference: reference,
            isPartial: values.flag("partial"), isUrgent: values.flag("urgent"),
            delivery: try delivery(values.text("delivery"), values.text("carrier"), recipient, centre.terms),
            at: ask.now, tables)
    }

    /// The whole rule: what can be promised is promised, in two events.
    static func place(
        _ asked: [(item: String, quantity: Int64)], for recipient: Recipient, in centre: CentreTable.Centre,
        _ channel: Order.Channel, reference: String, isPartial: Bool, isUrgent: Bool, delivery: Order.Delivery,
        at now: Timestamp, _ tables: any Reader
    ) throws -> [Draft] {
        guard let owner = centre.owner else { throw OrderRefusals.centre(centre.terms.centre) }
        guard !asked.isEmpty else { throw OrderRefusals.empty }
        guard recipient.phone.isEmpty || Recipient.isPhone(recipient.phone) else { throw OrderRefusals.phone }
        let terms = centre.terms
        let lines = try items(asked, for: owner, tables)
        let codes = Array(Set(lines.map(\.item.code))).sorted()
        let lots = try OrderTable.lots(of: codes, in: terms.centre, for: owner, in: tables)
        let load = try OrderTable.load(of: terms.centre, from: KoreanDay(now), for: owner, in: tables)
        func promise(_ ready: Timestamp, _ count: Int64) throws -> Promise {
            guard
                let promise = Promise.make(
                    ready: ready, lines: count, by: delivery, terms, load: { load[$0.number] ?? 0 })
            else { throw OrderRefusals.noDay }
            return promise
        }
        let first = try promise(now, Int64(lines.count))
        var intake = Intake(lines, lots: lots, expected: [:], arriving: first.due)
        if !intake.faults.isEmpty {
            let short = Array(Set(intake.lines.filter { $0.refused > 0 }.map(\.item.code))).sorted()
            let expected = try Coming.expected(short, in: terms.centre, at: now, for: owner, in: tables)
            intake = Intake(lines, lots: lots, expected: expected, arriving: first.due)
        }
        guard intake.faults.isEmpty || (isPartial && intake.count > 0) else {
            throw OrderRefusals.short(intake.faults, isPartial: isPartial)
        }
        let ready = intake.ready(from: now)
        let made = ready > now || intake.count != Int64(lines.count) ? try promise(ready, intake.count) : first
        let id = Identifier(at: now)
        var order = Order(
            id: "order/\(id)", scope: centre.scope, centre: terms.centre, number: OrderNumber.make(id, at: now),
            channel: channel, reference: reference, isPartial: isPartial, isUrgent: isUrgent, delivery: delivery,
            placed: now, ship: made.ship, due: made.due)
        order.goods = Won.sum(intake.lines.map { Won.of($0.item.price ?? 0, $0.quantity - $0.refused) })
        guard order.goods <= Won.most else { throw OrderRefusals.amount }
        order.fee = fee(delivery, terms)
        let subject = PersonID(recipient.person ?? "caller-\(id)")
        var drafts = [OrderEvents.placed(order, intake, for: recipient, subject: subject)]
        let shares = intake.reserved(order.id, in: terms.centre)
        if !shares.isEmpty {
            var reserved = Reserved.draft(
                shares, stream: order.id, scope: order.scope, of: order.id, in: terms.centre)
            reserved.payload["intake"] = true
            drafts.append(reserved)
        }
        return drafts
    }

    private static func items(
        _ asked: [(item: String, quantity: Int64)], for owner: Tenant, _ tables: any Reader
    ) throws -> [(line: Int64, item: Item, quantity: Int64)] {
        let known = try ItemTable.several(
            Array(Set(asked.map { $0.item.uppercased() })).sorted(), for: owner, in: tables)
        return try asked.enumerated().map { index, line in
            let item = try known[line.item.uppercased()] ?? ItemTable.meant(line.item, for: owner, in: tables)
            guard let item else {
                throw OrderRefusals.about(
                    .invalid, "order.item", "lines[\(index)].item",
                    Words("등록되지 않은 상품입니다: \(line.item)", "This item is not registered: \(line.item)"))
            }
            guard line.quantity > 0 else {
                throw OrderRefusals.about(
                    .invalid, "order.quantity", "lines[\(index)].quantity",
                    Words("수량은 1 이상이어야 합니다.", "The quantity is at least 1."))
            }
            return (Int64(index + 1), item, line.quantity)
        }
    }

    /// How it goes there, where the centre sends it so.
    static func delivery(
        _ kind: String, _ name: String, _ recipient: Recipient, _ terms: CentreTerms
    ) throws(Refusal) -> Order.Delivery {
        switch kind {
        case "counter": return .counter
        case "robot":
            guard let stop = terms.robots?.stops.first(where: { $0.node == name || $0.name.ko == name }) else {
                throw OrderRefusals.delivery(
                    Words("배달 로봇이 가지 않는 곳입니다: \(name)", "The delivery robot does not go there: \(name)"))
            }
            return .robot(stop.node)
        default:
            let fastest = terms.carriers.min { ($0.days, $0.fee, $0.id) < ($1.days, $1.fee, $1.id) }
            guard let carrier = name.isEmpty ? fastest : terms.carrier(name) else {
                throw OrderRefusals.delivery(
                    Words("이 물류센터가 보내지 않는 택배사입니다: \(name)", "No carrier of this centre: \(name)"))
            }
            guard !recipient.address.isEmpty else { throw OrderRefusals.noAddress }
            return .carrier(carrier.id)
        }
    }

    static func fee(_ delivery: Order.Delivery, _ terms: CentreTerms) -> Int64 {
        switch delivery {
        case .carrier(let id): terms.carrier(id)?.fee ?? 0
        case .robot: terms.robots?.fee ?? 0
        case .counter: 0
        }
    }
}
