import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The shop of a centre: what can be promised now, an order by whoever comes, and its page by a code.
struct ShopRoutes {
    let terms: ReturnTerms
    var routes: [Route] {
        [
            .get("/shop", .anyone) { try await shops($0) },
            .get("/shop/{centre}", .anyone) { try await catalogue($0) },
            .post("/shop/{centre}", .anyone) { try await cart($0) },
            .post("/shop/{centre}/order", .anyone) { try await order($0) },
            .get("/shop/orders/{code}", .anyone) { try await page($0) },
            .post("/shop/orders/{code}/{verb}", .anyone) { try await change($0) },
        ]
    }

    private func shops(_ visit: Visit) async throws -> Reply {
        let shops = try await visit.spine.district.store.read { try CentreTable.shops(in: $0) }
        return .page(
            "shops", title: visit.word("shop_title"),
            [
                "shops": .array(
                    shops.map {
                        [
                            "href": .string("/shop/\($0.terms.centre)"),
                            "name": .string($0.terms.name[visit.language]),
                        ]
                    })
            ])
    }

    private func find(_ visit: Visit) async throws -> CentreTable.Centre {
        let id = visit.parameters["centre"] ?? ""
        guard let centre = try await visit.spine.district.store.read({ try CentreTable.shop(id, in: $0) }) else {
            throw Refusal(.notFound, "shop.unknown", Words("그런 매장이 없습니다.", "There is no such shop."))
        }
        return centre
    }

    /// An item with what of it could be promised.
    struct Ware: Sendable {
        let item: Item
        let free: Int64
        let coming: Intake.Expected?
    }

    /// What can be promised of each item that has a price: free of lots that are good long enough, and what is to come.
    static func wares(
        _ centre: CentreTable.Centre, containing words: String = "", at now: Timestamp, in reader: any Reader
    ) throws -> [Ware] {
        guard let owner = centre.owner else { return [] }
        let items = try ItemTable.page(
            containing: words, order: "name, code", limit: 200, offset: 0, for: owner, in: reader
        ).rows.compactMap { $0 }.filter { $0.price != nil }
        let codes = items.map(\.code)
        let lots = try OrderTable.lots(of: codes, in: centre.terms.centre, for: owner, in: reader)
        let free = items.map { item in
            let usable = now.advanced(bySeconds: Double(item.minimumLife + 1) * 86_400)
            return (lots[item.code] ?? []).filter { $0.expiry.map { $0 > usable } ?? true }
                .reduce(0) { $0 + $1.free }
        }
        let out = zip(items, free).filter { $0.1 <= 0 }.map(\.0.code)
        let coming = try Coming.expected(out, in: centre.terms.centre, at: now, for: owner, in: reader)
        return zip(items, free).map { Ware(item: $0, free: $1, coming: coming[$0.code]?.first) }
    }

    private func catalogue(_ visit: Visit, refusal: Refusal? = nil) async throws -> Reply {
        let (centre, now, words) = (try await find(visit), visit.now, visit.query["q"] ?? "")
        let wares = try await visit.spine.district.store.read {
            try Self.wares(centre, containing: words, at: now, in: $0)
        }
        let view = OrderView(visit: visit)
        var context: [String: JSON] = [
            "name": .string(centre.terms.name[visit.language]), "action": .string("/shop/\(centre.terms.centre)"),
            "wares": .array(
                wares.map { ware in
                    var members: [String: JSON] = [
                        "code": .string(ware.item.code), "name": .string(ware.item.name),
                        "price": .string(view.won(ware.item.price)), "most": .string("\(max(ware.free, 99))"),
                        "value": .string(visit.form["q.\(ware.item.code)"] ?? ""),
                    ]
                    if ware.free > 0 {
                        members["free"] = .string(Show.count(ware.free))
                    } else if let coming = ware.coming {
                        members["coming"] = .string(KoreanDay(coming.at).description)
                    } else {
                        members["out"] = true
                    }
                    if ware.item.climate != .ambient {
                        members["climate"] = .string(ware.item.climate.words[visit.language])
                    }
                    return .object(members)
                }),
        ]
        if let refusal { context["refusal"] = .string(refusal.words[visit.language]) }
        return .page(
            "shop", title: centre.terms.name[visit.language], .object(context),
            status: refusal == nil ? .ok : .unprocessableContent)
    }

    // MARK: - The cart: a page of its own, so that no script is needed

    private static func lines(_ form: [String: String]) -> [(item: String, quantity: Int64)] {
        form.filter { $0.key.hasPrefix("q.") }.sorted { $0.key < $1.key }.compactMap { key, value in
            Int64(value).flatMap { $0 > 0 ? (String(key.dropFirst(2)), $0) : nil }
        }
    }

