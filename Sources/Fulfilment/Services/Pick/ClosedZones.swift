import Access
import District
import Record
import Store
import Twin

/// What Safety closes is closed for pickers too: every place in the zone, until Safety opens it again. A place that
/// people closed, or that lies in another closed zone, stays closed then.
enum ClosedZones {
    static let all = [closed, opened]

    /// So many things are asked for at once.
    private static let chunk = 400

    static let closed = Reaction(
        "fulfilment.close-places", to: ZoneClosed.type, yields: [Place.closed]
    ) { event, tables in
        guard let fact = ZoneClosed(event) else { return [] }
        return try places(in: fact.thing, tables).map { place in
            draft(
                Place.closed, place, fact.closure,
                ["why": .string("안전 조치로 닫힌 구역 (\(fact.reason))"), "zone": .string(fact.thing.rawValue)])
        }
    }

    static let opened = Reaction(
        "fulfilment.open-places", to: ZoneOpened.type, yields: [Place.opened]
    ) { event, tables in
        guard let fact = ZoneOpened(event) else { return [] }
        return try PlaceTable.closed(by: fact.closure, for: everybody(), in: tables).map {
            draft(Place.opened, $0, fact.closure, [:])
        }
    }

    private static func draft(
        _ type: String, _ place: PlaceTable.Owned, _ closure: String, _ extra: [String: JSON]
    ) -> Draft {
        Draft(
            type, stream: "place/\(place.id)", scope: place.scope,
            payload: extra.merging([
                "place": .string(place.id), "centre": .string(place.centre), "closure": .string(closure),
            ]) { $1 })
    }

    /// Whose places they are does not matter: a danger is a danger to all.
    private static func everybody() throws -> Tenant { try Caller.system("fulfilment.zones").tenant }

    /// The places within a thing, itself included, however deep.
    private static func places(in thing: ThingID, _ tables: any Reader) throws -> [PlaceTable.Owned] {
        let everybody = try everybody()
        var (open, seen, found) = ([thing], Set([thing]), [PlaceTable.Owned]())
        while !open.isEmpty {
            var next: [ThingID] = []
            for start in stride(from: 0, to: open.count, by: chunk) {
                let some = Array(open[start..<min(start + chunk, open.count)])
                let here = try PlaceTable.among(some.map(\.rawValue), for: everybody, in: tables)
                found += here
                // A place holds no other: only what is none is looked into.
                let known = Set(here.map(\.id))
                for one in some where !known.contains(one.rawValue) {
                    next += try children(of: one, for: everybody, tables).filter { seen.insert($0).inserted }
                }
            }
            open = next
        }
        return found
    }

    private static func children(
        of thing: ThingID, for everybody: Tenant, _ tables: any Reader
    ) throws -> [ThingID] {
        var children: [ThingID] = []
        while true {
            let page = try Things.list(
                ThingFilter(parent: thing, order: .id), for: everybody, limit: chunk, offset: children.count,
                in: tables)
            children += page.rows.map(\.id)
            guard page.rows.count == chunk else { return children }
        }
    }
}
