import Access
import District
import Record
import Store

/// A robot of the district brings an order's parcels.
enum SendByRobot {
    static let all = [send]

    static let send = Command(
        Form(
            "fulfilment.ship.robot", title: Words("배달 로봇에 맡기기", "Give to a delivery robot"),
            help: Words("포장된 주문을 로봇 미션으로 보냅니다.", "Sends a packed order as a robot's mission."),
            fields: [ChangeOrder.order], permission: GoodsAsk.permission("fulfilment.ship.robot", StartPicking.roles),
            surfaces: [.web, .http])
    ) { ask, tables in
        let order = try ChangeOrder.find(ask, tables)
        let owner = try ChangeOrder.owner(of: order)
        guard case .robot(let node) = order.delivery,
            let robots = try CentreTable.find(order.centre, for: owner, in: tables)?.terms.robots
        else {
            throw OrderRefusals.delivery(
                Words("로봇으로 받는 주문이 아닙니다.", "This order does not go by robot."))
        }
        let boxes = try ParcelTable.boxes(of: order.id, for: owner, in: tables).filter { $0.state == .packed }
        guard order.state == .packed, !boxes.isEmpty, !order.isHeld else { throw OrderRefusals.tooFar(order.state) }
        let kept = try KeptBackTable.goods(of: boxes, at: ask.now, for: owner, in: tables)
        if let bad = boxes.first(where: { kept[$0.sscc] != nil }), let goods = kept[bad.sscc] {
            throw KeptBack.refusal(goods, in: bad.sscc, field: "order")
        }
        let attempt = try OrderTable.attempts(of: order.id, for: owner, in: tables) + 1
        let purpose = ShipEvents.purpose(order.id, attempt: attempt)
        let weights = boxes.compactMap(\.weight)
        let wanted = MissionWanted(
            site: robots.site, stops: [robots.from, node], purpose: purpose,
            items: "주문 \(order.number), 상자 \(boxes.count)개",
            load: weights.count == boxes.count ? Double(weights.reduce(0, +)) / 1000 : nil, deadline: order.due,
            priority: order.isUrgent ? "urgent" : "normal", proof: "code", scope: order.scope)
        return [
            Draft(
                ShipEvents.sent, stream: order.id, scope: order.scope,
                payload: [
                    "centre": .string(order.centre), "purpose": .string(purpose), "attempt": .decimal(attempt),
                    "node": .string(node), "parcels": .array(boxes.map { .string($0.sscc) }),
                ]),
            wanted.draft(stream: order.id),
        ]
    }

    /// The parcels leave and are there in the same moment.
    static func delivered(
        _ order: Order, _ state: ParcelTable.Box.State, step: String, at now: Timestamp?, for owner: Tenant,
        _ tables: any Reader
    ) throws -> [Draft] {
        let boxes = try ParcelTable.boxes(of: order.id, for: owner, in: tables).filter { $0.state == state }
        guard !boxes.isEmpty else { throw OrderRefusals.tooFar(order.state) }
        let left = try Leaving.drafts(order, boxes, step: step, at: now, for: owner, tables)
        let leaving = left.filter { $0.type == StockEvent.shipped }.flatMap { $0.payload["lines"]?.elements ?? [] }
            .reduce(0) { $0 + ($1["quantity"]?.integer ?? 0) }
        // What may still come in a later part keeps the order open.
        let lines = try OrderTable.lines(of: order.id, for: owner, in: tables)
        let isWhole = lines.reduce(0) { $0 + $1.quantity - $1.refused - $1.shipped } <= leaving
        guard isWhole else { return left }
        return left + [
            Draft(
                OrderEvents.delivered, stream: order.id, scope: order.scope,
                payload: ["centre": .string(order.centre)])
        ]
    }
}

/// What robots tell moves orders on.
enum RobotFacts {
    static let all = [
        Reaction(
            "fulfilment.robot-delivered", to: MissionEnded.completed,
            yields: [
                StockTable.unreserved, StockEvent.shipped, StockEvent.setAside, OrderEvents.promised,
                OrderEvents.delivered, TourEvents.replanned,
            ]
        ) { event, tables in
            guard let (order, owner) = try found(MissionEnded(event)?.purpose, event, tables) else { return [] }
            return try SendByRobot.delivered(order, .sent, step: "shipping", at: nil, for: owner, tables)
        },
        failed("fulfilment.robot-failed", MissionEnded.failed),
        failed("fulfilment.robot-called-off", MissionEnded.cancelled),
        Reaction(
            "fulfilment.robot-promised", to: MissionPromised.type, yields: [OrderEvents.promised]
        ) { event, tables in
            guard let fact = MissionPromised(event), let (order, _) = try found(fact.purpose, event, tables),
                let ship = order.ship, abs(fact.due.seconds(since: order.due ?? ship)) >= 300
            else { return [] }
            return [
                OrderEvents.promised(order, Promise(ship: ship, due: fact.due), .robot, items: order.number)
            ]
        },
    ]

    private static func failed(_ name: String, _ type: String) -> Reaction {
        Reaction(name, to: type, yields: [ShipEvents.unsent, OrderEvents.promised]) { event, tables in
            guard let (order, owner) = try found(MissionEnded(event)?.purpose, event, tables),
                let terms = try CentreTable.find(order.centre, for: owner, in: tables)?.terms
            else { return [] }
            let load = try OrderTable.load(of: order.centre, from: KoreanDay(event.observed), for: owner, in: tables)
            let next = Promise.make(ready: event.observed, lines: 1, by: order.delivery, terms) { load[$0.number] ?? 0 }
            return [
                Draft(
                    ShipEvents.unsent, stream: order.id, scope: order.scope,
                    payload: ["centre": .string(order.centre)]),
                OrderEvents.promised(order, next, .robot, items: order.number),
            ]
        }
    }

    /// The order that a mission brings, while its parcels are on the way: whatever else is done for it meanwhile.
    private static func found(
        _ purpose: String?, _ event: Event, _ tables: any Reader
    ) throws -> (Order, Tenant)? {
        guard let id = ShipEvents.order(of: purpose), let owner = CentreTable.Centre.owner(event.scope),
            let order = try OrderTable.find(id, for: owner, in: tables),
            try ParcelTable.boxes(of: id, for: owner, in: tables).contains(where: { $0.state == .sent })
        else { return nil }
        return (order, owner)
    }
}