    private func cart(_ visit: Visit) async throws -> Reply {
        let lines = Self.lines(visit.form)
        guard !lines.isEmpty else { return try await catalogue(visit, refusal: OrderRefusals.empty) }
        return try await checkout(visit, lines)
    }

    private func checkout(
        _ visit: Visit, _ lines: [(item: String, quantity: Int64)], refusal: Refusal? = nil
    ) async throws -> Reply {
        let centre = try await find(visit)
        guard let owner = centre.owner else { throw OrderRefusals.unknown }
        let codes = lines.map(\.item)
        let items = try await visit.spine.district.store.read {
            try ItemTable.several(codes, for: owner, in: $0)
        }
        let (view, form, terms) = (OrderView(visit: visit), visit.form, centre.terms)
        let total = lines.reduce(0) { $0 + (items[$1.item]?.price ?? 0) * $1.quantity }
        let chosen = form["way"] ?? ""
        // What its carriage costs, and what it comes to with it, before anybody orders.
        func said(_ name: String, _ fee: Int64) -> String {
            "\(name) · \(visit.word("shop_fee")) \(view.won(fee)) · \(visit.word("shop_total")) \(view.won(total + fee))"
        }
        var ways = terms.carriers.map {
            (value: "carrier:\($0.id)", label: said($0.name[visit.language], $0.fee))
        }
        ways += (terms.robots?.stops ?? []).map {
            (
                value: "robot:\($0.node)",
                label: said(
                    "\(visit.word("orders_robot")) → \($0.name[visit.language])", terms.robots?.fee ?? 0)
            )
        }
        ways.append((value: "counter:", label: said(visit.word("orders_counter"), 0)))
        var context: [String: JSON] = [
            "name": .string(terms.name[visit.language]), "action": .string("/shop/\(terms.centre)/order"),
            "back": .string("/shop/\(terms.centre)"), "total": .string(view.won(total)),
            "key": .string(form["idempotency"] ?? Identifier(at: visit.now).description),
            "lines": .array(
                lines.map { line in
                    [
                        "code": .string(line.item), "name": .string(items[line.item]?.name ?? line.item),
                        "quantity": .string("\(line.quantity)"),
                        "sum": .string(view.won((items[line.item]?.price).map { $0 * line.quantity })),
                    ]
                }),
            "ways": .array(
                ways.enumerated().map { index, way in
                    var members: [String: JSON] = ["value": .string(way.value), "label": .string(way.label)]
                    if way.value == chosen || (chosen.isEmpty && index == 0) { members["chosen"] = true }
                    return .object(members)
                }),
            "is_partial": .bool(form["partial"] == "on"),
        ]
        for field in ["name", "phone", "address", "note"] {
            context["f_\(field)"] = .string(form["to_\(field)"] ?? "")
        }
        if let refusal {
            context["refusal"] = [
                "text": .string(refusal.words[visit.language]),
                "items": .array(refusal.faults.map { .string($0.words[visit.language]) }),
            ]
        }
        return .page(
            "shop-order", title: visit.word("shop_order_title"), .object(context),
            status: refusal?.kind == .conflict ? .conflict : refusal == nil ? .ok : .unprocessableContent)
    }

