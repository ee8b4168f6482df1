import Access
import District
import Record
import Store

/// Goods come back: asked for by the customer's link, received, graded, and paid back.
enum ReturnGoods {
    static func all(_ segregation: Segregation, _ terms: ReturnTerms) -> [Command] {
        [ask(terms), receive, grade(segregation, terms)]
    }

    private static func ask(_ terms: ReturnTerms) -> Command {
        Command(
            Form(
                "fulfilment.return.ask", title: Words("반품 신청", "Send goods back"),
                help: Words(
                    "받은 날부터 7일 안에, 상품에 문제가 있으면 3개월 안에 신청할 수 있습니다.",
                    "Within 7 days of delivery; within 3 months where something is wrong with the goods."),
                fields: [
                    ChangeOrder.code,
                    Field("order", Words("주문 번호", "Order"), .text(maximum: 60), required: false),
                    Field(
                        "reason", Words("사유", "Reason"),
                        .choice(ReturnRule.Reason.allCases.map { .init($0.rawValue, $0.words) })),
                    Field(
                        "lines", Words("보낼 것", "What goes back"),
                        .list(
                            [
                                Field("line", Words("줄", "Line"), .integer(1...1000, unit: nil)),
                                Field("quantity", Words("수량", "Quantity"), .integer(1...100_000, unit: nil)),
                            ], maximum: 100)),
                ], permission: .anyone, surfaces: [.web, .http])
        ) { ask, tables in
            let isStaff = ask.values.text("code").isEmpty && !ask.values.text("order").isEmpty
            if isStaff { try District.allow(.roles(ChangeOrder.roles), ask.caller) }
            let order: Order
            if isStaff {
                order = try ChangeOrder.find(ask, tables)
            } else {
                guard let found = try OrderTable.find(code: ask.values.text("code"), in: tables) else {
                    throw OrderRefusals.unknown
                }
                order = found
            }
            let owner = try ChangeOrder.owner(of: order)
            let reason = ReturnRule.Reason(rawValue: ask.values.text("reason")) ?? .unwanted
            guard order.state == .delivered || order.state == .settled, let delivered = order.delivered else {
                throw Refusal(
                    .conflict, "return.not-delivered",
                    Words("배달된 주문만 반품할 수 있습니다.", "Only what was delivered can be sent back."))
            }
            guard terms.isOpen(reason, delivered: delivered, at: ask.now) else {
                let last = terms.last(reason, delivered: delivered)
                throw Refusal(
                    .conflict, "return.late",
                    Words("반품할 수 있는 기한(\(last))이 지났습니다.", "It could be sent back until \(last)."))
            }
            let lines = try OrderTable.lines(of: order.id, for: owner, in: tables)
            let before = try ReturnTable.list(of: order.id, for: owner, in: tables).flatMap(\.lines)
            var wanted: [Int64: Int64] = [:]
            for entry in ask.values["lines"]?.elements ?? [] {
                wanted[entry["line"]?.integer ?? 0, default: 0] += entry["quantity"]?.integer ?? 0
            }
            let entries = try wanted.sorted { $0.key < $1.key }.map { line, quantity -> JSON in
                let known = lines.first { $0.line == line }
                let gone = before.filter { $0.line == line }.reduce(0) { $0 + $1.quantity }
                guard let known, quantity <= known.shipped - gone else {
                    throw OrderRefusals.about(
                        .invalid, "return.quantity", "lines",
                        Words("받은 것보다 많이 반품할 수 없습니다.", "No more can be sent back than came."))
                }
                var members: [String: JSON] = [
                    "line": .decimal(line), "item": .string(known.item), "name": .string(known.name),
                    "quantity": .decimal(quantity),
                ]
                if let price = known.price { members["price"] = .decimal(price) }
                return .object(members)
            }
            guard !entries.isEmpty else {
                throw OrderRefusals.about(
                    .invalid, "return.empty", "lines",
                    Words("보낼 상품을 골라 주세요.", "Please choose what goes back."))
            }
            let id = Identifier(at: ask.now)
            return [
                Draft(
                    ReturnEvents.asked, stream: "return/\(id)", scope: order.scope,
                    payload: [
                        "centre": .string(order.centre), "order": .string(order.id),
                        "number": .string("R\(OrderNumber.make(id, at: ask.now))"), "reason": .string(reason.rawValue),
                        "wanted": .array(entries),
                    ])
            ]
        }
    }

