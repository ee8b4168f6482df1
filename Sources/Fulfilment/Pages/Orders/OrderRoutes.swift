import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Orders for those who work with them: the list, one order with every promise and its cause, and the call of other
/// systems.
struct OrderRoutes {
    let terms: ReturnTerms
    static let readers: Set<Role> = [.worker, .operator, .executive, .zoneOfficer, .administrator]
    /// The largest list of orders taken.
    static let largest = 4 << 20

    var routes: [Route] {
        [
            .get("/fulfilment/orders", .roles(Self.readers)) { try await list($0) },
            .get("/fulfilment/orders/{order}", .roles(Self.readers)) { try await one($0) },
            .post("/fulfilment/orders/import", .roles(ChangeOrder.roles), bodyLimit: Self.largest) {
                try await take($0)
            },
            .post(
                "/api/v1/fulfilment/orders",
                .roles(ChangeOrder.roles).orToken("command:\(PlaceOrder.name)")
            ) { try await intake($0) },
            .post(
                "/api/v1/fulfilment/orders/import",
                .roles(ChangeOrder.roles).orToken("command:\(PlaceOrder.name)"), bodyLimit: Self.largest
            ) { try await takeCall($0) },
            .get("/api/v1/fulfilment/orders/{order}", .roles(Self.readers).orToken("read", "read:orders")) {
                try await json($0)
            },
        ]
    }

    // MARK: - Pages

    private func list(_ visit: Visit, results: [OrderList.Result]? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(
            visit.query, columns: ["number", "placed", "ship", "due", "state"], sortedBy: "ship")
        let shown = visit.query["view"] ?? "open"
        let states: [Order.State] =
            switch shown {
            case "all": []
            case "risk", "open": [.placed, .released, .picked, .packed]
            default: Order.State(rawValue: shown).map { [$0] } ?? []
            }
        let (orders, centres) = try await visit.spine.district.store.read { reader in
            (
                try OrderTable.page(
                    in: nil, states: states, containing: query.filter,
                    order: "\(query.sort)\(query.descending ? " DESC" : "")", limit: query.size, offset: query.offset,
                    for: tenant, in: reader), try CentreTable.all(for: tenant, in: reader)
            )
        }
        let terms = Dictionary(centres.map { ($0.terms.centre, $0.terms) }, uniquingKeysWith: { $1 })
        let view = OrderView(visit: visit)
        let table = Table(
            "orders", caption: visit.word("orders_title"), path: "/fulfilment/orders", query,
            columns: [
                .init("number", visit.word("orders_number")), .init("state", visit.word("orders_state")),
                .init("ship", visit.word("orders_ship")), .init("due", visit.word("orders_due")),
                .init(nil, visit.word("orders_way")), .init(nil, visit.word("orders_sum"), isNumber: true),
            ],
            rows: orders.rows.map { order in
                [
                    .init(
                        order.number, href: "/fulfilment/\(order.id.replacing("order/", with: "orders/"))", isHead: true
                    ),
                    .init(badge: badge(view.state(order)).0, badge(view.state(order)).1),
                    .init(view.when(order.ship)), .init(view.when(order.due)),
                    .init(view.delivery(order, terms[order.centre])), .init(view.won(order.goods + order.fee)),
                ]
            }, total: orders.total, filter: .init(visit.word("orders_filter")), empty: visit.word("orders_empty"),
            kept: ["view": shown])
        var context: [String: JSON] = [
            "table": table.json,
            "views": .array(
                ["open", "placed", "released", "picked", "packed", "shipped", "delivered", "cancelled", "all"].map {
                    name in
                    var tab: [String: JSON] = [
                        "label": .string(visit.word("orders_view_\(name)")),
                        "href": .string("/fulfilment/orders?view=\(name)"),
                    ]
                    if name == shown { tab["current"] = true }
                    return .object(tab)
                }),
            "centres": .array(
                centres.map {
                    ["value": .string($0.terms.centre), "label": .string($0.terms.name[visit.language])]
                }),
        ]
        if !visit.caller.roles.isDisjoint(with: ChangeOrder.roles) { context["may"] = true }
        if let results {
            context["results"] = .array(
                results.map { result in
                    [
                        "reference": .string(result.reference),
                        "badge": Show.badge(
                            result.refusal == nil ? "ok" : "danger",
                            visit.word(result.refusal == nil ? "orders_taken" : "orders_refused")),
                        "text": .string(
                            result.refusal.map {
                                "\(visit.word("orders_line_of").replacing("{n}", with: "\(result.line)")) \($0[visit.language])"
                            } ?? result.number),
                    ]
                })
        }
        return .page("orders", title: visit.word("orders_title"), .object(context), live: true)
    }

    private func badge(_ json: JSON) -> (String, String) {
        (json["kind"]?.text ?? "info", json["label"]?.text ?? "")
    }

