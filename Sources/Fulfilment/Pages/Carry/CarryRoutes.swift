import Access
import District
import Record
import Store
import Web

/// What robots carry within the centre: totes that may go, and where totes and shelves are.
struct CarryRoutes {
    var routes: [Route] { [.get("/fulfilment/carry", .roles(GoodsAsk.readers)) { try await page($0) }] }

    private static let path = "/fulfilment/carry"

    private struct Found: Sendable {
        var ready: [(tour: String, orders: [String])] = []
        var carries: [Carry] = []
        var names: [String: String] = [:]
        /// A place of each shelf, by its node.
        var shelves: [String: Place] = [:]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let found = try await visit.spine.district.store.read { reader -> Found in
            var found = Found()
            guard let centre = try Station.centre(visit, reader) else { return found }
            found.carries = try CarryTable.list(in: centre, for: tenant, in: reader)
            let moving = Set(found.carries.filter { $0.state != .failed }.map(\.subject))
            for tour in try CarryTable.ready(in: centre, for: tenant, in: reader) where !moving.contains(tour) {
                let orders = Set(try TourTable.tasks(of: tour, for: tenant, in: reader).map(\.order)).sorted()
                found.ready.append(
                    (tour, try orders.compactMap { try OrderTable.find($0, for: tenant, in: reader)?.number }))
            }
            let shelves = Set(found.carries.filter { $0.kind != .totes }.map(\.subject))
            for place in try PlaceTable.list(in: centre, for: tenant, in: reader) {
                found.names[place.id] = place.name
                if let node = place.node, shelves.contains(node), found.shelves[node] == nil {
                    found.shelves[node] = place
                }
            }
            return found
        }
        let mayAct = !visit.caller.roles.isDisjoint(with: StartPicking.roles)
        var station = Station(visit, "carry")
        station.lead(visit.word("carry_lead"))
        station.group(
            "carry_ready",
            found.ready.map { tour, orders in
                Station.row(
                    orders.joined(separator: ", "),
                    href: mayAct
                        ? "/do/fulfilment.carry.totes?tour=\(Table.encoded(tour))&next=\(Self.path)" : nil)
            }, empty: "carry_ready_none")
        station.group(
            "carry_ways", found.carries.map { row($0, found, mayAct, visit) }, empty: "carry_ways_none")
        if mayAct { station.link("/do/fulfilment.carry.shelf?next=\(Self.path)", "carry_fetch") }
        return station.page("carry_title")
    }

    private func row(_ carry: Carry, _ found: Found, _ mayAct: Bool, _ visit: Visit) -> JSON {
        let goal = found.names[carry.station] ?? carry.station
        let shelf = found.shelves[carry.subject]
        let title =
            switch carry.kind {
            case .totes: "\(visit.word("carry_totes")) → \(goal)"
            case .shelf: "\(visit.word("carry_shelf")) \(shelf?.name ?? carry.subject) → \(goal)"
            case .home: "\(visit.word("carry_shelf")) \(shelf?.name ?? carry.subject) → \(visit.word("carry_at_home"))"
            }
        let kind =
            switch carry.state {
            case .underWay: "info"
            case .arrived: "ok"
            case .failed: "warn"
            }
        let href =
            carry.isAway && carry.kind != .totes && mayAct
            ? shelf.map { "/do/fulfilment.carry.home?place=\(Table.encoded($0.id))&next=\(Self.path)" } : nil
        return Station.row(
            title, sub: carry.state == .failed ? visit.word("carry_by_hand") : nil, href: href,
            badge: Show.badge(kind, visit.word("carry_state_\(carry.state.rawValue)")))
    }
}
