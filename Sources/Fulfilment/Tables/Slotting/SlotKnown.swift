import District
import Record
import Store

/// What is known of a centre when advice on its pick places is worked out: read at once, judged afterwards.
struct SlotKnown: Sendable {
    var places: [Place] = []
    /// What is picked from one place, with where it may not lie.
    var items: [SlotItem] = []
    /// What was picked on each tour, and in how many days.
    var tours: [[String]] = []
    var days = 1.0
    /// Whether real tours were read, or walks that stand for the demand.
    var basis = Basis.tours

    enum Basis: String, Sendable, Hashable { case tours, demand }

    static func read(
        _ centre: String, _ terms: SlotTerms, _ segregation: Segregation, at now: Timestamp, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> SlotKnown {
        var known = SlotKnown()
        known.places = try PlaceTable.list(in: centre, for: tenant, in: reader)
        let picks = Set(known.places.filter { $0.kind == .pick && $0.aisle != nil }.map(\.id))
        let held = try StockTable.held(in: centre, for: tenant, limit: 200_000, in: reader).filter { $0.quantity > 0 }
        let goods = try ItemTable.several(Set(held.map(\.item)).sorted(), for: tenant, in: reader)
        let settled = try SlotTable.list(.accepted, in: centre, for: tenant, in: reader)
        let declined = try SlotTable.list(
            .declined, in: centre, since: now.advanced(bySeconds: -Double(terms.declined) * 86_400), for: tenant,
            in: reader)
        // What is being carried already is left alone, and so are its places.
        let moving = Set(settled.flatMap { [$0.item] + [$0.exchanged].compactMap(\.self) })
        var shut = Set(settled.flatMap { [$0.from, $0.to] })
        var at: [String: [String: Int64]] = [:]
        for one in held where picks.contains(one.spot.location) {
            // Where something is kept back, nothing is moved by advice.
            if one.spot.status != .available || goods[one.item] == nil || moving.contains(one.item) {
                shut.insert(one.spot.location)
            } else {
                at[one.item, default: [:]][one.spot.location, default: 0] += one.quantity
            }
        }
        var home: [String: String] = [:]
        for (item, lying) in at {
            home[item] = lying.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            // What lies elsewhere of it stays there, and nobody else comes.
            shut.formUnion(lying.keys.filter { $0 != home[item] })
        }
        var contents: [String: [Putaway.Content]] = [:]
        for one in held {
            guard let item = goods[one.item] else { continue }
            contents[one.spot.location, default: []].append(.init(item: item, lot: one.lot, quantity: one.quantity))
        }
        for (code, place) in home.sorted(by: { $0.key < $1.key }) where !shut.contains(place) {
            guard let item = goods[code], let quantity = at[code]?[place] else { continue }
            let no = Set(declined.filter { $0.item == code }.map(\.to))
            known.items.append(
                SlotItem(
                    code, at: place, volume: item.size.isKnown ? item.size.volume * Int(quantity) : nil,
                    weight: item.weight.map { $0 * Int(quantity) }, climate: item.climate, hazard: item.hazard,
                    barred: shut.union(no).union(
                        barred(item, quantity, at: place, contents, known.places, segregation))))
        }
        try known.walks(in: centre, terms, at: now, for: tenant, in: reader)
        return known
    }

    /// Where an item may not lie for what is hazardous there or near there, itself taken away from where it lies now.
    private static func barred(
        _ item: Item, _ quantity: Int64, at home: String, _ contents: [String: [Putaway.Content]], _ places: [Place],
        _ segregation: Segregation
    ) -> Set<String> {
        var others = contents
        others[home]?.removeAll { $0.item.code == item.code }
        let putaway = Putaway(
            item: item, lot: "", quantity: quantity, status: .available, contents: others, places: places,
            segregation: segregation)
        return Set(
            places.filter { place in
                guard place.kind == .pick, let no = putaway.refusal(of: place) else { return false }
                return ["mixed", "segregation", "hazard"].contains(no.code)
            }.map(\.id))
    }

    /// The latest tours that were walked; where there are too few of them, walks out of what was asked for.
    private mutating func walks(
        in centre: String, _ terms: SlotTerms, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws {
        let since = now.advanced(bySeconds: -Double(terms.days) * 86_400)
        let own = tenant.condition(column: "t.scope")
        let rows = try reader.query(
            """
            SELECT t.id, t.done, k.item FROM fulfilment_tours t JOIN fulfilment_pick_tasks k ON k.tour = t.id
            WHERE t.centre = ? AND t.state = 'done' AND t.done >= ? AND k.picked > 0 AND \(own.sql)
            ORDER BY t.done DESC, t.id LIMIT 20000
            """, [.text(centre), .integer(since.microseconds)] + own.arguments)
        var (walked, last) = ([[String]](), (id: "", done: now))
        for row in rows {
            let id = try row.text("id")
            if id != last.id {
                guard walked.count < terms.tours else { break }
                last = (id, Timestamp(microseconds: try row.integer("done")))
                walked.append([])
            }
            walked[walked.count - 1].append(try row.text("item"))
        }
        if walked.count >= terms.enough {
            (tours, basis) = (walked, .tours)
            days = min(Double(terms.days), max(1, now.seconds(since: last.done) / 86_400))
            return
        }
        basis = .demand
        let today = Int(KoreanDay(now).number)
        let asked = try DemandTable.history(in: centre, since: today - terms.days, for: tenant, in: reader)
        let carts = SlotCarts.tours(asked.mapValues { $0.filter { $0.day < today } }).suffix(terms.tours)
        tours = carts.map(\.items)
        days = Double(carts.first.map { max(1, today - $0.day) } ?? 1)
    }
}