    private func order(_ visit: Visit) async throws -> Reply {
        let (form, lines) = (visit.form, Self.lines(visit.form))
        let way = (form["way"] ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var values: [String: JSON] = [
            "centre": .string(visit.parameters["centre"] ?? ""), "delivery": .string(way.first ?? ""),
            "carrier": .string(way.count > 1 ? way[1] : ""), "partial": .bool(form["partial"] == "on"),
            "lines": .array(lines.map { ["item": .string($0.item), "quantity": .decimal($0.quantity)] }),
        ]
        for field in ["name", "phone", "address", "note"] { values[field] = .string(form["to_\(field)"] ?? "") }
        do {
            let outcome = try await visit.spine.district.perform(
                PlaceOrder.shop, values, by: visit.caller, key: form["idempotency"])
            let id = outcome.events.first?.stream ?? ""
            let owner = try await find(visit).owner
            let code = try await visit.spine.district.store.read { reader in
                try owner.flatMap { try OrderTable.recipient(of: id, for: $0, in: reader)?.code }
            }
            return .redirect("/shop/orders/\(code ?? "")", flash: visit.word("shop_placed"))
        } catch let refusal as Refusal where [.invalid, .conflict, .tooOften].contains(refusal.kind) {
            guard !lines.isEmpty else { return try await catalogue(visit, refusal: OrderRefusals.empty) }
            return try await checkout(visit, lines, refusal: refusal)
        }
    }

    // MARK: - The order's page

    private func page(_ visit: Visit, refusal: Refusal? = nil) async throws -> Reply {
        let code = visit.parameters["code"] ?? ""
        let found = try await visit.spine.district.store.read { reader -> ShopOrder? in
            guard let order = try OrderTable.find(code: code, in: reader) else { return nil }
            let owner = try ChangeOrder.owner(of: order)
            return ShopOrder(
                order: order, lines: try OrderTable.lines(of: order.id, for: owner, in: reader),
                moved: try OrderTable.promises(of: order.id, for: owner, in: reader),
                terms: try CentreTable.find(order.centre, for: owner, in: reader)?.terms,
                returns: try ReturnTable.list(of: order.id, for: owner, in: reader))
        }
        guard let found else { throw OrderRefusals.unknown }
        let (view, order) = (OrderView(visit: visit), found.order)
        var context: [String: JSON] = [
            "number": .string(order.number), "badge": view.state(order), "due": .string(view.when(order.due)),
            "way": .string(view.delivery(order, found.terms)), "steps": .array(view.course(order)),
            "lines": .array(found.lines.map(view.line)), "goods": .string(view.won(order.goods)),
            "fee": .string(view.won(order.fee)), "total": .string(view.won(order.goods + order.fee)),
            "moved": .array(found.moved.map { view.moved($0, isStaff: false) }),
            "code_path": .string("/shop/orders/\(code)"),
            "returns": .array(found.returns.map { ReturnView(visit: visit).json($0) }),
        ]
        if [.placed, .released, .picked].contains(order.state), order.shipped == nil { context["may_cancel"] = true }
        if case .carrier = order.delivery, order.state.isInHouse, order.state != .packed {
            context["may_move"] = true
        }
        if case .counter = order.delivery, order.state.isInHouse {
            context["pickup"] = .string(
                try QR.svg("\(visit.site)/shop/orders/\(code)", label: visit.word("shop_pickup")))
            if order.state == .packed, !order.isHeld { context["ready"] = true }
        }
        if order.state == .delivered || order.state == .settled, let at = order.delivered,
            terms.isOpen(.faulty, delivered: at, at: visit.now)
        {
            context["may_return"] = true
            let until = ReturnRule.Reason.allCases.map { reason in
                "\(reason.words[visit.language]): \(terms.last(reason, delivered: at))"
            }
            context["until"] = .string(until.joined(separator: " · "))
            context["reasons"] = .array(ReturnView(visit: visit).reasons)
        }
        if let refusal { context["refusal"] = .string(refusal.words[visit.language]) }
        return .page(
            "shop-page", title: "\(visit.word("shop_page_title")) \(order.number)", .object(context),
            status: refusal == nil ? .ok : .conflict)
    }

    private struct ShopOrder: Sendable {
        let order: Order
        let lines: [OrderLine]
        let moved: [OrderTable.Moved]
        let terms: CentreTerms?
        let returns: [ReturnTable.Return]
    }

    private func change(_ visit: Visit) async throws -> Reply {
        let (code, form) = (visit.parameters["code"] ?? "", visit.form)
        var values: [String: JSON] = ["code": .string(code)]
        let command: String
        switch visit.parameters["verb"] {
        case "cancel": command = "fulfilment.shop.cancel"
        case "address":
            command = "fulfilment.order.readdress"
            values["address"] = .string(form["address"] ?? "")
        case "return":
            command = "fulfilment.return.ask"
            values["reason"] = .string(form["reason"] ?? "")
            values["lines"] = .array(
                form.filter { $0.key.hasPrefix("line.") }.sorted { $0.key < $1.key }.compactMap { key, value in
                    Int64(value).flatMap {
                        $0 > 0 ? ["line": .string(String(key.dropFirst(5))), "quantity": .decimal($0)] : nil
                    }
                })
        default: throw OrderRefusals.unknown
        }
        do {
            _ = try await visit.spine.district.perform(
                command, values, by: visit.caller, key: form["idempotency"], confirmed: true)
            let done = command == "fulfilment.return.ask" ? visit.word("shop_return_asked") : visit.word("shop_changed")
            return .redirect("/shop/orders/\(code)", flash: done)
        } catch let refusal as Refusal where [.invalid, .conflict, .tooOften].contains(refusal.kind) {
            return try await page(visit, refusal: refusal)
        }
    }
}
