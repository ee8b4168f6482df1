import Access
import District
import Record
import Store

/// Robots carry within the centre: totes from where a tour ended to a packing station, shelves to a station and back. The
/// mission is asked for by a fact; what robots tell of it says where things stand.
enum SendCarry {
    static let all = [totes, shelf, home]

    private static let station = Field(
        "station", Words("작업대", "Station"),
        .reference(kind: "stock-place", source: "/api/v1/fulfilment/choices/place"), required: false,
        help: Words(
            "비워 두면 주문이 배정된 포장대로, 배정이 없으면 로봇이 갈 수 있는 첫 포장대로 보냅니다.",
            "Left out, the packing station of its orders; where they have none, the first one that robots reach."))

    private static func form(_ name: String, _ title: Words, _ help: Words, _ fields: [Field]) -> Form {
        Form(
            name, title: title, help: help, fields: fields,
            permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http],
            after: "/fulfilment/carry")
    }

    static let totes = Command(
        form(
            "fulfilment.carry.totes", Words("바구니를 로봇으로 보내기", "Send totes by robot"),
            Words("다 집은 피킹 묶음의 바구니를 로봇이 포장대로 나릅니다.", "A robot carries a finished tour's totes to packing."),
            [Field("tour", Words("피킹 묶음", "Tour"), .text(maximum: 60)), station])
    ) { ask, tables in
        let (tenant, said) = (try ask.tenant, ask.values.text("tour"))
        guard
            let tour = try TourTable.find(said.hasPrefix("tour/") ? said : "tour/\(said)", for: tenant, in: tables)
        else { throw PickRefusals.unknown }
        guard tour.state == .done else {
            throw GoodsAsk.conflict(
                "carry.open", "tour", Words("아직 다 집지 않은 피킹 묶음입니다.", "This tour is not finished."))
        }
        let picked = try TourTable.tasks(of: tour.id, for: tenant, in: tables).filter { $0.picked > 0 }
        // Where the walk ended is where the totes stand; after an arrival, they stand at the station.
        guard let last = picked.last, let place = try PlaceTable.find(last.place, for: tenant, in: tables) else {
            throw GoodsAsk.conflict("carry.empty", "tour", Words("바구니가 비어 있습니다.", "The totes are empty."))
        }
        try demandFree(try CarryTable.last(of: tour.id, for: tenant, in: tables), "tour", again: false)
        let orders = Set(picked.map(\.order))
        let goal = try SendCarry.goal(ask, in: tour.centre, for: orders.sorted(), tables)
        let way = Carry(
            id: "carry/\(Identifier(at: ask.now))", scope: tour.scope, centre: tour.centre, kind: .totes,
            subject: tour.id, station: goal.place.id, from: try node(of: place, "tour"), to: goal.node, since: ask.now)
        return way.drafts(
            site: try site(of: tour.centre, tenant, tables), items: "바구니 \(orders.count)개",
            load: try load(picked, tenant, tables))
    }

    static let shelf = Command(
        form(
            "fulfilment.carry.shelf", Words("선반 부르기", "Fetch a shelf"),
            Words("로봇이 그 위치의 선반을 작업대로 가져옵니다.", "A robot brings the shelf of a place to a station."),
            [GoodsAsk.place, station])
    ) { ask, tables in
        let tenant = try ask.tenant
        let place = try GoodsAsk.place(ask, tables)
        guard place.isStorage else {
            throw GoodsAsk.conflict("carry.shelf", "place", Words("선반이 아닌 위치입니다.", "This place is no shelf."))
        }
        try GoodsAsk.demandOpen(place)
        let from = try node(of: place, "place")
        // Who waits for what lies on the shelf: the orders with open picks there.
        let shelf = Set(
            try PlaceTable.list(in: place.centre, for: tenant, in: tables).filter { $0.node == from }.map(\.id))
        let waiting = try TourTable.openTasks(in: place.centre, for: tenant, in: tables).filter {
            shelf.contains($0.place)
        }
        let goal = try SendCarry.goal(ask, in: place.centre, for: waiting.map(\.order), tables)
        try demandFree(try CarryTable.last(of: from, for: tenant, in: tables), "place", again: true)
        let way = Carry(
            id: "carry/\(Identifier(at: ask.now))",
            scope: try PlaceTable.scope(of: place.id, for: tenant, in: tables) ?? .zone, centre: place.centre,
            kind: .shelf, subject: from, station: goal.place.id, from: from, to: goal.node, since: ask.now)
        return way.drafts(site: try site(of: place.centre, tenant, tables), items: "선반 \(place.name)", load: nil)
    }

    static let home = Command(
        form(
            "fulfilment.carry.home", Words("선반 돌려보내기", "Send a shelf back"),
            Words("작업대에 온 선반을 로봇이 제자리로 가져갑니다.", "A robot takes the shelf back to where it belongs."),
            [GoodsAsk.place])
    ) { ask, tables in
        let tenant = try ask.tenant
        let place = try GoodsAsk.place(ask, tables)
        let rack = try node(of: place, "place")
        guard let last = try CarryTable.last(of: rack, for: tenant, in: tables), last.isAway else {
            throw GoodsAsk.conflict("carry.home", "place", Words("제자리에 있는 선반입니다.", "The shelf is at home."))
        }
        let way = Carry(
            id: "carry/\(Identifier(at: ask.now))", scope: last.scope, centre: last.centre, kind: .home,
            subject: rack, station: last.station, from: last.standsAt, to: rack, since: ask.now)
        return way.drafts(site: try site(of: last.centre, tenant, tables), items: "선반 \(place.name)", load: nil)
    }

    // MARK: - What is asked

    /// What is under way is not asked for twice, and what has arrived does not set out again.
    private static func demandFree(_ last: Carry?, _ field: String, again: Bool) throws(Refusal) {
        guard let last, last.state != .failed || last.kind == .home else { return }
        if last.state == .underWay {
            throw GoodsAsk.conflict(
                "carry.under-way", field, Words("로봇이 이미 나르고 있습니다.", "A robot is carrying it already."))
        }
        guard again, !last.isAway else {
            throw GoodsAsk.conflict("carry.there", field, Words("이미 작업대에 있습니다.", "It is at a station already."))
        }
    }

    private static func node(of place: Place, _ field: String) throws(Refusal) -> String {
        guard let node = place.node else {
            throw GoodsAsk.conflict(
                "carry.node", field,
                Words("로봇이 가지 않는 위치입니다: \(place.name)", "Robots do not come to \(place.name)."))
        }
        return node
    }

    /// Where it goes: where somebody said, else to the station that most of these orders were given to.
    private static func goal(
        _ ask: Ask, in centre: String, for orders: [String], _ tables: any Reader
    ) throws -> (place: Place, node: String) {
        let said = ask.values.text("station")
        guard said.isEmpty else {
            let place = try GoodsAsk.place(said, field: "station", in: centre, for: ask.tenant, tables)
            guard [.pack, .sort, .work].contains(place.kind) else {
                throw GoodsAsk.conflict("carry.station", "station", Words("작업대가 아닙니다.", "This is no station."))
            }
            try GoodsAsk.demandOpen(place, field: "station")
            return (place, try node(of: place, "station"))
        }
        let stations = try PlaceTable.list(in: centre, kinds: [.pack], for: ask.tenant, in: tables)
        let assigned = try StationTable.station(of: orders, for: try ask.tenant, in: tables)
        for place in stations.filter({ $0.id == assigned }) + stations where !place.isClosed {
            if let node = place.node { return (place, node) }
        }
        throw GoodsAsk.conflict(
            "carry.station", "station",
            Words("이 물류센터에는 로봇이 갈 수 있는 작업대가 없습니다.", "Robots reach no station of this centre."))
    }

    /// The centre's site of robots.
    private static func site(of centre: String, _ tenant: Tenant, _ tables: any Reader) throws -> String {
        try CentreTable.find(centre, for: tenant, in: tables)?.terms.robots?.site ?? centre
    }

    /// Kilograms; nil where the weight of something is not known.
    private static func load(_ picked: [PickTask], _ tenant: Tenant, _ tables: any Reader) throws -> Double? {
        let items = try ItemTable.several(Set(picked.map(\.item)).sorted(), for: tenant, in: tables)
        var grams = 0.0
        for task in picked {
            guard let weight = items[task.item]?.weight else { return nil }
            grams += Double(weight) * Double(task.picked)
        }
        return grams / 1000
    }
}

