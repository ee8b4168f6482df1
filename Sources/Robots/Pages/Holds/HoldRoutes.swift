import Access
import District
import Record
import Store
import Twin
import Web

/// Who is held and why, and the buttons that hold.
struct HoldRoutes {
    let places: Places
    let floor: FloorSource

    static let staff = Permission.roles([.operator, .safetyManager, .zoneOfficer])

    var routes: [Web.Route] {
        [
            .get("/robots/holds", Self.staff) { try await page($0) },
            .get("/api/v1/robots/holds/choices/{kind}", Self.staff) { try await choices($0) },
        ]
    }

    /// What a form's search box offers: what can be held, by name.
    private func choices(_ visit: Visit) async throws -> Reply {
        let kind = visit.parameters["kind"] ?? ""
        guard [HoldTargets.thing, HoldTargets.zone].contains(kind) else {
            throw Refusal(.notFound, "choices.kind", Words("그런 목록이 없습니다.", "There is no such list."))
        }
        let words = (visit.query["q"] ?? "").lowercased()
        let found = try await visit.spine.district.named(kind, for: visit.caller).filter { one in
            words.isEmpty || one.names.contains { $0.lowercased().contains(words) }
        }
        return .choices(
            found.prefix(30).map { one in
                // The last of a zone's names has its site before it.
                let label = visit.language == .ko || one.names.count < 2 ? one.names.last : one.names.dropLast().last
                let name = kind == HoldTargets.thing ? one.names.first : label
                return (one.id, name ?? one.id)
            })
    }

    /// What the page is made of.
    private struct Found: Sendable {
        /// The holds of whoever looks, and those of others that reach their vehicles all the same.
        var open: [Hold]
        var above: [Hold]
        var past: [Hold]
        var names: [String: Words]
        var firms: [FirmID: String]
        var still: Standstill
        var calls: [JSON]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.caller.tenant
        let places = places
        let found = try await visit.spine.district.store.read { reader in
            let still = try Standstill.read(reader)
            let open = try HoldTable.open(for: tenant, in: reader)
            let above = try Self.above(open, still, tenant, in: reader)
            let past = try HoldTable.past(limit: 20, for: tenant, in: reader)
            var firms = still.firms
            for firm in past.compactMap(\.firm) + [tenant.firm].compactMap(\.self) where firms[firm] == nil {
                firms[firm] = try Directory.firm(firm, for: tenant, in: reader)?.name
            }
            return Found(
                open: open, above: above, past: past,
                names: try Self.names(open + past, for: tenant, in: reader).merging(still.names) { one, _ in one },
                firms: firms, still: still, calls: try CallView.rows(visit, tenant, places, in: reader))
        }
        let vehicles = try await shown(found, tenant, visit)
        let mayLift = !visit.caller.roles.isDisjoint(with: [.operator, .zoneOfficer])
        let rows =
            found.above.map { row($0, found, visit, vehicles, mayLift: false) }
            + found.open.map { row($0, found, visit, vehicles, mayLift: mayLift) }
        return .page(
            "holds", title: visit.word("holds_title"),
            [
                "calls": .array(found.calls), "open": .array(rows),
                "past": .array(found.past.map { row($0, found, visit, [], mayLift: false) }),
                "key": .string("hold-\(Identifier(at: visit.now))"),
                "whole": .string(
                    visit.word(tenant.firm == nil ? "hold_fleet_zone" : "hold_fleet_firm")
                        .replacing("{firm}", with: tenant.firm.map { found.firms[$0] ?? $0.rawValue } ?? "")),
                "one_href": "/do/robots.hold.place?what=thing&next=/robots/holds",
            ], live: true)
    }

    /// The holds of the zone, or of others, that reach a vehicle or a site of whoever looks though they may not lift them.
    private static func above(
        _ own: [Hold], _ still: Standstill, _ tenant: Tenant, in reader: any Reader
    ) throws -> [Hold] {
        guard tenant.firm != nil, !still.isEmpty else { return [] }
        let known = Set(own.map(\.id))
        let vehicles = try VehicleTable.all(for: tenant, in: reader)
        let sites = try SiteTable.list(for: tenant, in: reader).filter { $0.withdrawn == nil }.map(\.id)
        return still.work.holds.filter { hold in
            !known.contains(hold.id)
                && (vehicles.contains { still.reaches(hold, $0.vehicle, of: $0.site.rawValue) }
                    || sites.contains { still.concerns(hold, $0) })
        }
    }

    /// The vehicles that whoever looks may see, with what they do now; asked only where something is held.
    private func shown(_ found: Found, _ tenant: Tenant, _ visit: Visit) async throws -> [HeldVehicle] {
        guard !(found.open.isEmpty && found.above.isEmpty) else { return [] }
        let enrolled = try await visit.spine.district.store.read { try VehicleTable.all(for: tenant, in: $0) }
        var live: [ThingID: FloorVehicle] = [:]
        for site in Set(enrolled.map(\.site.rawValue)).sorted() {
            for one in try await floor.vehicles(site, tenant, visit.spine) { live[one.thing] = one }
        }
        return enrolled.map { HeldVehicle(vehicle: $0, live: live[$0.thing]) }
    }

