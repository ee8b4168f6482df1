import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The packing station: which orders wait, and one of them with its proposal.
struct PackRoutes {
    let rule: PackRule

    var routes: [Route] {
        [
            .get("/fulfilment/pack", .roles(StartPicking.roles)) { try await list($0) },
            .get("/fulfilment/pack/{order}", .roles(StartPicking.roles)) { try await one($0) },
            .post("/fulfilment/pack/{order}", .roles(StartPicking.roles)) { try await pack($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        // Whoever packs says once at which station; the device keeps it.
        if let said = visit.query["station"] {
            return .redirect("/fulfilment/pack", cookies: [Kept.station.cookie(said)])
        }
        let tenant = try visit.tenant
        let (orders, empty, stations) = try await visit.spine.district.store.read { reader in
            (
                try OrderTable.page(
                    in: nil, states: [.picked], order: "ship, placed", limit: 100, for: tenant, in: reader),
                try OrderTable.toEmpty(for: tenant, in: reader),
                try PlaceTable.centres(for: tenant, in: reader).flatMap {
                    try StationTable.list(in: $0, for: tenant, in: reader)
                }
            )
        }
        let view = OrderView(visit: visit)
        // Scanning or typing a number leads to its order.
        if let said = visit.query["find"], !said.isEmpty {
            let found = try await visit.spine.district.store.read {
                try OrderTable.find(called: said, for: tenant, in: $0)
            }
            if let found { return .redirect("/fulfilment/pack/\(found.id.dropFirst(6))") }
        }
        let desk = PackStations(stations, visit)
        func row(_ order: Order) -> JSON {
            var members: [String: JSON] = [
                "number": .string(order.number), "href": .string("/fulfilment/pack/\(order.id.dropFirst(6))"),
                "ship": .string(view.when(order.ship)),
            ]
            if let name = desk.name(of: order.id) { members["station"] = .string(name) }
            return .object(members)
        }
        var context: [String: JSON] = [
            "stations": desk.tabs, "any_stations": .bool(!stations.isEmpty),
            "any_elsewhere": .bool(orders.rows.contains { !desk.isMine($0.id) }),
            "orders": .array(orders.rows.filter { desk.isMine($0.id) }.map(row)),
            "elsewhere": .array(orders.rows.filter { !desk.isMine($0.id) }.map(row)),
            "total": .string(Show.count(orders.total)),
            "empty": .array(
                empty.map { order, sscc in
                    [
                        "name": .string(sscc.map { SSCC.shown($0) } ?? visit.word("pack_tote")),
                        "number": .string(order.number),
                        "href": .string(Self.emptying(sscc ?? order.number, next: "/fulfilment/pack")),
                    ]
                }), "any_empty": .bool(!empty.isEmpty),
        ]
        if let here = desk.here {
            context["here"] = ["name": .string(here.place.name), "coming": .string(Show.count(here.coming.count))]
            if !here.isOpen { context["here_closed"] = true }
        }
        return .page("pack", title: visit.word("pack_title"), .object(context), live: true)
    }

    /// Where a parcel or a tote is emptied.
    static func emptying(_ container: String, next: String) -> String {
        "/do/\(EmptyContainer.name)?container=\(Table.encoded(container))&next=\(Table.encoded(next))"
    }

    private func one(_ visit: Visit, refusal: Refusal? = nil) async throws -> Reply {
        let (tenant, id, rule) = (try visit.tenant, "order/\(visit.parameters["order"] ?? "")", rule)
        let now = visit.now
        let packing = try await visit.spine.district.store.read { reader -> PackOrder.Packing? in
            guard let order = try OrderTable.find(id, for: tenant, in: reader) else { return nil }
            return try PackOrder.Packing(order, rule, at: now, for: try ChangeOrder.owner(of: order), reader)
        }
        guard let packing else { throw OrderRefusals.unknown }
        let (order, proposal) = (packing.order, packing.proposal)
        guard order.state == .picked else { return .redirect("/fulfilment/orders/\(order.id.dropFirst(6))") }
        let form = visit.method == .post ? visit.form : [:]
        func name(_ item: String) -> String { packing.items[item]?.name ?? item }
        var context: [String: JSON] = [
            "number": .string(order.number), "action": .string("/fulfilment/pack/\(order.id.dropFirst(6))"),
            "key": .string("pack-\(order.id.suffix(12))"),
            "notes": .array(proposal.notes.map { .string($0[visit.language]) }),
            "reason_value": .string(form["reason"] ?? ""),
            "parcels": .array(
                proposal.parcels.enumerated().map { index, parcel in
                    var members: [String: JSON] = [
                        "number": .string("\(index + 1)"), "index": .string("\(index)"),
                        "weight_value": .string(form["weight.\(index)"] ?? ""),
                        "contents": .array(
                            parcel.shares.map {
                                [
                                    "name": .string(name($0.item)), "lot": .string($0.lot),
                                    "quantity": .string("\($0.quantity)"),
                                ]
                            }),
                        "cartons": .array(
                            rule.cartons.map { carton in
                                var option: [String: JSON] = ["value": .string(carton.code)]
                                if (form["carton.\(index)"] ?? parcel.carton) == carton.code { option["chosen"] = true }
                                return .object(option)
                            }),
                    ]
                    if let weight = parcel.weight { members["expected"] = .string("\(weight) g") }
                    if let carton = parcel.carton { members["carton"] = .string(carton) }
                    // With one parcel all numbers go into it; else the person says which.
                    if proposal.parcels.count > 1,
                        parcel.shares.contains(where: { packing.items[$0.item]?.hasSerials ?? false })
                    {
                        members["serials"] = .string(form["serials.\(index)"] ?? "")
                        members["any_serials"] = true
                    }
                    return .object(members)
                }),
        ]
        if !packing.kept.isEmpty {
            context["kept"] = .array(
                packing.kept.map {
                    [
                        "text": .string($0.words[visit.language]), "href": .string(LotRoutes.href($0.item, $0.lot)),
                    ]
                })
        }
        if packing.surplus > 0 {
            context["surplus"] = .string(
                Self.emptying(order.number, next: "/fulfilment/pack/\(order.id.dropFirst(6))"))
        }
        if let refusal {
            context["refusal"] = .string(refusal.words[visit.language])
            if ["pack.weight", "pack.weigh", "pack.climate"].contains(refusal.code) { context["explain"] = true }
        }
        return .page(
            "pack-order", title: "\(visit.word("pack_order")) \(order.number)", .object(context),
            status: refusal == nil ? .ok : .conflict)
    }

    private func pack(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let indices = form.keys.compactMap { $0.hasPrefix("carton.") ? Int($0.dropFirst(7)) : nil }.sorted()
        let parcels = indices.map { index -> JSON in
            var members: [String: JSON] = ["carton": .string(form["carton.\(index)"] ?? "")]
            if let weight = form["weight.\(index)"], !weight.isEmpty { members["weight"] = .string(weight) }
            if let serials = form["serials.\(index)"], !serials.isEmpty { members["serials"] = .string(serials) }
            return .object(members)
        }
        let order = "order/\(visit.parameters["order"] ?? "")"
        do {
            let outcome = try await visit.spine.district.perform(
                PackOrder.name,
                [
                    "order": .string(order), "parcels": .array(parcels), "reason": .string(form["reason"] ?? ""),
                ], by: visit.caller)
            return .redirect(
                "/fulfilment/orders/\(order.dropFirst(6))",
                flash: visit.word("pack_done").replacing(
                    "{n}", with: "\(outcome.events.count { $0.type == StockEvent.packed })"))
        } catch let refusal as Refusal where [.invalid, .conflict].contains(refusal.kind) {
            return try await one(visit, refusal: refusal)
        }
    }
}
