import District
import Record
import Store

/// What is read of stock, items and places together, for the work of the floor.
enum FloorStock {
    /// So many rows of stock are looked at; a centre has fewer.
    private static let most = 500_000

    /// A judgement of all places for something that is put away.
    static func putaway(
        _ item: Item, lot: String, _ quantity: Int64, _ status: StockStatus, in centre: String,
        _ segregation: Segregation, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Putaway {
        // What lies where it may go, and what is hazardous wherever it lies; nothing else matters.
        let held = try beside(item, in: centre, for: tenant, in: reader)
        let codes = Set(held.map(\.item)).sorted()
        var items: [String: Item] = [:]
        for start in stride(from: 0, to: codes.count, by: 400) {
            items.merge(
                try ItemTable.several(
                    Array(codes[start..<min(start + 400, codes.count)]), for: tenant, in: reader)
            ) { $1 }
        }
        var contents: [String: [Putaway.Content]] = [:]
        for one in held {
            // An item nobody described any more still takes room: it stands as one of unknown size.
            let known = items[one.item] ?? Item(code: one.item, name: one.item)
            contents[one.spot.location, default: []].append(
                Putaway.Content(item: known, lot: one.lot, quantity: one.quantity))
        }
        return Putaway(
            item: item, lot: lot, quantity: quantity, status: status, contents: contents,
            places: try PlaceTable.list(in: centre, for: tenant, in: reader), segregation: segregation)
    }

    /// What lies in storage of the item's temperature, and, where it is hazardous, what else is hazardous in the centre.
    private static func beside(
        _ item: Item, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Held] {
        let own = tenant.condition(column: "s.scope")
        let hazardous =
            item.hazard == nil
            ? ""
            : """
             OR EXISTS (SELECT 1 FROM fulfilment_items i
                WHERE i.scope = s.scope AND i.code = s.item AND i.hazard IS NOT NULL)
            """
        return try reader.query(
            """
            SELECT s.centre, s.location, s.item, s.lot, s.status, s.quantity, s.since
            FROM fulfilment_stock s JOIN fulfilment_places p ON p.id = s.location AND p.scope = s.scope
            WHERE s.centre = ? AND (p.climate = ?\(hazardous)) AND \(own.sql) LIMIT \(most)
            """, [.text(centre), .text(item.climate.rawValue)] + own.arguments
        ).map(Held.init)
    }

    /// What waits to be put away: in good state wherever goods only pass through, or where they were kept back and let go
    /// again; and what is kept back outside quarantine, unless it waits to be checked.
    static func waiting(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Held] {
        let places = Dictionary(
            try PlaceTable.list(
                in: centre, kinds: [.dock, .staging, .returns, .work, .quarantine], for: tenant, in: reader
            ).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var checked: [String: Int64] = [:]
        for check in try CheckTable.list(at: centre, for: tenant, limit: 10_000, in: reader) {
            checked["\(check.location) \(check.item) \(check.lot)", default: 0] += check.quantity
        }
        var waiting: [Held] = []
        for (id, place) in places.sorted(by: { $0.key < $1.key }) {
            for held in try StockTable.held(in: centre, location: id, for: tenant, in: reader)
            where held.spot.status != .returned && (place.kind != .quarantine || held.spot.status == .available) {
                let bound =
                    held.spot.status == .quarantine ? checked["\(id) \(held.item) \(held.lot)"] ?? 0 : 0
                guard held.quantity > bound else { continue }
                waiting.append(
                    Held(
                        centre: held.centre, spot: held.spot, item: held.item, lot: held.lot,
                        quantity: held.quantity - bound, since: held.since))
            }
        }
        return waiting.sorted { ($0.since, $0.item, $0.lot) < ($1.since, $1.item, $1.lot) }
    }

    /// How much of something lies in a spot.
    static func quantity(
        _ item: String, lot: String, _ spot: Spot, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Int64 {
        try StockTable.held(in: centre, item: item, lot: lot, location: spot.location, for: tenant, in: reader)
            .filter { $0.spot == spot }.reduce(0) { $0 + $1.quantity }
    }

    /// Until when a lot may be used; nil where that is not known, or it does not expire.
    static func expiry(
        of item: String, lot: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Timestamp? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT expiry FROM fulfilment_lots WHERE item = ? AND lot = ? AND \(own.sql)",
            [.text(item), .text(lot)] + own.arguments
        ).flatMap { try $0.optionalInteger("expiry").map { Timestamp(microseconds: $0) } }
    }

    /// Which of these serial numbers are in a centre already.
    static func present(
        _ serials: [String], of item: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        let own = tenant.condition(column: "scope")
        return try serials.filter { serial in
            try reader.first(
                """
                SELECT serial FROM fulfilment_serials WHERE item = ? AND serial = ? AND location IS NOT NULL
                    AND \(own.sql)
                """, [.text(item), .text(serial)] + own.arguments) != nil
        }
    }

    /// The same moves with the serial numbers of what is moved, where it has them.
    /// - Throws: ``Refusal`` where only some of the numbered pieces of a spot move, and nobody says which.
    static func numbered(_ moves: [Move], for tenant: some Tenancy, in reader: any Reader) throws -> [Move] {
        try moves.map { move in
            guard let from = move.from, move.serials.isEmpty else { return move }
            let there = try serials(of: move.item, lot: move.lot, from, for: tenant, in: reader)
            guard !there.isEmpty else { return move }
            guard Int64(there.count) == move.quantity else { throw unnamed }
            var numbered = move
            numbered.serials = there
            return numbered
        }
    }

    static let unnamed: Refusal = {
        let words = Words(
            "일련번호로 관리하는 상품입니다. 한 곳의 것을 모두 옮기거나 일련번호를 스캔해 주세요.",
            "It has serial numbers: move all that lie there, or scan which.")
        return Refusal(.conflict, "store.serials", of: "serials", "serials", words)
    }()

    /// The serial numbers of a lot, by where they lie.
    static func serials(
        of item: String, lot: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Spot: [String]] {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT serial, location, status FROM fulfilment_serials WHERE item = ? AND lot = ?
                AND location IS NOT NULL AND \(own.sql) ORDER BY serial
            """, [.text(item), .text(lot)] + own.arguments)
        return try rows.reduce(into: [:]) { found, row in
            guard let status = StockStatus(rawValue: try row.text("status")) else { return }
            found[Spot(location: try row.text("location"), status: status), default: []].append(try row.text("serial"))
        }
    }

    /// Which of these numbers were in the house and left it.
    static func gone(
        _ serials: [String], of item: String, lot: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Set<String> {
        let own = tenant.condition(column: "scope")
        return Set(
            try serials.filter { serial in
                try reader.first(
                    """
                    SELECT serial FROM fulfilment_serials WHERE item = ? AND serial = ? AND lot = ?
                        AND location IS NULL AND \(own.sql)
                    """, [.text(item), .text(serial), .text(lot)] + own.arguments) != nil
            })
    }

    /// The serial numbers that lie in a spot.
    static func serials(
        of item: String, lot: String, _ spot: Spot, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT serial FROM fulfilment_serials WHERE item = ? AND lot = ? AND location = ? AND status = ?
                AND \(own.sql) ORDER BY serial
            """,
            [.text(item), .text(lot), .text(spot.location), .text(spot.status.rawValue)] + own.arguments
        ).map { try $0.text("serial") }
    }
}
