import Access
import District
import Record
import Store
import Twin
import Web

/// Goods of the sample centre: its places in line with the robots' floor, about 60 items with stock by lots, and two
/// deliveries under way. Founds nothing twice.
struct GoodsSample {
    let items: [JSON]
    let segregation: Segregation

    static let centre = "haesol-center"
    /// As many aisles and racks as the robots' floor of the same name has, and levels in a rack.
    private static let aisles = 12, bays = 10, levels = 3

    init(_ json: JSON, segregation: Segregation) {
        items = json["items"]?.elements ?? []
        self.segregation = segregation
    }

    func found(_ spine: Spine) async throws {
        let (district, system) = (spine.district, Caller.system("sample"))
        let (zone, origin) = (try system.tenant, Origin(author: .system("sample")))
        let isNew = try await district.store.read { reader in
            try Things.find(ThingID(Self.centre), for: zone, in: reader) != nil
                && PlaceTable.list(in: Self.centre, for: zone, limit: 1, in: reader).isEmpty
        }
        guard isNew else { return }
        let places = Self.places()
        let declared = try await district.store.read { reader in
            try RegisterPlace.drafts(
                places, GoodsAsk.centre(Self.centre, for: zone, reader), for: zone, reader, sample: true)
        }
        try await district.record(declared, origin: origin)
        let now = district.clock()
        let scope = try await district.store.read { try GoodsAsk.centre(Self.centre, for: zone, $0).scope }
        let known = try items.compactMap { try $0.members.map { try RegisterItem.item($0) } }
        try await district.record(
            try known.map { try RegisterItem.draft($0, scope: scope) }, origin: origin)
        try await district.record(stock(known, places, scope, now), origin: origin)
        try await district.record(Self.faces(known, places, scope), origin: origin)
        try await announce(district, system, now)
    }

    // MARK: - Places

    /// Aisle A to J are dry; K is chilled and L frozen; the last racks of J hold what is hazardous, a class or two each.
    static func places() -> [Place] {
        var places: [Place] = []
        func add(
            _ name: String, _ kind: Place.Kind, _ sequence: Int, node: String? = nil, _ climate: Item.Climate = .ambient
        ) {
            var place = Place(id: Place.id(name, in: centre), centre: centre, name: name, kind: kind)
            place.sequence = sequence
            place.node = node
            place.climate = climate
            places.append(place)
        }
        for dock in 1...3 { add("DOCK-\(dock)", .dock, dock, node: "receiving-\(dock)") }
        add("STAGE-1", .staging, 11)
        add("STAGE-2", .staging, 12)
        for aisle in 0..<aisles {
            let letter = String(UnicodeScalar(UInt8(65 + aisle)))
            for bay in 1...bays {
                let rack = "\(letter)-\(bay < 10 ? "0" : "")\(bay)"
                for level in 1...levels {
                    let name = "\(rack)-\(level)"
                    var place = Place(id: Place.id(name, in: centre), centre: centre, name: name, kind: .reserve)
                    place.kind = level == 1 ? .pick : .reserve
                    (place.aisle, place.position, place.level) = (aisle, bay - 1, level - 1)
                    place.volume = 1_200_000_000
                    place.weight = 800_000
                    // Along one aisle and back along the next, the floor before the upper levels.
                    let along = aisle.isMultiple(of: 2) ? bay : bays + 1 - bay
                    place.sequence = 1_000 + (aisle * bays + along) * 10 + level
                    place.node = "rack-\(rack)"
                    place.climate = aisle == 10 ? .chilled : aisle == 11 ? .frozen : .ambient
                    place.hazards = hazards(aisle: aisle, bay: bay)
                    places.append(place)
                }
            }
        }
        add("Q-01", .quarantine, 9_001)
        add("Q-02", .quarantine, 9_002)
        add("Q-K1", .quarantine, 9_003, .chilled)
        add("Q-L1", .quarantine, 9_004, .frozen)
        for desk in 1...6 { add("PACK-\(desk)", .pack, 9_100 + desk, node: "packing-\(desk)") }
        for lane in 1...4 { add("SORT-\(lane)", .sort, 9_200 + lane) }
        for dock in 1...4 { add("SHIP-\(dock)", .shipping, 9_300 + dock, node: "dock-\(dock)") }
        add("RET-1", .returns, 9_401)
        add("WORK-1", .work, 9_501)
        add("WORK-2", .work, 9_502)
        return places
    }

