import Access
import District
import Record
import Store
import Twin
import Web

/// Who is held and why, and the buttons that hold.
struct HoldRoutes {
    static let staff = Permission.roles([.operator, .safetyManager, .zoneOfficer])

    var routes: [Web.Route] { [.get("/robots/holds", Self.staff) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.caller.tenant
        let (open, past, names, calls) = try await visit.spine.district.store.read { reader in
            let open = try HoldTable.open(for: tenant, in: reader)
            let past = try HoldTable.past(limit: 20, for: tenant, in: reader)
            return (
                open, past, try Self.names(open + past, for: tenant, in: reader),
                try CallView.rows(visit, tenant, in: reader)
            )
        }
        let mayLift = !visit.caller.roles.isDisjoint(with: [.operator, .zoneOfficer])
        return .page(
            "holds", title: visit.word("holds_title"),
            [
                "calls": .array(calls),
                "open": .array(open.map { row($0, names, visit, mayLift: mayLift) }),
                "past": .array(past.map { row($0, names, visit, mayLift: false) }),
                "key": .string("hold-\(Identifier(at: visit.now))"),
                "one_href": "/do/robots.hold.place?what=thing&next=/robots/holds",
            ], live: true)
    }

    /// Holds that last stand on the first page, so that nobody forgets them; and for whoever looks after robots what they
    /// call a person for.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: [.operator, .safetyManager, .zoneOfficer]) else { return [:] }
        let tenant = try visit.caller.tenant
        let (holds, calls) = try await visit.spine.district.store.read {
            (try HoldTable.open(for: tenant, in: $0).count, try CallTable.open(for: tenant, in: $0).count)
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

    private func row(_ hold: Hold, _ names: [String: Words], _ visit: Visit, mayLift: Bool) -> JSON {
        var entry: [String: JSON] = [
            "what": .string(Self.what(hold.reach, names)[visit.language]),
            "cause": .string(hold.cause.words[visit.language]), "placed": Show.time(hold.placed, visit.language),
        ]
        if hold.cause == .person, !hold.reason.isEmpty { entry["reason"] = .string(hold.reason) }
        if hold.reason == "drill" { entry["reason"] = .string(visit.word("hold_drill")) }
        if let lifted = hold.lifted { entry["lifted"] = Show.time(lifted, visit.language) }
        if mayLift { entry["lift_href"] = .string("/do/robots.hold.lift?hold=\(hold.id)&next=/robots/holds") }
        return .object(entry)
    }

    /// What is held, as people call it.
    static func what(_ reach: Hold.Reach, _ names: [String: Words]) -> Words {
        switch reach {
        case .fleet: Words("로봇 전체", "The whole fleet")
        case .thing(let thing): names[thing.rawValue] ?? Words(thing.rawValue, thing.rawValue)
        case .zone(let site, let zone):
            Words(
                "\(names[site]?.ko ?? site) \(zone) 구역", "Zone \(zone) of \(names[site]?.en ?? site)")
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
            case .zone(let site, _): id = site
            }
            if names[id] == nil { names[id] = try Things.find(ThingID(id), for: tenant, in: reader)?.name }
        }
        return names
    }
}
