import Access
import District
import Record
import Store
import Web

/// A site's floor as it is now: drawn for those who see it, listed for everybody.
struct FloorPage {
    let source: FloorSource

    func page(_ visit: Visit) async throws -> Reply {
        let (site, plan, rules) = try await visit.spine.district.store.read { reader in
            let site = try SiteDesk.site(visit, reader)
            return (site, try Self.plan(site.id, in: reader), try CivicTable.standing(at: site.id, in: reader))
        }
        guard let plan else { throw SiteDesk.unknown }
        let tenant = try visit.tenant
        let vehicles = try await source.vehicles(site.id, tenant, visit.spine)
        let marks = try await source.marks(site.id, tenant, visit.spine)
        let book = try await visit.spine.district.store.read {
            try DoingBook.read(tenant, sites: [site.id], in: $0)
        }
        let withdrawn: JSON = site.withdrawn.map { Show.time($0, visit.language) } ?? .null
        return .page(
            "site-floor", title: site.name[visit.language],
            [
                "site": .string(site.id), "tabs": SiteDesk.tabs(site.id, at: "", visit),
                "floors": SiteDesk.floors(plan, visit), "edition": .string("\(site.number)"),
                "hash": .string(site.edition), "published": Show.time(site.published, visit.language),
                "withdrawn": withdrawn, "vehicles": .array(vehicles.map { entry($0, book, plan, visit) }),
                "marks": .array(marks.map { mark($0, plan, visit) }), "civic": CivicView.notices(rules, visit),
                "may_hold": .bool(HoldRoutes.staff.allows(visit.caller)),
                "key": .string("hold-\(Identifier(at: visit.now))"),
                "zones": HoldRoutes.staff.allows(visit.caller)
                    ? .array(
                        plan.zones.filter { !$0.isCivic }.map { zone in
                            [
                                "id": .string(zone.id), "name": .string(zone.name[visit.language]),
                                "floor": .string(
                                    plan.maps.first { $0.id == zone.map }?.name[visit.language] ?? zone.map),
                                "href": .string(
                                    "/do/robots.hold.place?what=zone&zone=\(Table.encoded("\(site.id)/\(zone.id)"))"
                                        + "&next=/robots/sites/\(site.id)"),
                            ]
                        }) : [],
                "may_draw": .bool(SiteDesk.drawers.allows(visit.caller)),
                "plan_href": .string("/api/v1/robots/sites/\(site.id)/plan?edition=\(site.number)"),
                "floor_href": .string("/api/v1/robots/sites/\(site.id)/floor"),
            ], live: true)
    }

    /// The standing plan, as it was compiled once: every open page asks each second. Of a withdrawn site the last one.
    private static func plan(_ site: String, in reader: any Reader) throws -> SitePlan? {
        try SiteTable.compiled(site, in: reader)?.plan ?? SiteTable.plan(site, in: reader)
    }

    /// The same for the drawing, once a second.
    func now(_ visit: Visit) async throws -> Reply {
        let (site, plan) = try await visit.spine.district.store.read { reader in
            let site = try SiteDesk.site(visit, reader)
            return (site, try Self.plan(site.id, in: reader))
        }
        guard let plan else { throw SiteDesk.unknown }
        let tenant = try visit.tenant
        let vehicles = try await source.vehicles(site.id, tenant, visit.spine)
        let marks = try await source.marks(site.id, tenant, visit.spine)
        let book = try await visit.spine.district.store.read {
            try DoingBook.read(tenant, sites: [site.id], in: $0)
        }
        return .json([
            "now": .string(visit.now.description), "edition": .string("\(site.number)"),
            "vehicles": .array(vehicles.map { entry($0, book, plan, visit) }),
            "marks": .array(marks.map { mark($0, plan, visit) }),
        ])
    }

    private func entry(_ vehicle: FloorVehicle, _ book: DoingBook, _ plan: SitePlan, _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "id": .string(vehicle.thing.rawValue), "name": .string(vehicle.name[visit.language]),
            "href": .string("/robots/vehicles/\(vehicle.thing)"), "node": .string(vehicle.node),
            "where": .string(whereabouts(vehicle, plan, visit)),
        ]
        members.merge(book.doing(vehicle.vehicle, at: plan.id, vehicle.signs).members(visit)) { $1 }
        if let place = vehicle.place {
            members.merge([
                "map": .string(place.map), "x": .number(place.x), "y": .number(place.y),
                "heading": .number(place.heading),
            ]) { $1 }
        }
        if let charge = vehicle.charge {
            members["charge"] = .number(charge.rounded())
            members["power"] = .string("\(Int(charge.rounded()))%")
        }
        if let fault = vehicle.faults.first { members["fault"] = .string(fault) }
        if let seen = vehicle.seen {
            members["seen"] = .number(Double(seen.microseconds) / 1e6)
            members["ago"] = .string(Show.age(visit.now.seconds(since: seen), visit.language))
        }
        return .object(members)
    }

    /// Where it is in words: the floor, and the name of the node it reached last, or of the place it is near.
    private func whereabouts(_ vehicle: FloorVehicle, _ plan: SitePlan, _ visit: Visit) -> String {
        let floor = plan.maps.first { $0.id == vehicle.place?.map }?.name[visit.language]
        if let name = plan.nodes.first(where: { $0.id == vehicle.node })?.name {
            return [floor, name[visit.language]].compactMap(\.self).joined(separator: ", ")
        }
        guard let place = vehicle.place, let near = plan.near(x: place.x, y: place.y, map: place.map) else {
            return floor ?? ""
        }
        return visit.word("sites_near").replacing("{place}", with: near[visit.language])
    }

    /// What is closed or held, with the zones and nodes it covers.
    private func mark(_ mark: FloorMark, _ plan: SitePlan?, _ visit: Visit) -> JSON {
        let zones = (plan?.zones ?? []).filter { $0.id == mark.target || $0.thing?.rawValue == mark.target }
        let nodes = (plan?.nodes ?? []).filter { $0.id == mark.target || $0.thing?.rawValue == mark.target }
        return [
            "hold": .bool(mark.isHold), "says": .string(mark.words[visit.language]),
            "label": .string(visit.word(mark.isHold ? "sites_held" : "sites_closed")),
            "kind": mark.isHold ? "warn" : "danger", "all": .bool(mark.target == plan?.id),
            "zones": .array(zones.map { .string($0.id) }), "nodes": .array(nodes.map { .string($0.id) }),
            "where": .string(
                (zones.map { $0.name[visit.language] } + nodes.compactMap { $0.name?[visit.language] })
                    .joined(separator: ", ")),
        ]
    }
}