    /// What is paid back of the carriage: all of it with the last piece, where all that was sent comes back and that is
    /// ours to answer for (Act on Consumer Protection in Electronic Commerce, art. 18).
    private static func carriage(
        _ order: Order, _ back: ReturnTable.Return, and quantity: Int64, for owner: Tenant, _ tables: any Reader
    ) throws -> Int64 {
        let sent = try OrderTable.lines(of: order.id, for: owner, in: tables).reduce(0) { $0 + $1.shipped }
        let others = try ReturnTable.list(of: order.id, for: owner, in: tables)
        guard others.allSatisfy(\.reason.isOurs) else { return 0 }
        let graded = others.flatMap(\.lines).reduce(0) { $0 + $1.graded }
        return graded + quantity == sent ? order.fee : 0
    }

    private static let fields = [
        Field("return", Words("반품 번호", "Return"), .text(maximum: 80)),
        Field("line", Words("줄", "Line"), .integer(1...1000, unit: nil)),
        Field("quantity", Words("수량", "Quantity"), .integer(1...100_000, unit: nil)),
        Field("lot", Words("로트", "Lot"), .text(maximum: 60), required: false), Serials.field, GoodsAsk.place,
    ]

    private static func find(
        _ ask: Ask, _ tables: any Reader
    ) throws -> (back: ReturnTable.Return, line: ReturnTable.Return.Line, place: Place) {
        guard let found = try ReturnTable.find(ask.values.text("return"), for: try ask.tenant, in: tables),
            let line = found.lines.first(where: { $0.line == ask.values.integer("line") })
        else {
            throw Refusal(.notFound, "return.unknown", Words("그런 반품이 없습니다.", "There is no such return."))
        }
        return (found, line, try GoodsAsk.place(ask, in: found.centre, tables))
    }

    private static func refuse(_ line: ReturnTable.Return.Line, _ most: Int64) -> Refusal {
        OrderRefusals.about(
            .invalid, "return.quantity", "quantity",
            Words("\(line.name): \(most)개까지입니다.", "\(line.name): \(most) at most."))
    }

