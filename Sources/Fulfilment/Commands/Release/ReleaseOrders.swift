import Access
import District
import Record
import Store

/// Releases orders to the floor, without waves: as many as the floor takes, the most urgent first.
enum ReleaseOrders {
    static let name = "fulfilment.order.release"
    /// Orders looked at in one go.
    static let most = 200

    static let command = Command(
        Form(
            name, title: Words("주문 내보내기", "Release orders"),
            help: Words(
                "마감이 가까운 주문부터 피킹으로 넘깁니다. 주문을 고르면 그 주문만 넘깁니다.",
                "Hands orders to the pickers, the nearest cut-off first; one order alone where it is named."),
            fields: [
                GoodsAsk.centre,
                Field("order", Words("주문", "Order"), .text(maximum: 60), required: false),
            ], permission: GoodsAsk.permission(name, [.worker, .operator, .executive]),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/wall")
    ) { ask, tables in
        let centre = ask.values.text("centre")
        guard let found = try CentreTable.find(centre, for: try ask.tenant, in: tables) else {
            throw OrderRefusals.centre(centre)
        }
        var only: Order?
        if !ask.values.text("order").isEmpty { only = try ChangeOrder.find(ask, tables) }
        let drafts = try release(found, only: only?.id, at: ask.now, tables)
        guard !drafts.isEmpty else {
            throw Refusal(
                .conflict, "release.nothing",
                Words("지금 내보낼 수 있는 주문이 없습니다.", "There is no order that can be released now."))
        }
        return drafts
    }

    /// The tours that go out now; none where nothing is ready or the floor is full.
    static func release(
        _ centre: CentreTable.Centre, only: String? = nil, at now: Timestamp, _ tables: any Reader
    ) throws -> [Draft] {
        try drafts(plan(centre, only: only, at: now, tables), centre, at: now)
    }

    /// What is walked together and in which order, with the cut-off of each order.
    struct Plan: Sendable {
        var tours: [[PickTask]] = []
        var ships: [String: Timestamp] = [:]
        /// The packing station of each order; empty where none is open.
        var stations: [String: String] = [:]
    }

    static func plan(
        _ centre: CentreTable.Centre, only: String? = nil, at now: Timestamp, _ tables: any Reader
    ) throws -> Plan {
        guard let owner = centre.owner else { return Plan() }
        let terms = centre.terms
        let open = try TourTable.openTasks(in: terms.centre, for: owner, in: tables)
        let room = terms.floor - Int64(open.count)
        guard room > 0 || only != nil else { return Plan() }
        let waiting =
            if let only {
                [try OrderTable.find(only, for: owner, in: tables)].compactMap(\.self)
            } else {
                try OrderTable.releasable(in: centre, limit: most, for: owner, in: tables)
            }
        guard !waiting.isEmpty else { return Plan() }
        let candidates = try waiting.map { order in
            ReleaseRule.Candidate(
                order: order, lines: try OrderTable.lines(of: order.id, for: owner, in: tables),
                promised: try unpicked(order, for: owner, tables))
        }
        let items = Set(candidates.flatMap(\.promised).map(\.item)).sorted()
        let floor = try PickPlanning.floor(of: items, in: terms.centre, for: owner, tables)
        let released = ReleaseRule.release(candidates, on: floor, room: only == nil ? room : max(room, 1))
        guard !released.tasks.isEmpty else { return Plan() }
        let places = try PlaceTable.list(in: terms.centre, for: owner, in: tables)
        let ships = released.orders.reduce(into: [String: Timestamp]()) { $0[$1.id] = $1.ship }
        let stations = StationChoice.assign(
            released.tasks, places: places, due: ships, at: now,
            to: try StationTable.list(in: terms.centre, for: owner, in: tables))
        return Plan(
            tours: TourPlan.tours(released.tasks, places: places, stations: stations), ships: ships, stations: stations)
    }

    static func drafts(_ plan: Plan, _ centre: CentreTable.Centre, at now: Timestamp) -> [Draft] {
        let tours = plan.tours.map { tasks in
            TourEvents.planned(
                tasks, tour: "tour/\(Identifier(at: now))", centre: centre.terms.centre,
                ship: tasks.compactMap { plan.ships[$0.order] }.min(), scope: centre.scope)
        }
        let assigned = Set(plan.tours.flatMap(\.self).map(\.order)).sorted().compactMap { order in
            plan.stations[order].map { (order: order, station: Optional($0)) }
        }
        guard !assigned.isEmpty else { return tours }
        return tours + [
            StationEvents.assigned(assigned, centre: centre.terms.centre, why: "release", scope: centre.scope)
        ]
    }

    /// The part of a plan that still holds, after others have written: orders that may still go, with all of their picks
    /// covered by what they are promised and by what lies where it is to be picked.
    static func holding(_ plan: Plan, _ centre: CentreTable.Centre, _ tables: any Reader) throws -> Plan {
        guard let owner = centre.owner, !plan.tours.isEmpty else { return Plan() }
        let name = centre.terms.centre
        // A station that closed meanwhile gives its orders to another.
        var plan = plan
        plan.stations = StationChoice.reopened(
            plan.stations, try StationTable.list(in: name, for: owner, in: tables))
        let tasks = plan.tours.flatMap(\.self)
        var floor = try PickPlanning.floor(of: Set(tasks.map(\.item)).sorted(), in: name, for: owner, tables)
        var kept: Set<String> = []
        let byOrder = Dictionary(grouping: tasks, by: \.order)
        for id in byOrder.keys.sorted() {
            let mine = byOrder[id] ?? []
            guard let order = try OrderTable.find(id, for: owner, in: tables), order.state == .placed, !order.isHeld
            else { continue }
            let promised = try unpicked(order, for: owner, tables)
            let asked = Dictionary(mine.map { ([$0.item, $0.lot], $0.quantity) }, uniquingKeysWith: +)
            let isPromised = asked.allSatisfy { key, quantity in
                promised.filter { [$0.item, $0.lot] == key }.reduce(0) { $0 + $1.quantity } >= quantity
            }
            var trial = floor
            guard isPromised, mine.allSatisfy({ trial.take($0) }) else { continue }
            floor = trial
            kept.insert(id)
        }
        guard kept.count < byOrder.count else { return plan }
        return Plan(
            tours: plan.tours.map { tour in
                tour.filter { kept.contains($0.order) }.enumerated().map { index, task in
                    var task = task
                    task.task = Int64(index + 1)
                    return task
                }
            }.filter { !$0.isEmpty }, ships: plan.ships, stations: plan.stations)
    }

    /// What is promised to an order and lies in nobody's tote yet.
    private static func unpicked(_ order: Order, for owner: Tenant, _ tables: any Reader) throws -> [Reserved] {
        var promised = try StockTable.promises(to: order.id, for: owner, in: tables)
        for held in try ParcelTable.inHand(of: order.id, in: order.centre, for: owner, in: tables) {
            var gone = held.quantity
            for index in promised.indices where promised[index].item == held.item && promised[index].lot == held.lot {
                let some = min(gone, promised[index].quantity)
                promised[index].quantity -= some
                gone -= some
            }
        }
        return promised.filter { $0.quantity > 0 }
    }
}
