import Access
import District
import Record
import Store
import Web

/// The shift lead's wall: which promises are at risk and why, where work piles up, who works where.
struct WallRoutes {
    static let roles: Set<Role> = [.worker, .operator, .executive, .zoneOfficer, .administrator]
    /// An order that must leave within so many minutes and is not packed is at risk.
    static let near = 45.0

    var routes: [Route] { [.get("/fulfilment/wall", .roles(Self.roles)) { try await page($0) }] }

    /// Why an order may not keep its promise.
    enum Risk: String, Comparable {
        case late, unknown, stuck, soon, moved, held

        static func < (one: Risk, other: Risk) -> Bool { one.rank < other.rank }
        private var rank: Int { [.late, .unknown, .stuck, .soon, .moved, .held].firstIndex(of: self) ?? 0 }

        init?(_ order: Order, at now: Timestamp) {
            guard order.state.isInHouse else { return nil }
            guard let ship = order.ship, let due = order.due else {
                self = .unknown
                return
            }
            let left = ship.seconds(since: now) / 60
            if left < 0 {
                self = .late
            } else if order.isHeld {
                self = .held
            } else if left < WallRoutes.near, order.state != .packed {
                self = .soon
            } else if let first = order.firstDue, due > first {
                self = .moved
            } else {
                return nil
            }
        }
    }

