import District
import Record

/// A packing station and what is on its way to it.
struct PackStation: Sendable, Hashable {
    /// How many orders a station takes at a time where nobody said.
    static let usual = 6

    let place: Place
    /// How many orders it takes at a time.
    let slots: Int
    /// Orders that are being picked for it, and orders whose totes wait at it.
    let coming: [String]
    let waiting: [String]

    var isOpen: Bool { !place.isClosed }
    var load: Int { coming.count + waiting.count }
    /// How many times its slots are filled by what is on its way: beyond one, orders wait for others.
    var pressure: Double { Double(load) / Double(max(1, slots)) }

    /// The station where most waits against what it takes: where work gets stuck first; nil where nothing waits beyond its slots.
    static func bottleneck(_ stations: [PackStation]) -> PackStation? {
        stations.filter { $0.pressure > 1 || !$0.isOpen && $0.load > 0 }.max { one, other in
            (one.isOpen ? 0 : 1, one.pressure, other.place.name) < (
                other.isOpen ? 0 : 1, other.pressure, one.place.name
            )
        }
    }
}

/// An order that is on its way to a station.
struct StationBound: Sendable, Hashable {
    let order: String
    let station: String?
    let state: Order.State
    /// When it must leave.
    let ship: Timestamp?
    /// The tour it was picked on last.
    let tour: String?
}

/// Which orders go to which station: at release, and again where a station closes.
enum StationChoice {
    /// How long one order on its way keeps a station busy, in seconds.
    private static let order = 120

    /// The stations of orders that are released together: orders that share shelves share a station, and a station with much
    /// before it gets less. None where no station is open.
    static func assign(
        _ tasks: [PickTask], places: [Place], due: [String: Timestamp], at now: Timestamp, to stations: [PackStation]
    ) -> [String: String] {
        let open = stations.filter(\.isOpen)
        guard !open.isEmpty else { return [:] }
        let shelf = Dictionary(places.map { ($0.id, $0.node ?? $0.id) }, uniquingKeysWith: { first, _ in first })
        var (known, lines, shelves) = ([String](), [String: [String: Int]](), [String: [String: Int]]())
        for task in tasks {
            if lines[task.order] == nil { known.append(task.order) }
            // A piece is asked for by what and where: the shelf that it is planned from is the one that comes.
            let at = shelf[task.place] ?? task.place
            let key = "\(at) \(task.item) \(task.lot)"
            lines[task.order, default: [:]][key, default: 0] += Int(task.quantity)
            shelves[at, default: [:]][key, default: 0] += Int(task.quantity)
        }
        var work = StationWork(stations: open.count)
        work.room = open.map(\.slots)
        work.busy = open.map { $0.load * order }
        let plan = Stations.plan(
            known.map { id in
                let left = due[id].map { Int($0.seconds(since: now)) } ?? 7 * 86_400
                return StationOrder(id, lines[id] ?? [:], due: left)
            }, shelves.sorted { $0.key < $1.key }.map { StationShelf($0.key, $0.value) }, work)
        return plan.station.compactMapValues { open.indices.contains($0) ? open[$0].place.id : nil }
    }

    /// The same stations, those that are closed by now replaced by the open one where least waits.
    static func reopened(_ chosen: [String: String], _ stations: [PackStation]) -> [String: String] {
        let open = stations.filter(\.isOpen)
        let there = Set(open.map(\.place.id))
        guard !chosen.values.allSatisfy(there.contains) else { return chosen }
        let other = open.min { ($0.pressure, $0.place.name) < ($1.pressure, $1.place.name) }?.place.id
        return chosen.compactMapValues { there.contains($0) ? $0 : other }
    }

    /// New stations for orders whose own is closed or was never known. Orders of one tour stay together, since their totes come
    /// together; each tour goes where least waits against what is taken there.
    /// - Returns: the station of each order that changes; nil inside where none is open.
    static func settle(_ orders: [StationBound], _ stations: [PackStation]) -> [(order: String, station: String?)] {
        let open = stations.filter(\.isOpen)
        let there = Set(open.map(\.place.id))
        let lost = orders.filter { order in order.station.map { !there.contains($0) } ?? true }
        var load = Dictionary(open.map { ($0.place.id, $0.load) }, uniquingKeysWith: { $1 })
        var (chosen, changes) = ([String: String](), [(order: String, station: String?)]())
        for order in lost {
            let group = order.tour ?? order.order
            // Where the rest of the tour goes already, it goes too.
            let companion = orders.first {
                $0.tour == order.tour && order.tour != nil && $0.station.map(there.contains) ?? false
            }
            let station =
                chosen[group] ?? companion?.station
                ?? open.min { one, other in
                    func pressure(_ station: PackStation) -> Double {
                        Double((load[station.place.id] ?? 0) + 1) / Double(max(1, station.slots))
                    }
                    return (pressure(one), one.place.name) < (pressure(other), other.place.name)
                }?.place.id
            if let station {
                chosen[group] = station
                load[station, default: 0] += 1
            }
            if station != order.station { changes.append((order.order, station)) }
        }
        return changes
    }
}

/// The events of stations.
enum StationEvents {
    /// How many orders a station takes at a time: `place`, `slots`.
    static let set = "fulfilment.station.set"
    /// Orders go to stations: `centre`, `why`, `orders` [{ order, station? }]; without a station none is open.
    static let assigned = "fulfilment.station.assigned"

    static func assigned(
        _ orders: [(order: String, station: String?)], centre: String, why: String, scope: Scope
    ) -> Draft {
        Draft(
            assigned, stream: "stations/\(centre)", scope: scope,
            payload: [
                "centre": .string(centre), "why": .string(why),
                "orders": .array(
                    orders.sorted { $0.order < $1.order }.map { order, station in
                        var members: [String: JSON] = ["order": .string(order)]
                        if let station { members["station"] = .string(station) }
                        return .object(members)
                    }),
            ])
    }
}
