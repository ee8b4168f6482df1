import Access
import District
import Record
import Store

/// A person has a move of goods made that was advised, or declines it with why.
enum DecideSlot {
    static let all = [accept, decline]

    private static let field = Field("move", Words("제안", "Advice"), .reference(kind: "fulfilment-slot", source: nil))

    static let accept = Command(
        Form(
            "fulfilment.slotting.accept", title: Words("보관 위치 변경 받아들이기", "Accept a change of places"),
            help: Words(
                "자리를 옮기는 작업이 현장에 나갑니다. 옮긴 사람이 위치를 스캔하면 피킹 위치도 함께 바뀝니다.",
                "The floor gets the task of carrying the goods; once they are there, the pick face goes with them."),
            fields: [field], permission: GoodsAsk.permission("fulfilment.slotting.accept", GoodsAsk.leads),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/slotting")
    ) { ask, tables in
        let (tenant, found) = (try ask.tenant, try find(ask, tables, [.open]))
        func lies(_ item: String, at place: String) throws -> Bool {
            try StockTable.held(in: found.centre, item: item, location: place, for: tenant, in: tables)
                .contains { $0.spot.status == .available && $0.quantity > 0 }
        }
        guard try lies(found.item, at: found.from), try found.exchanged.map({ try lies($0, at: found.to) }) ?? true
        else {
            throw GoodsAsk.conflict(
                "slotting.elsewhere", "move",
                Words(
                    "물건이 지금은 그 자리에 없습니다. 위에 있는 제안부터 받아들이거나 내일 제안을 기다려 주세요.",
                    "The goods do not lie there now: accept what stands above it first, or wait for tomorrow's advice.")
            )
        }
        for id in [found.from, found.to] {
            if let place = try PlaceTable.find(id, for: tenant, in: tables) {
                try GoodsAsk.demandOpen(place, field: "move")
            }
        }
        return [draft(SlotTable.accepted, found)]
    }

    static let decline = Command(
        Form(
            "fulfilment.slotting.decline", title: Words("보관 위치 변경 거절", "Decline a change of places"),
            help: Words(
                "옮기지 않습니다. 받아들인 뒤에도 그만둘 수 있고, 같은 제안은 한동안 나오지 않습니다.",
                "Nothing is moved; what was accepted may be called off as well. The same is not proposed again for a while."
            ),
            fields: [field, Field("reason", Words("사유", "Why"), .text(maximum: 200))],
            permission: GoodsAsk.permission("fulfilment.slotting.decline", GoodsAsk.leads),
            surfaces: [.web, .http, .cli, .mcp], after: "/fulfilment/slotting")
    ) { ask, tables in
        [
            draft(
                SlotTable.declined, try find(ask, tables, [.open, .accepted]),
                ["reason": .string(ask.values.text("reason"))])
        ]
    }

    private static func find(_ ask: Ask, _ tables: any Reader, _ states: [SlotTable.Slot.State]) throws
        -> SlotTable.Slot
    {
        guard let found = try SlotTable.find(ask.values.text("move"), for: try ask.tenant, in: tables) else {
            throw GoodsAsk.invalid("slotting.unknown", "move", Words("그런 제안이 없습니다.", "There is no such advice."))
        }
        guard states.contains(found.state) else {
            throw GoodsAsk.conflict(
                "slotting.settled", "move",
                Words("이미 처리되었거나 더는 맞지 않는 제안입니다.", "This advice is settled, or holds no more."))
        }
        return found
    }

    private static func draft(_ type: String, _ found: SlotTable.Slot, _ extra: [String: JSON] = [:]) -> Draft {
        Draft(
            type, stream: found.id, scope: found.scope,
            payload: extra.merging([
                "centre": .string(found.centre), "item": .string(found.item), "from": .string(found.from),
                "to": .string(found.to),
            ]) { $1 }, answers: found.event)
    }
}

/// Goods that were to change places lie where they should: the task is done, and pick faces go with them.
enum SlotsDone {
    static let reaction = Reaction(
        "fulfilment.slotting-done", to: StockEvent.relocated, yields: [SlotTable.done, FaceTable.assigned]
    ) { event, tables in
        guard let owner = CentreTable.Centre.owner(event.scope), let change = StockEvent(event.type, event.payload)
        else {
            return []
        }
        let moved = Set(change.moves.map(\.item))
        return try SlotTable.list(.accepted, in: change.centre, for: owner, in: tables)
            .filter { moved.contains($0.item) || ($0.exchanged.map { moved.contains($0) } ?? false) }
            .flatMap { slot -> [Draft] in
                guard try !slot.isOpen(for: owner, in: tables) else { return [] }
                return [done(slot)] + (try faces(slot, owner, tables))
            }
    }

    static func done(_ slot: SlotTable.Slot) -> Draft {
        Draft(
            SlotTable.done, stream: slot.id, scope: slot.scope,
            payload: [
                "centre": .string(slot.centre), "item": .string(slot.item), "from": .string(slot.from),
                "to": .string(slot.to),
            ])
    }

    /// A face follows its item, with how few and how many are to lie there.
    private static func faces(_ slot: SlotTable.Slot, _ owner: Tenant, _ tables: any Reader) throws -> [Draft] {
        try FaceTable.list(in: slot.centre, for: owner, in: tables).flatMap { face -> [Draft] in
            let isMine = face.item == slot.item && face.place == slot.from
            guard isMine || face.item == slot.exchanged && face.place == slot.to else { return [] }
            let goal = isMine ? slot.to : slot.from
            return [(face.place, Int64(0), Int64(0)), (goal, face.minimum, face.maximum)].map {
                place, minimum, maximum in
                Draft(
                    FaceTable.assigned, stream: "place/\(place)", scope: slot.scope,
                    payload: [
                        "place": .string(place), "centre": .string(slot.centre), "item": .string(face.item),
                        "minimum": .decimal(minimum), "maximum": .decimal(maximum),
                    ])
            }
        }
    }
}

extension SlotTable.Slot {
    /// Whether anything is still to be carried.
    func isOpen(for tenant: some Tenancy, in reader: any Reader) throws -> Bool {
        try leg(for: tenant, in: reader) { _, _, _ in true } != nil
    }

    /// What is to be carried next; nil where all lies where it should.
    func leg(
        for tenant: some Tenancy, in reader: any Reader, mayJoin: (Item, Int64, Place) throws -> Bool
    ) throws -> SlotLeg? {
        var held: [Held] = []
        let codes = [item] + [exchanged].compactMap(\.self)
        for code in codes { held += try StockTable.held(in: centre, item: code, for: tenant, in: reader) }
        let goods = try ItemTable.several(codes, for: tenant, in: reader)
        let staging = try PlaceTable.list(in: centre, kinds: [.staging], for: tenant, in: reader)
            .filter { !$0.isClosed }
        // Where nothing else lies, first: what passes through lies beside no other goods there either.
        let full = try staging.filter { place in
            try StockTable.held(in: centre, location: place.id, for: tenant, limit: 50, in: reader)
                .contains { !codes.contains($0.item) }
        }
        let through = staging.filter { !full.contains($0) } + full
        let places = Dictionary(
            try PlaceTable.several([from, to], for: tenant, in: reader).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        return try SlotLeg.next(item: item, from: from, to: to, exchanged: exchanged, held, staging: through.map(\.id))
        {
            code, quantity, place in
            guard let item = goods[code], let place = places[place] else { return false }
            return try mayJoin(item, quantity, place)
        }
    }
}
