import Access
import District
import Record
import Store
import Twin
import Web

/// The vehicles, and one of them with everything it says.
struct VehicleRoutes {
    let fleet: Fleet
    let sites: [SitePlan]

    /// Everybody but guests, who see nothing but the test sites.
    private static let readers = Permission.roles(Set(Role.allCases).subtracting([.guest, .citizen]))

    var routes: [Web.Route] {
        [
            .get("/robots/vehicles", Self.readers) { try await list($0) },
            .get("/robots/vehicles/{thing}", Self.readers) { try await one($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let (vehicles, names, book) = try await visit.spine.district.store.read { reader in
            let vehicles = try VehicleTable.all(for: tenant, in: reader)
            var names: [ThingID: String] = [:]
            for site in Set(vehicles.map(\.site)) {
                names[site] = try Things.find(site, for: tenant, in: reader)?.name[visit.language]
            }
            let book = try DoingBook.read(tenant, sites: Set(vehicles.map(\.site.rawValue)), in: reader)
            return (vehicles, names, book)
        }
        let standings = Dictionary(
            await fleet.standings().map { ($0.vehicle, $0) }, uniquingKeysWith: { first, _ in first })
        let query = TableQuery(visit.query, columns: [], sortedBy: "name", size: 50)
        let shown = vehicles.dropFirst(query.offset).prefix(query.size)
        let table = Table(
            "vehicles", caption: visit.word("vehicles_title"), path: "/robots/vehicles", query,
            columns: [
                .init(nil, visit.word("vehicles_column_name")), .init(nil, visit.word("vehicles_column_state")),
                .init(nil, visit.word("vehicles_column_mission")),
                .init(nil, visit.word("vehicles_column_charge"), isNumber: true),
                .init(nil, visit.word("vehicles_column_faults")), .init(nil, visit.word("vehicles_column_site")),
                .init(nil, visit.word("vehicles_column_heard")),
            ],
            rows: shown.map { row($0, standings[$0.vehicle], book, names[$0.site] ?? $0.site.rawValue, visit) },
            total: Int64(vehicles.count), empty: visit.word("vehicles_empty"))
        var context: [String: JSON] = ["table": table.json, "counts": counts(vehicles, standings, visit)]
        if !visit.caller.roles.isDisjoint(with: EnrolVehicle.roles) {
            context["may_enrol"] = true
        }
        if visit.caller.roles.contains(.zoneOfficer) {
            context["sees_strangers"] = true
            context["strangers"] = .array(await strangers(for: visit.caller).map { stranger($0, visit) })
        }
        return .page("vehicles", title: visit.word("vehicles_title"), .object(context), live: true)
    }

    private func row(
        _ vehicle: EnrolledVehicle, _ standing: VehicleStanding?, _ book: DoingBook, _ site: String, _ visit: Visit
    ) -> [Table.Cell] {
        let doing = book.doing(vehicle.vehicle, at: vehicle.site.rawValue, VehicleSigns(standing))
        let said = doing.members(visit)
        let worst = standing?.faults.max { Self.rank($0.value.level) < Self.rank($1.value.level) }
        return [
            Table.Cell(vehicle.name[visit.language], href: "/robots/vehicles/\(vehicle.thing)", isHead: true),
            Table.Cell(badge: doing.kind.badge, doing.words[visit.language]),
            said["mission"] == nil && said["call"] == nil
                ? .none
                : Table.Cell(
                    [said["mission"], said["call"]].compactMap { $0?.text }.joined(separator: " · "),
                    href: said["mission_href"]?.text ?? "/robots/holds#calls"),
            Table.Cell(VehicleView.charge(standing, visit)),
            worst.map { Table.Cell(badge: VehicleView.badge(of: $0.value.level), VehicleView.fault($0.key, visit)) }
                ?? .none,
            Table.Cell(site),
            standing?.report.map { Table.Cell(time: Show.time($0.came, visit.language, now: visit.now)) }
                ?? Table.Cell(visit.word("vehicles_never")),
        ]
    }

    private static func rank(_ level: String) -> Int {
        ["WARNING", "URGENT", "CRITICAL", "FATAL"].firstIndex(of: level) ?? 0
    }

    /// How many drive, stand, are unknown, have a fault.
    private func counts(
        _ vehicles: [EnrolledVehicle], _ standings: [VehicleID: VehicleStanding], _ visit: Visit
    ) -> JSON {
        let all = vehicles.map { standings[$0.vehicle] }
        let here = all.compactMap { $0 }.filter { $0.presence == .here }
        return .array(
            [
                ("driving", here.count { $0.report?.isDriving == true }), ("here", here.count),
                ("unknown", all.count - here.count), ("faulty", all.count { $0?.faults.isEmpty == false }),
            ].map { key, count in
                ["label": .string(visit.word("vehicles_count_\(key)")), "count": .string(Show.count(count))]
            })
    }

    /// Who speaks without being enrolled. Whose they are is not known yet: no firm sees another one's new robots.
    func strangers(for caller: Caller) async -> [Stranger] {
        caller.roles.contains(.zoneOfficer) ? Array(await fleet.unknown().prefix(20)) : []
    }

    private func stranger(_ stranger: Stranger, _ visit: Visit) -> JSON {
        let fields = [("manufacturer", stranger.vehicle.manufacturer), ("serial", stranger.vehicle.serial)]
            .map { "\($0)=\(Table.encoded($1))" }.joined(separator: "&")
        return [
            "name": .string("\(stranger.vehicle.manufacturer) \(stranger.vehicle.serial)"),
            "version": .string(stranger.version.rawValue), "messages": .string(Show.count(stranger.messages)),
            "heard": Show.time(stranger.last, visit.language, now: visit.now),
            "href": .string("/do/robots.vehicle.enrol?\(fields)&next=/robots/vehicles"),
            "approve_href": .string("/do/robots.vehicle.approve?\(fields)&next=/robots/vehicles"),
        ]
    }

    // MARK: - One

    private func one(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let thing = ThingID(visit.parameters["thing"] ?? "")
        let found = try await visit.spine.district.store.read { reader in
            try VehicleTable.find(thing, for: tenant, in: reader).map { vehicle in
                (
                    vehicle, try VehicleTable.faults(of: thing, for: tenant, in: reader),
                    try Things.find(vehicle.site, for: tenant, in: reader),
                    try SiteTable.compiled(vehicle.site.rawValue, in: reader)?.plan.footprint,
                    try DoingBook.read(tenant, sites: [vehicle.site.rawValue], in: reader)
                )
            }
        }
        guard let (vehicle, faults, site, footprint, book) = found else {
            throw Refusal(.notFound, "vehicle.unknown", Words("그런 로봇이 없습니다.", "There is no such robot."))
        }
        let standing = await fleet.standing(vehicle.vehicle)
        let doing = book.doing(vehicle.vehicle, at: vehicle.site.rawValue, VehicleSigns(standing))
        var context: [String: JSON] = [
            "badge": Show.badge(doing.kind.badge, doing.words[visit.language]),
            "facts": .array(facts(vehicle, standing, site, visit)),
            "faults": .array(faults.map { fault($0, visit) }),
            "refused": .array((standing?.refused ?? []).map { refusal($0, visit) }),
            "thing_href": .string("/machines/\(vehicle.thing)"),
        ]
        for (name, said) in doing.members(visit) where ["mission", "mission_href", "call"].contains(name) {
            context["doing_\(name)"] = said
        }
        if let standing {
            let zones = zones(standing, visit)
            if !zones.isEmpty { context["zone_panel"] = ["zones": .array(zones)] }
            context["ignored"] = .array(
                standing.ignored.sorted { $0.key < $1.key }.map {
                    [
                        "label": .string(visit.word("vehicles_ignored_\($0.key)")),
                        "count": .string(Show.count($0.value)),
                    ]
                })
            if let sheet = standing.factsheet { context["sheet"] = self.sheet(sheet, visit) }
            if let order = order(standing, visit) { context["order"] = order }
            if standing.contest != nil { context["contested"] = true }
            if let size = size(standing, footprint, visit) { context["size"] = size }
        }
        if !visit.caller.roles.isDisjoint(with: EnrolVehicle.roles) {
            let next = "next=/robots/vehicles/\(vehicle.thing)"
            context["settle_href"] = .string("/do/robots.vehicle.settle?vehicle=\(vehicle.thing)&\(next)")
            context["withdraw_href"] = .string(
                "/do/robots.vehicle.withdraw?vehicle=\(vehicle.thing)&next=/robots/vehicles")
        }
        if HoldRoutes.staff.allows(visit.caller) {
            context["hold_href"] = .string(
                "/do/robots.hold.place?what=thing&thing=\(vehicle.thing)&next=/robots/vehicles/\(vehicle.thing)")
        }
        return .page("vehicle", title: vehicle.name[visit.language], .object(context), live: true)
    }

    private func facts(
        _ vehicle: EnrolledVehicle, _ standing: VehicleStanding?, _ site: Thing?, _ visit: Visit
    ) -> [JSON] {
        let report = standing?.report
        let isKnown = standing?.presence == .here
        let plan = sites.first { $0.id == vehicle.site.rawValue }
        let node = plan?.nodes.first { $0.id == report?.lastNode }
        let unknown = visit.word("vehicles_unknown")
        var facts: [(String, String)] = [
            ("site", site?.name[visit.language] ?? vehicle.site.rawValue),
            ("maker", "\(vehicle.vehicle.manufacturer) \(vehicle.vehicle.serial)"),
            ("version", standing.map { "VDA 5050 \($0.version.rawValue)" } ?? unknown),
            ("charge", VehicleView.charge(standing, visit)),
            (
                "node",
                report.map { node?.name?[visit.language] ?? ($0.lastNode.isEmpty ? unknown : $0.lastNode) } ?? unknown
            ),
            (
                "position",
                report?.position.map { place in
                    let floor = plan?.maps.first { $0.id == place.map }?.name[visit.language] ?? place.map
                    return
                        "\(floor) · \(Show.number((place.x * 10).rounded() / 10)), \(Show.number((place.y * 10).rounded() / 10)) m"
                } ?? unknown
            ),
            (
                "speed",
                report?.speed.flatMap { isKnown ? "\(Show.number(($0 * 10).rounded() / 10)) m/s" : nil } ?? unknown
            ),
            ("mode", report.map { isKnown ? VehicleView.mode($0.mode, visit) : unknown } ?? unknown),
        ]
        if let skew = report?.skew, abs(skew) > 1 {
            facts.append(("skew", "\(Show.number(skew.rounded())) s"))
        }
        var shown: [JSON] = facts.map { ["label": .string(visit.word("vehicles_fact_\($0)")), "value": .string($1)] }
        shown.append([
            "label": .string(visit.word("vehicles_column_heard")),
            "time": report.map { Show.time($0.came, visit.language, now: visit.now) } ?? .null,
        ])
        if report == nil { shown.removeLast() }
        return shown
    }

    /// Why a vehicle gets no orders at its site because of its size; nil where it fits, or where its site is not drawn yet.
    private func size(_ standing: VehicleStanding, _ footprint: Double?, _ visit: Visit) -> JSON? {
        guard let footprint, standing.presence == .here else { return nil }
        func notice(_ key: String, _ detail: String?) -> JSON {
            .sparse([
                "title": .string(visit.word("vehicles_\(key)")),
                "advice": .string(visit.word("vehicles_advice_\(key)")), "detail": detail.map { .string($0) } ?? .null,
            ])
        }
        switch standing.fits(footprint) {
        case true: return nil
        case nil: return notice("sizeless", nil)
        default:
            let radius = (standing.factsheet?.radius ?? 0) * 2
            return notice(
                "toolarge", "\(Show.number((radius * 100).rounded() / 100)) m > \(Show.number(footprint * 2)) m")
        }
    }

    private func fault(_ fault: VehicleFaultRow, _ visit: Visit) -> JSON {
        .sparse([
            "badge": Show.badge(
                fault.over == nil ? VehicleView.badge(of: fault.level) : "off", VehicleView.fault(fault.fault, visit)),
            "since": Show.time(fault.since, visit.language, now: visit.now),
            "over": fault.over.map { Show.time($0, visit.language, now: visit.now) } ?? .null,
            "advice": fault.over == nil ? VehicleView.advice(fault.fault, visit).map { .string($0) } ?? .null : .null,
            "text": fault.text.map { .string($0) } ?? .null,
        ])
    }

    private func refusal(_ message: RefusedMessage, _ visit: Visit) -> JSON {
        [
            "topic": .string(message.topic), "came": Show.time(message.came, visit.language, now: visit.now),
            "faults": .array(message.faults.prefix(5).map { .string($0.words[visit.language]) }),
        ]
    }

    private func order(_ standing: VehicleStanding, _ visit: Visit) -> JSON? {
        guard let report = standing.report, let order = standing.order else { return nil }
        let state = standing.isCancelling ? "cancelling" : order.isTaken ? "taken" : "sent"
        return [
            "id": .string(order.id), "state": .string(visit.word("vehicles_order_\(state)")),
            "nodes": .array(
                order.steps.enumerated().map { index, step in
                    [
                        "node": .string(step.node),
                        "state": .string(
                            visit.word(
                                "vehicles_node_\(step.sequence <= report.lastSequence ? "passed" : index < order.released ? "released" : "planned")"
                            )),
                        "actions": .array(
                            step.actions.map { action in
                                let type = VehicleView.coded("action", action.type, visit)
                                let status = report.actions[action.id].map { VehicleView.coded("status", $0, visit) }
                                return .string("\(type): \(status ?? "–")")
                            }),
                    ]
                }),
        ]
    }

    /// The zones that it keeps to, and what it asked for (3.0).
    private func zones(_ standing: VehicleStanding, _ visit: Visit) -> [JSON] {
        let sets = standing.zoneSets.map { set in
            [
                "label": .string(set.map),
                "value": .string(visit.word("vehicles_zones_\(set.isEnabled ? "on" : "off")")),
                "detail": .string(set.id),
            ] as JSON
        }
        let asked = standing.answers.map { answer in
            let words = visit.word("vehicles_answer_\(answer.verdict.answer.rawValue.lowercased())")
            return [
                "label": .string(answer.request.place),
                "value": .string(
                    answer.verdict.why.map { "\(words): \(visit.word("vehicles_why_\($0.rawValue.lowercased())"))" }
                        ?? words), "detail": .string(answer.request.kind.rawValue),
            ] as JSON
        }
        return sets + asked
    }

    private func sheet(_ sheet: VDAFactsheet, _ visit: Visit) -> JSON {
        let facts: [(String, String)] = [
            ("series", "\(sheet.series) (\(sheet.kind))"), ("load", "\(Show.number(sheet.maximumLoad)) kg"),
            ("fastest", "\(Show.number(sheet.maximumSpeed)) m/s"),
            ("size", "\(Show.number(sheet.length)) × \(Show.number(sheet.width)) × \(Show.number(sheet.height)) m"),
            ("actions", sheet.actions.sorted().map { VehicleView.coded("action", $0, visit) }.joined(separator: ", ")),
        ]
        return .array(
            facts.map { ["label": .string(visit.word("vehicles_sheet_\($0)")), "value": .string($1)] })
    }
}