    private struct Found: Sendable {
        let order: Order
        let lines: [OrderLine]
        let reserved: [Reserved]
        let moved: [OrderTable.Moved]
        let recipient: Recipient?
        let boxes: [ParcelTable.Box]
        let tasks: [PickTask]
        let terms: CentreTerms?
        let story: [Event]
        let taker: String
        let kept: [String: [KeptBack]]
        let names: [String: String]
    }

    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, said, district) = (try visit.tenant, visit.parameters["order"] ?? "", visit.spine.district)
        let (now, caller) = (visit.now, visit.caller)
        let found = try await district.store.read { reader -> Found? in
            let order = try OrderTable.find("order/\(said)", for: tenant, in: reader)
            guard let order = try order ?? OrderTable.find(called: said, for: tenant, in: reader) else { return nil }
            // A shop's token knows the orders that it placed, and no other shop's.
            if case .token = caller.identity, !caller.carries("read"),
                try OrderTable.client(of: order.id, in: reader) != caller.author.text
            {
                return nil
            }
            let story = try district.log.events(inStream: order.id, in: reader)
            let boxes = try ParcelTable.boxes(of: order.id, for: tenant, in: reader)
            let handed = try story.last { $0.type == ShipEvents.handedOut }.map {
                try district.log.disclosed($0, in: reader)
            }
            return Found(
                order: order, lines: try OrderTable.lines(of: order.id, for: tenant, in: reader),
                reserved: try StockTable.promises(to: order.id, for: tenant, in: reader),
                moved: try OrderTable.promises(of: order.id, for: tenant, in: reader),
                recipient: try OrderTable.recipient(of: order.id, for: tenant, in: reader),
                boxes: boxes,
                tasks: try TourTable.openTasks(in: order.centre, order: order.id, for: tenant, in: reader),
                terms: try CentreTable.find(order.centre, for: tenant, in: reader)?.terms,
                story: story, taker: handed?["taker"]?.text ?? "",
                kept: try KeptBackTable.goods(of: boxes, at: now, for: tenant, in: reader),
                names: try PeopleNames.of(story.map(\.author.text), for: tenant, in: reader))
        }
        guard let found else { throw OrderRefusals.unknown }
        try await visit.look(at: found.order.scope, found.order.id)
        return found
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let found = try await find(visit)
        let (order, view) = (found.order, OrderView(visit: visit))
        let path = "/fulfilment/\(order.id.replacing("order/", with: "orders/"))"
        func act(_ command: String, _ label: String) -> JSON {
            [
                "href": .string("/do/\(command)?order=\(Table.encoded(order.id))&next=\(Table.encoded(path))"),
                "label": .string(visit.word(label)),
            ]
        }
        var acts: [JSON] = []
        if !visit.caller.roles.isDisjoint(with: ChangeOrder.roles) {
            if order.state == .placed {
                acts.append(
                    [
                        "href": .string(
                            "/do/fulfilment.order.release?centre=\(Table.encoded(order.centre))&order=\(Table.encoded(order.id))&next=\(Table.encoded(path))"
                        ), "label": .string(visit.word("orders_act_release")),
                    ])
            }
            if order.isHeld {
                acts.append(act("fulfilment.order.resume", "orders_act_resume"))
            } else if order.state.isInHouse {
                acts.append(act("fulfilment.order.hold", "orders_act_hold"))
            }
            if [.placed, .released, .picked].contains(order.state), order.shipped == nil {
                acts.append(act("fulfilment.order.cancel", "orders_act_cancel"))
            }
            if order.state == .packed, !order.isHeld, case .counter = order.delivery {
                acts.append(act(HandOut.name, "ship_fetch"))
            }
            if order.state == .shipped { acts.append(act("fulfilment.order.deliver", "orders_act_deliver")) }
        }
        var context: [String: JSON] = [
            "number": .string(order.number), "badge": view.state(order), "ship": .string(view.when(order.ship)),
            "due": .string(view.when(order.due)), "first_due": .string(view.when(order.firstDue)),
            "way": .string(view.delivery(order, found.terms)), "steps": .array(view.course(order)),
            "channel": .string(visit.word("orders_channel_\(order.channel.rawValue)")),
            "reference": .string(order.reference.isEmpty ? "–" : order.reference),
            "total": .string(view.won(order.goods + order.fee)), "lines": .array(found.lines.map(view.line)),
            "moved": .array(found.moved.map { view.moved($0, isStaff: true) }),
            "lots": .array(
                found.reserved.map {
                    [
                        "item": .string($0.item), "lot": .string($0.lot.isEmpty ? "–" : $0.lot),
                        "quantity": .string(Show.count($0.quantity)),
                    ]
                }),
            "standing": OrderStanding(
                visit: visit, order: order, lines: found.lines, boxes: found.boxes, story: found.story,
                terms: found.terms, returns: terms, names: found.names,
                taker: visit.caller.roles.isDisjoint(with: ChangeOrder.roles) ? "" : found.taker
            ).json,
            "boxes": .array(
                found.boxes.map {
                    [
                        "why": found.kept[$0.sscc].map { goods in
                            JSON.string(goods.map { $0.words[visit.language] }.joined(separator: ", "))
                        } ?? .null,
                        "sscc": .string(SSCC.shown($0.sscc)), "carton": .string($0.carton),
                        "label": .string("/fulfilment/parcels/\($0.sscc)/label"),
                        "badge": Show.badge(
                            $0.state == .gone ? "ok" : "info", visit.word("ship_state_\($0.state.rawValue)")),
                        "open": $0.state == .packed && !visit.caller.roles.isDisjoint(with: StartPicking.roles)
                            ? .string(PackRoutes.emptying($0.sscc, next: path)) : .null,
                    ]
                }),
            "story": .array(
                found.story.map {
                    [
                        "at": Show.time($0.recorded, visit.language), "what": .string(visit.eventName($0.type)),
                        "who": .string(found.names[$0.author.text] ?? visit.authorName($0.author)),
                        "trace": .string("/trace/\($0.correlation)"),
                    ]
                }), "acts": .array(acts),
        ]
        if let recipient = found.recipient, !visit.caller.roles.isDisjoint(with: ChangeOrder.roles) {
            context["recipient"] = [
                "name": .string(recipient.name), "phone": .string(recipient.phone),
                "address": .string(recipient.address), "note": .string(recipient.note),
            ]
        }
        return .page("order", title: "\(visit.word("orders_order")) \(order.number)", .object(context), live: true)
    }

    // MARK: - Calls

    /// The same key gets the same answer: what the intake itself promised, whatever was moved since.
    private func intake(_ visit: Visit) async throws -> Reply {
        guard case .object(let members) = try visit.json() else {
            throw Refusal(.invalid, "json.object", Words("JSON 객체를 보내 주세요.", "Please send a JSON object."))
        }
        guard let key = HTTPField.Name("Idempotency-Key").flatMap({ visit.headers[$0] }) else {
            let words = Words("Idempotency-Key 헤더가 필요합니다.", "The header Idempotency-Key is needed.")
            throw Refusal(.invalid, "key.missing", of: "Idempotency-Key", "required", words)
        }
        let outcome = try await visit.spine.district.perform(
            PlaceOrder.name, members, by: visit.caller, key: key, confirmed: true)
        let id = outcome.events.first?.stream ?? ""
        let (tenant, district) = (try visit.tenant, visit.spine.district)
        let answer = try await district.store.read { reader -> JSON in
            let placed = try district.log.events(inStream: id, in: reader).first?.payload ?? [:]
            let code = try OrderTable.recipient(of: id, for: tenant, in: reader)?.code ?? ""
            var members = placed.filter { $0.key != "recipient" }
            members["order"] = .string(id)
            members["page"] = .string("\(visit.site)/shop/orders/\(code)")
            return .object(members)
        }
        return .json(answer, status: outcome.repeated ? .ok : .created)
    }

    private func json(_ visit: Visit) async throws -> Reply {
        let found = try await find(visit)
        let order = found.order
        var members: [String: JSON] = [
            "order": .string(order.id), "number": .string(order.number), "state": .string(order.state.rawValue),
            "centre": .string(order.centre), "held": .bool(order.isHeld),
            "lines": .array(
                found.lines.map {
                    [
                        "line": .decimal($0.line), "item": .string($0.item), "quantity": .decimal($0.quantity),
                        "reserved": .decimal($0.reserved), "waiting": .decimal($0.waiting),
                        "refused": .decimal($0.refused), "shipped": .decimal($0.shipped),
                    ]
                }),
            "promises": .array(
                found.moved.map { moved in
                    var members: [String: JSON] = [
                        "at": .string(moved.at.description), "why": .string(moved.why.rawValue),
                        "words": .string(moved.words[visit.language]), "trace": .string(moved.correlation),
                    ]
                    if let due = moved.due { members["due"] = .string(due.description) }
                    return .object(members)
                }),
            "parcels": .array(found.boxes.map { ["sscc": .string($0.sscc), "state": .string($0.state.rawValue)] }),
        ]
        if let due = order.due { members["due"] = .string(due.description) }
        if let ship = order.ship { members["ship"] = .string(ship.description) }
        return .json(.object(members))
    }

    // MARK: - Lists

    private func take(_ visit: Visit) async throws -> Reply {
        guard let form = visit.multipart, let file = form.files["file"], !file.bytes.isEmpty else {
            throw OrderRefusals.about(
                .invalid, "list.missing", "file", Words("CSV 파일을 골라 주세요.", "Please choose a CSV file."))
        }
        let results = try await OrderList(visit: visit, centre: form.fields["centre"] ?? "").take(file.bytes)
        return try await list(visit, results: results)
    }

    private func takeCall(_ visit: Visit) async throws -> Reply {
        let results = try await OrderList(visit: visit, centre: visit.query["centre"] ?? "").take(visit.body)
        return .json([
            "orders": .array(
                results.map { result in
                    var members: [String: JSON] = [
                        "reference": .string(result.reference), "line": .decimal(Int64(result.line)),
                    ]
                    if let refusal = result.refusal { members["refused"] = .string(refusal[visit.language]) }
                    if !result.order.isEmpty { members["order"] = .string(result.order) }
                    return .object(members)
                })
        ])
    }
}