    static let receive = Command(
        Form(
            "fulfilment.return.receive", title: Words("반품 받기", "Take in a return"),
            help: Words("돌아온 상품을 반품 자리에 놓습니다.", "Goods that came back lie where returns are looked at."),
            fields: fields + [
                Field(
                    "other", Words("이 주문으로 보낸 로트가 아니어도 받기", "Take it in though it was not sent with this order"), .flag,
                    required: false,
                    help: Words(
                        "다른 주문의 물건이거나 로트를 잘못 읽었을 수 있습니다. 확인한 뒤에만 고르세요. 표시가 남고 재고로 바로 올릴 수 없습니다.",
                        "It may be another order's, or the lot was misread. Choose it only after a look: it is marked, and does not go straight to stock."
                    ))
            ], permission: GoodsAsk.permission("fulfilment.return.receive", StartPicking.roles),
            surfaces: [.web, .http])
    ) { ask, tables in
        let (back, line, place) = try find(ask, tables)
        try GoodsAsk.demandOpen(place)
        // What nobody has looked at does not lie among what is picked.
        guard !place.isStorage else {
            throw GoodsAsk.conflict(
                "return.place", "place",
                Words("보관 위치에는 둘 수 없습니다. 반품 자리에 놓아 주세요.", "Not into storage: put it where returns are looked at."))
        }
        let quantity = ask.values.integer("quantity") ?? 0
        guard quantity <= line.quantity - line.received else { throw refuse(line, line.quantity - line.received) }
        let lot = ask.values.text("lot")
        let item = try ItemTable.find(line.item, for: try ask.tenant, in: tables)
        let hasLots = item?.hasLots ?? false
        // A lot that nobody knows has no date, and would never be too old.
        let isKnown = try lot.isEmpty || !StockTable.known(lot, of: line.item, for: try ask.tenant, in: tables).isEmpty
        guard hasLots == !lot.isEmpty, isKnown else {
            throw OrderRefusals.about(
                .invalid, "return.lot", "lot",
                hasLots
                    ? Words("상품에 적힌 로트를 적어 주세요.", "Please enter the lot that the goods show.")
                    : Words("로트로 관리하지 않는 상품입니다.", "This item is not kept by lots."))
        }
        let serials = Serials.read(ask.values.text("serials"))
        if let item, item.hasSerials {
            guard Int64(serials.count) == quantity, Set(serials).count == serials.count else {
                throw Serials.wanted(quantity, "serials")
            }
            // Only what left this house comes back to it.
            let gone = try FloorStock.gone(serials, of: item.code, lot: lot, for: try ask.tenant, in: tables)
            if let other = serials.first(where: { !gone.contains($0) }) {
                throw GoodsAsk.invalid(
                    "serials.other", "serials",
                    Words("출고한 적이 없는 일련번호입니다: \(other)", "This serial number never left: \(other)"))
            }
        }
        let own = try ReturnedLot(line.item, lot: lot, quantity, serials, of: back.order, for: ask.tenant, tables)
        if let words = own.strange, !ask.values.flag("other") {
            throw OrderRefusals.about(
                .conflict, "return.other-lot", item?.hasSerials == true ? "serials" : "lot", words)
        }
        let move = Move(
            line.item, lot: lot, quantity, to: Spot(location: place.id, status: .returned),
            serials: item?.hasSerials == true ? serials : [])
        var extra: [String: JSON] = [
            "return_line": .decimal(line.line), "quantity": .decimal(quantity),
            "lines": [
                ["order": .string(back.order), "line": .decimal(line.line), "quantity": .decimal(quantity)]
            ],
        ]
        if own.strange != nil { extra["strange"] = true }
        return [
            StockEvent(
                StockEvent.returned, centre: back.centre, step: "receiving", moves: [move], place: place.id,
                papers: [.init(type: "rma", reference: back.id), .init(type: "po", reference: back.order)]
            ).draft(stream: back.id, scope: back.scope, extra: extra)
        ]
    }

