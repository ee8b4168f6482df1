import Access
import District
import Record
import Store

/// A pick is confirmed by scanning: the place, then the item, then how many.
enum ConfirmPick {
    static let name = "fulfilment.pick.confirm"

    static let fields = [
        Field("tour", Words("피킹 묶음", "Tour"), .text(maximum: 60)),
        Field("task", Words("순번", "Pick"), .integer(1...100_000, unit: nil)),
    ]

    static let command = Command(
        Form(
            name, title: Words("피킹 확인", "Confirm a pick"),
            help: Words("위치와 상품을 스캔하고 수량을 확인합니다.", "Scan the place and the item, and say how many."),
            fields: fields + [
                Field("place", Words("위치", "Place"), .text(maximum: 100)),
                Field("item", Words("상품", "Item"), .text(maximum: 100)),
                Field("quantity", Words("수량", "Quantity"), .integer(1...1_000_000, unit: nil)),
                Field("lot", Words("로트", "Lot"), .text(maximum: 60), required: false), Serials.field,
            ], permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http])
    ) { ask, tables in
        let found = try PickFound(ask, tables)
        let (task, place) = (found.task, found.place)
        guard
            try PlaceTable.meant(ask.values.text("place"), in: found.tour.centre, for: found.owner, in: tables)?.id
                == place.id
        else { throw PickRefusals.place(place.name) }
        guard let item = try ItemTable.meant(ask.values.text("item"), for: found.owner, in: tables),
            item.code == task.item
        else { throw PickRefusals.item(task.name) }
        let lot = ask.values.text("lot")
        guard lot.isEmpty || lot == task.lot else { throw PickRefusals.lot(task.lot) }
        let quantity = ask.values.integer("quantity") ?? 0
        guard quantity <= task.left else { throw PickRefusals.quantity(task.left) }
        try GoodsAsk.demandOpen(place)
        return [found.picked(quantity, serials: try found.serials(item, quantity, ask, tables))]
    }
}

/// A pick that is to be done by whoever asks, with its tour and place.
struct PickFound {
    let tour: PickTour
    let task: PickTask
    let place: Place
    let owner: Tenant

    init(_ ask: Ask, _ tables: any Reader) throws {
        try self.init(
            ask.values.text("tour"), ask.values.integer("task") ?? 0, by: ask.caller, for: ask.tenant, tables)
    }

    /// - Parameters:
    ///   - said: the tour, with or without what its stream begins with.
    ///   - number: the pick's number in it.
    init(_ said: String, _ number: Int64, by caller: Caller, for tenant: Tenant, _ tables: any Reader) throws {
        guard
            let tour = try TourTable.find(
                said.hasPrefix("tour/") ? said : "tour/\(said)", for: tenant, in: tables),
            let owner = CentreTable.Centre.owner(tour.scope),
            let task = try TourTable.tasks(of: tour.id, for: tenant, in: tables).first(where: {
                $0.task == number
            }), let place = try PlaceTable.find(task.place, for: tenant, in: tables)
        else { throw PickRefusals.unknown }
        // A machine (a scanner's gateway) may confirm for whoever walks the tour.
        if let person = caller.person, let walker = tour.person, walker != person.rawValue {
            throw PickRefusals.others
        }
        guard task.state == .open else { throw PickRefusals.done }
        (self.tour, self.task, self.place, self.owner) = (tour, task, place, owner)
    }

    /// Which numbered pieces are taken, where the item has numbers.
    func serials(_ item: Item, _ quantity: Int64, _ ask: Ask, _ tables: any Reader) throws -> [String] {
        guard quantity > 0 else { return [] }
        return try Serials.taken(
            Serials.read(ask.values.text("serials")), of: item, lot: task.lot, quantity, from: Spot(location: place.id),
            for: owner, tables)
    }

    /// So many of it go into the order's tote.
    func picked(_ quantity: Int64, serials: [String] = []) -> Draft {
        let tote = Tote.location(of: task.order)
        let change = StockEvent(
            StockEvent.picked, centre: tour.centre, step: "picking",
            moves: [
                Move(
                    task.item, lot: task.lot, quantity, from: Spot(location: place.id), to: Spot(location: tote),
                    serials: serials)
            ], place: place.id,
            papers: [.init(type: "pick", reference: tour.id), .init(type: "po", reference: task.order)], container: tote
        )
        return change.draft(
            stream: tour.id, scope: tour.scope,
            extra: [
                "task": .decimal(task.task),
                "lines": [
                    ["order": .string(task.order), "line": .decimal(task.line), "quantity": .decimal(quantity)]
                ],
            ])
    }
}
