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

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, now) = (try visit.tenant, visit.now)
        let found = try await visit.spine.district.store.read { reader in
            let open = try OrderTable.page(
                in: nil, states: [.placed, .released, .picked, .packed], order: "ship", limit: 500, for: tenant,
                in: reader)
            let stuck = Set(try OrderTable.stuck(for: tenant, in: reader).map(\.id))
            let risky = open.rows.compactMap { order -> (Order, Risk)? in
                let risk = Risk(order, at: now)
                // What lies where nobody picks is said before it is late: somebody must put it away.
                guard stuck.contains(order.id), risk != .late else { return risk.map { (order, $0) } }
                return (order, .stuck)
            }
            .sorted { ($0.1, $0.0.ship ?? now, $0.0.id) < ($1.1, $1.0.ship ?? now, $1.0.id) }.prefix(30)
            return (
                open.rows,
                try risky.map { order, risk in
                    (order, risk, try OrderTable.promises(of: order.id, for: tenant, in: reader).last)
                }, try TourTable.open(in: nil, for: tenant, in: reader), try OrderTable.stages(for: tenant, in: reader),
                try CentreTable.all(for: tenant, in: reader),
                try KeptBackTable.all(at: now, for: tenant, in: reader)
            )
        }
        let (open, risky, tours, stages, centres, kept) = found
        let view = OrderView(visit: visit)
        // Work piles up where most of it waits against how fast it leaves: without a rate, where most waits.
        let narrow = stages.filter { $0.key != .placed }.max {
            ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
        }
        let isLead = visit.caller.roles.contains(.operator)
        var context: [String: JSON] = [
            "stages": .array(
                [Order.State.placed, .released, .picked, .packed].map { state in
                    let count = stages[state] ?? 0
                    var members: [String: JSON] = [
                        "label": .string(visit.word("wall_stage_\(state.rawValue)")),
                        "count": .string(Show.count(count)),
                        "href": .string("/fulfilment/orders?view=\(state.rawValue)"),
                        "next": .string(view.when(open.first { $0.state == state }?.ship)),
                    ]
                    if count == 0 { members["next"] = .string("–") }
                    if state == narrow?.key, count > 0 { members["narrow"] = true }
                    return .object(members)
                }),
            "risks": .array(
                risky.map { order, risk, moved in
                    [
                        "number": .string(order.number), "href": .string("/fulfilment/orders/\(order.id.dropFirst(6))"),
                        "badge": Show.badge(
                            risk == .late || risk == .unknown ? "danger" : "warn", visit.word("wall_\(risk.rawValue)")),
                        "ship": .string(view.when(order.ship)), "due": .string(view.when(order.due)),
                        "cause": .string(moved?.words[visit.language] ?? "–"), "state": view.state(order),
                    ]
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
        return .page("wall", title: visit.word("wall_title"), .object(context), live: true)
    }
}