extension Carry {
    /// Whether a shelf stands, or may stand, elsewhere than where it belongs.
    var isAway: Bool {
        switch kind {
        case .totes: state == .arrived
        case .shelf: state == .arrived
        case .home: state == .failed
        }
    }

    /// The node where it stands, as far as robots told: a way that failed was not gone.
    var standsAt: String { state == .arrived ? to : from }
}

/// What robots tell of what they carry within the centre.
enum CarryFacts {
    static let all = [
        ended("fulfilment.carry-arrived", MissionEnded.completed),
        ended("fulfilment.carry-failed", MissionEnded.failed),
        ended("fulfilment.carry-called-off", MissionEnded.cancelled),
    ]

    private static func ended(_ name: String, _ type: String) -> Reaction {
        Reaction(name, to: type, yields: [Carry.arrived, Carry.failed]) { event, tables in
            guard let fact = MissionEnded(event), let id = fact.purpose, id.hasPrefix("carry/"),
                let owner = CentreTable.Centre.owner(event.scope),
                let carry = try CarryTable.find(id, for: owner, in: tables), carry.state == .underWay
            else { return [] }
            return [
                Draft(
                    fact.isDone ? Carry.arrived : Carry.failed, stream: id, scope: carry.scope,
                    payload: [
                        "centre": .string(carry.centre), "kind": .string(carry.kind.rawValue),
                        "subject": .string(carry.subject), "station": .string(carry.station),
                    ])
            ]
        }
    }
}