    /// Flammables in aisle G, oxidisers in H, corrosives in I, gases in J: far enough apart for each other.
    private static func hazards(aisle: Int, bay: Int) -> [String] {
        guard bay > 8 else { return [] }
        return switch aisle {
        case 6: ["3"]
        case 7: ["5.1"]
        case 8: ["8"]
        case 9: ["2.1"]
        default: []
        }
    }

    // MARK: - Stock

    /// What lies in the racks: for each item a pick face and, where it has lots, a later lot in reserve.
    private func stock(_ known: [Item], _ places: [Place], _ scope: Scope, _ now: Timestamp) -> [Draft] {
        var drafts: [Draft] = []
        var contents: [String: [Putaway.Content]] = [:]
        let today = KoreanDay(now)
        for (index, item) in known.enumerated() {
            let total = items[index]["stock"]?.integer ?? 0
            guard total > 0 else { continue }
            let parts: [(lot: String, quantity: Int64, life: Double)] =
                item.hasLots
                ? [
                    ("L\(today.month.replacing("-", with: ""))A", total * 2 / 5, 0.45),
                    ("L\(today.month.replacing("-", with: ""))B", total - total * 2 / 5, 0.85),
                ]
                : [("", total, 0)]
            for (number, part) in parts.enumerated() where part.quantity > 0 {
                let spot = Putaway(
                    item: item, lot: part.lot, quantity: part.quantity, status: .available, contents: contents,
                    places: places.filter { $0.kind == (number == 0 ? .pick : .reserve) }, segregation: segregation
                ).judged().proposals.first { $0.holds >= part.quantity }?.place
                guard let spot else { continue }
                contents[spot.id, default: []].append(.init(item: item, lot: part.lot, quantity: part.quantity))
                if !part.lot.isEmpty {
                    var payload: [String: JSON] = ["item": .string(item.code), "lot": .string(part.lot)]
                    if let life = item.shelfLife {
                        let expiry = (today + Int64(Double(life) * part.life) + 1).start
                        payload["expiry"] = .string(expiry.description)
                    }
                    drafts.append(
                        Draft(
                            StockTable.opened, stream: "lot/\(item.code)/\(part.lot)", scope: scope, payload: payload))
                }
                let serials = item.hasSerials ? (1...part.quantity).map { "\(item.code)-\(1_000 + $0)" } : []
                drafts.append(
                    StockEvent(
                        StockEvent.received, centre: Self.centre, step: "receiving",
                        moves: [
                            Move(
                                item.code, lot: part.lot, part.quantity, to: Spot(location: spot.id), serials: serials)
                        ], place: spot.id
                    ).draft(stream: "goods/sample", scope: scope))
            }
        }
        return drafts
    }

    /// The items that are picked most often have a face that is refilled.
    private static func faces(_ known: [Item], _ places: [Place], _ scope: Scope) -> [Draft] {
        let fast = known.filter { $0.velocity == .a && $0.climate == .chilled }
        let faces = places.filter { $0.kind == .pick && $0.climate == .chilled }
        return zip(fast, faces).map { item, place in
            Draft(
                FaceTable.assigned, stream: "place/\(place.id)", scope: scope,
                payload: [
                    "place": .string(place.id), "centre": .string(centre), "item": .string(item.code),
                    "minimum": .decimal(20), "maximum": .decimal(80),
                ])
        }
    }

    // MARK: - Deliveries

    private func announce(_ district: District, _ system: Caller, _ now: Timestamp) async throws {
        let today = KoreanDay(now)
        let lines: [[(String, Int64, String, Int64)]] = [
            [("MILK-1L", 120, "N1", 13), ("YOGURT-4", 80, "N1", 20), ("KIMCHI-3K", 30, "N7", 55)],
            [("SYRINGE-5", 40, "S26B", 1_700), ("GAUZE-100", 60, "G26C", 1_000), ("RICE-10", 30, "", 0)],
        ]
        for (index, delivery) in lines.enumerated() {
            let due = now.advanced(bySeconds: index == 0 ? -1_800 : 10_800)
            _ = try await district.perform(
                AnnounceArrival.name,
                [
                    "centre": .string(Self.centre), "supplier": .string(index == 0 ? "한빛유업(예시)" : "다온메디칼(예시)"),
                    "reference": .string("ASN-\(2601 + index)"), "due": .string(due.description),
                    "lines": .array(
                        delivery.map { item, quantity, lot, days in
                            var line: [String: JSON] = ["item": .string(item), "quantity": .decimal(quantity)]
                            if !lot.isEmpty { line["lot"] = .string(lot) }
                            if days > 0 { line["expiry"] = .string((today + days).description) }
                            return .object(line)
                        }),
                ], by: system)
        }
    }
}