    private static func grade(_ segregation: Segregation, _ terms: ReturnTerms) -> Command {
        Command(
            Form(
                "fulfilment.return.grade", title: Words("반품 등급 매기기", "Grade a return"),
                help: Words(
                    "A는 재고로, B는 아웃렛으로, C는 격리하고, 나머지는 폐기합니다.",
                    "A goes to stock, B to the outlet, C into quarantine; the rest is destroyed."),
                fields: fields + [
                    Field(
                        "grade", Words("등급", "Grade"),
                        .choice(ReturnRule.Grade.allCases.map { .init($0.rawValue, $0.words) })),
                    Field("note", Words("본 것", "What was seen"), .text(maximum: 300)),
                    Field(
                        "to", Words("둘 위치", "Where it goes"), .text(maximum: 100), required: false,
                        help: Words("폐기가 아니면 스캔하세요.", "Scanned unless it is destroyed.")),
                ], permission: GoodsAsk.permission("fulfilment.return.grade", StartPicking.roles),
                surfaces: [.web, .http])
        ) { ask, tables in
            let (back, line, place) = try find(ask, tables)
            let quantity = ask.values.integer("quantity") ?? 0
            guard quantity <= line.received - line.graded else { throw refuse(line, line.received - line.graded) }
            let grade = ReturnRule.Grade(rawValue: ask.values.text("grade")) ?? .c
            // Whose it is and how it was kept is not known: nobody sells it again before somebody has looked into that.
            if grade == .a,
                try ReturnedLot.isForeign(
                    line.item, lot: ask.values.text("lot"), Serials.read(ask.values.text("serials")), of: back.order,
                    for: ask.tenant, tables)
            {
                throw OrderRefusals.about(
                    .conflict, "return.strange", "grade",
                    Words(
                        "이 주문으로 보낸 물건인지 알 수 없어 바로 재고로 올릴 수 없습니다. 격리(C)로 두고 확인해 주세요.",
                        "Nobody knows whether it was sent with this order: quarantine it (C) and look into it."))
            }
            var to: Spot?
            if grade != .scrap {
                let goal = try GoodsAsk.place(
                    ask.values.text("to"), field: "to", in: back.centre, for: try ask.tenant, tables)
                try GoodsAsk.demandOpen(goal, field: "to")
                try demandFit(goal, grade, line, quantity, segregation, ask, tables)
                let status: StockStatus =
                    switch grade {
                    case .a: .available
                    case .b: .returned
                    default: .quarantine
                    }
                to = Spot(location: goal.id, status: status)
            }
            let from = Spot(location: place.id, status: .returned)
            if let to, to == from {
                throw OrderRefusals.about(
                    .invalid, "return.to", "to",
                    Words("다른 위치에 두어야 합니다.", "It goes to another place."))
            }
            let refund = line.price.map { terms.refund($0, quantity, grade, back.reason) }
            let extra: [String: JSON] = [
                "return_line": .decimal(line.line), "quantity": .decimal(quantity), "grade": .string(grade.rawValue),
                "note": .string(ask.values.text("note")),
            ]
            var drafts = [
                StockEvent(
                    grade == .scrap ? StockEvent.scrapped : StockEvent.graded, centre: back.centre,
                    step: grade == .scrap ? "destroying" : "inspecting",
                    moves: [
                        Move(
                            line.item, lot: ask.values.text("lot"), quantity, from: from, to: to,
                            serials: try numbers(line, quantity, from, ask, tables))
                    ], place: place.id,
                    papers: [.init(type: "rma", reference: back.id)]
                ).draft(stream: back.id, scope: back.scope, extra: extra)
            ]
            let order = try OrderTable.find(back.order, for: try ask.tenant, in: tables)
            let fee = try order.map { try carriage($0, back, and: quantity, for: try ask.tenant, tables) } ?? 0
            if let refund, refund + fee > 0 {
                var payload: [String: JSON] = [
                    "centre": .string(back.centre), "order": .string(back.order), "amount": .decimal(refund + fee),
                    "grade": .string(grade.rawValue), "channel": .string((order?.channel ?? .counter).rawValue),
                ]
                if fee > 0 { payload["carriage"] = .decimal(fee) }
                drafts.append(Draft(ReturnEvents.refunded, stream: back.id, scope: back.scope, payload: payload))
            }
            return drafts
        }
    }

    private static func numbers(
        _ line: ReturnTable.Return.Line, _ quantity: Int64, _ from: Spot, _ ask: Ask, _ tables: any Reader
    ) throws -> [String] {
        guard let item = try ItemTable.find(line.item, for: ask.tenant, in: tables) else { return [] }
        return try Serials.taken(
            Serials.read(ask.values.text("serials")), of: item, lot: ask.values.text("lot"), quantity, from: from,
            for: ask.tenant, tables)
    }

    /// Goods that are graded lie only where goods of their kind may lie: their climate, their hazard, their state.
    private static func demandFit(
        _ goal: Place, _ grade: ReturnRule.Grade, _ line: ReturnTable.Return.Line, _ quantity: Int64,
        _ segregation: Segregation, _ ask: Ask, _ tables: any Reader
    ) throws {
        // The outlet's goods wait anywhere but on a shelf that they do not suit.
        guard grade != .b || goal.isStorage else { return }
        let item = try ItemTable.find(line.item, for: ask.tenant, in: tables) ?? Item(code: line.item, name: line.name)
        let refusal = try StoreGoods.refusal(
            of: goal, item, lot: ask.values.text("lot"), quantity, grade == .c ? .quarantine : .available, segregation,
            field: "to", for: ask.tenant, tables)
        if let refusal { throw refusal }
    }
}