    /// Holds that last stand on the first page, so that nobody forgets them; and for whoever looks after robots what they
    /// call a person for.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: [.operator, .safetyManager, .zoneOfficer]) else { return [:] }
        let tenant = try visit.caller.tenant
        let (holds, calls) = try await visit.spine.district.store.read { reader in
            let open = try HoldTable.open(for: tenant, in: reader)
            // Whoever acts for the zone sees all of them as their own.
            let above = tenant.firm == nil ? [] : try Self.above(open, try Standstill.read(reader), tenant, in: reader)
            return (open.count + above.count, try CallTable.open(for: tenant, in: reader).count)
        }
        let isCalled = !visit.caller.roles.isDisjoint(with: MissionFound.operators)
        let kinds = [("hold_task", holds, "/robots/holds"), ("call_task", isCalled ? calls : 0, "/robots/holds#calls")]
        let tasks = kinds.filter { $0.1 > 0 }.map { key, many, path -> JSON in
            [
                "href": .string(path), "text": .string(visit.word(key)), "count": .string(Show.count(many)),
                "kind": "danger", "state": .string(visit.word("\(key)_state")),
            ]
        }
        return tasks.isEmpty ? [:] : ["tasks": .array(tasks)]
    }

    private func row(
        _ hold: Hold, _ found: Found, _ visit: Visit, _ vehicles: [HeldVehicle], mayLift: Bool
    ) -> JSON {
        let firm = hold.firm.map { found.firms[$0] ?? $0.rawValue }
        var entry: [String: JSON] = [
            "what": .string(Self.what(hold, found.names, firm: firm)[visit.language]),
            "cause": .string(hold.cause.words[visit.language]), "placed": Show.time(hold.placed, visit.language),
            "who": .string(
                visit.word(firm == nil ? "hold_by_zone" : "hold_by_firm").replacing("{firm}", with: firm ?? "")),
        ]
        if hold.cause == .person, !hold.reason.isEmpty { entry["reason"] = .string(hold.reason) }
        if hold.reason == "drill" { entry["reason"] = .string(visit.word("hold_drill")) }
        if let lifted = hold.lifted { entry["lifted"] = Show.time(lifted, visit.language) }
        if mayLift { entry["lift_href"] = .string("/do/robots.hold.lift?hold=\(hold.id)&next=/robots/holds") }
        if found.above.contains(hold) {
            entry["lift_note"] = .string(
                visit.word(firm == nil ? "hold_lift_zone" : "hold_lift_firm").replacing("{firm}", with: firm ?? ""))
        }
        if hold.lifted == nil {
            let reached = vehicles.filter {
                found.still.reaches(hold, $0.vehicle.vehicle, of: $0.vehicle.site.rawValue, at: $0.live?.node)
            }
            let numbers = [("n", reached.count), ("m", reached.count(where: \.stands)), ("t", vehicles.count)]
            entry["reach"] = .string(
                numbers.reduce(visit.word("hold_reach")) { $0.replacing("{\($1.0)}", with: "\($1.1)") })
        }
        return .object(entry)
    }

    /// What is held, as people call it; of a whole fleet, whose it is.
    static func what(_ hold: Hold, _ names: [String: Words], firm: String?) -> Words {
        switch hold.reach {
        case .fleet:
            firm.map { Words("\($0)의 로봇 전체", "All robots of \($0)") }
                ?? Words("구역의 모든 로봇", "All robots of the zone")
        case .thing(let thing): names[thing.rawValue] ?? Words(thing.rawValue, thing.rawValue)
        case .zone(let site, let zone):
            Words(
                "\(names[site]?.ko ?? site) \(names["\(site)/\(zone)"]?.ko ?? zone) 구역",
                "Zone \(names["\(site)/\(zone)"]?.en ?? zone) of \(names[site]?.en ?? site)")
        }
    }

    private static func names(
        _ holds: [Hold], for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: Words] {
        var names: [String: Words] = [:]
        for hold in holds {
            let id: String
            switch hold.reach {
            case .fleet: continue
            case .thing(let thing): id = thing.rawValue
            case .zone(let site, let zone):
                id = site
                names["\(site)/\(zone)"] = try SiteTable.compiled(site, in: reader)?.area(zone)?.zone.name
            }
            if names[id] == nil { names[id] = try Things.find(ThingID(id), for: tenant, in: reader)?.name }
        }
        return names
    }
}

/// A vehicle beside what it does now.
private struct HeldVehicle: Sendable {
    let vehicle: EnrolledVehicle
    let live: FloorVehicle?

    /// Whether it is seen to stand. Who is not heard, or is driven by hand, or has a grave fault, is not counted on.
    var stands: Bool {
        switch live?.state {
        case .waiting, .working, .charging: true
        default: false
        }
    }
}

extension Hold {
    /// The firm that placed it; nil where it is the zone's.
    var firm: FirmID? {
        guard case .firm(let firm) = scope else { return nil }
        return firm
    }
}