    /// Who calls for the lead, by name.
    private static func called(
        for tenant: Tenant, in reader: any Reader
    ) throws -> [(call: CallTable.Call, name: String)] {
        let calls = try CallTable.open(for: tenant, in: reader)
        let author = { (call: CallTable.Call) in Author.person(PersonID(call.person)).text }
        let names = try PeopleNames.of(calls.map(author), for: tenant, in: reader)
        return calls.map { ($0, names[author($0)] ?? $0.person) }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, now) = (try visit.tenant, visit.now)
        let found = try await visit.spine.district.store.read { reader in
            let open = try OrderTable.page(
                in: nil, states: [.placed, .released, .picked, .packed], order: "ship", limit: 500, for: tenant,
                in: reader)
            let stuck = Set(try OrderTable.stuck(for: tenant, in: reader).map(\.id))
            let risks = open.rows.compactMap { order -> (Order, Risk)? in
                let risk = Risk(order, at: now)
                // What lies where nobody picks is said before it is late: somebody must put it away.
                guard stuck.contains(order.id), risk != .late else { return risk.map { (order, $0) } }
                return (order, .stuck)
            }
            .sorted { ($0.1, $0.0.ship ?? now, $0.0.id) < ($1.1, $1.0.ship ?? now, $1.0.id) }
            return (
                open.rows,
                try risks.prefix(30).map { order, risk in
                    (order, risk, try OrderTable.promises(of: order.id, for: tenant, in: reader).last)
                }, risks.count, try TourTable.open(in: nil, for: tenant, in: reader),
                try measured(at: now, for: tenant, reader), try CentreTable.all(for: tenant, in: reader),
                try PlaceTable.centres(for: tenant, in: reader).flatMap {
                    try StationTable.list(in: $0, for: tenant, in: reader)
                }, try Self.called(for: tenant, in: reader),
                // What was let go again and is another order's is no danger: packing and handing over speak of it.
                try KeptBackTable.all(at: now, for: tenant, in: reader).filter { container in
                    container.goods.contains { $0.status != .aside }
                }
            )
        }
        let (open, risky, risks, tours, flows, centres, stations, calls, kept) = found
        let view = OrderView(visit: visit)
        let narrow = StageFlow.bottleneck(flows)
        let isLead = visit.caller.roles.contains(.operator)
        var context: [String: JSON] = [
            "stages": .array(
                flows.map { flow in
                    var members: [String: JSON] = [
                        "label": .string(visit.word("wall_stage_\(flow.stage.rawValue)")),
                        "count": .string(Show.count(flow.waiting)), "left": .string(Show.count(flow.left)),
                        "href": .string("/fulfilment/orders?view=\(flow.stage.rawValue)"),
                        "next": .string(view.soon(open.first { $0.state == flow.stage }?.ship, at: now)),
                    ]
                    if flow.waiting == 0 { members["next"] = .string("–") }
                    if flow.stage == narrow { members["narrow"] = true }
                    return .object(members)
                }),
            "stations": .array(stations.map { station($0, PackStation.bottleneck(stations), visit) }),
            "calls": .array(
                calls.map { call, name in
                    var members: [String: JSON] = [
                        "person": .string(name), "place": .string(call.place.isEmpty ? "–" : call.place),
                        "at": .string(OrderView.clock(call.at)),
                    ]
                    if isLead {
                        members["come"] = .string(
                            "/do/fulfilment.lead.come?call=\(Table.encoded(call.id))&next=/fulfilment/wall")
                    }
                    return .object(members)
                }), "risk_count": .string(Show.count(risks)),
            "risks": .array(
                risky.map { order, risk, moved in
                    var members: [String: JSON] = [
                        "number": .string(order.number), "href": .string("/fulfilment/orders/\(order.id.dropFirst(6))"),
                        "badge": Show.badge(
                            risk == .late || risk == .unknown ? "danger" : "warn", visit.word("wall_\(risk.rawValue)")),
                        "ship": .string(view.soon(order.ship, at: now)), "due": .string(view.soon(order.due, at: now)),
                    ]
                    if let moved { members["cause"] = .string(moved.words[visit.language]) }
                    // That it is held stands there already.
                    if risk != .held { members["state"] = view.state(order) }
                    return .object(members)
                }),
            "kept": KeptBackView.json(kept, next: "/fulfilment/wall", visit), "any_kept": .bool(!kept.isEmpty),
            "tours": .array(
                tours.filter { $0.state == .taken }.map {
                    [
                        "person": .string($0.person ?? "–"), "ship": .string(view.when($0.ship)),
                        "back": isLead
                            ? .string("/do/\(GiveBackTour.name)?tour=\(Table.encoded($0.id))&next=/fulfilment/wall")
                            : .null,
                        "over": isLead
                            ? .string("/do/\(HandOverTour.name)?tour=\(Table.encoded($0.id))&next=/fulfilment/wall")
                            : .null,
                    ]
                }), "waiting": .string("\(tours.count { $0.state == .open })"),
            "centres": .array(
                centres.map {
                    [
                        "name": .string($0.terms.name[visit.language]),
                        "href": .string(
                            "/do/fulfilment.order.release?centre=\(Table.encoded($0.terms.centre))&next=/fulfilment/wall"
                        ),
                    ]
                }),
        ]
        if !visit.caller.roles.isDisjoint(with: ChangeOrder.roles) { context["may"] = true }
        if visit.query["screen"] != nil { context["screen"] = true }
        if !calls.isEmpty { context["any_calls"] = true }
        return .page("wall", title: visit.word("wall_title"), .object(context), live: true)
    }

    /// The stages of the floor: what waits, and what left in the last hour.
    private func measured(at now: Timestamp, for tenant: Tenant, _ reader: any Reader) throws -> [StageFlow] {
        let stages = try OrderTable.stages(for: tenant, in: reader)
        let left = try OrderTable.left(since: now.advanced(bySeconds: -3600), for: tenant, in: reader)
        return [Order.State.placed, .released, .picked, .packed].map {
            StageFlow(stage: $0, waiting: stages[$0] ?? 0, left: left[$0] ?? 0)
        }
    }

    private func station(_ station: PackStation, _ narrow: PackStation?, _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "name": .string(station.place.name), "waiting": .string(Show.count(station.waiting.count)),
            "coming": .string(Show.count(station.coming.count)), "slots": .string(Show.count(station.slots)),
            "load": .number(Double(station.load)), "most": .number(Double(max(station.slots, station.load))),
        ]
        if !station.isOpen {
            members["badge"] = Show.badge("off", visit.word("wall_station_closed"))
        } else if station == narrow {
            members["badge"] = Show.badge("warn", visit.word("wall_bottleneck"))
        }
        return .object(members)
    }
}
