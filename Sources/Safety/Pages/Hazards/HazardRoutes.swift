import Access
import District
import Record
import Store
import Twin
import Web

/// The list of dangers, one of them with its story, and what waits for who looks.
struct HazardRoutes {
    var routes: [Route] {
        [
            .get("/safety/hazards", .signedIn) { try await list($0) },
            .get("/safety/hazards/{hazard}", .signedIn) { try await one($0) },
        ]
    }

    /// Reports and proposals that wait for a person's word.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: HazardAsk.managers) else { return [:] }
        let tenant = try visit.tenant
        let counts = try await visit.spine.district.store.read { try HazardTable.counts(for: tenant, in: $0) }
        var tasks: [JSON] = []
        for (state, word) in [(Hazard.State.raised, "hazards_task_raised"), (.proposed, "hazards_task_proposed")] {
            guard let count = counts[state], count > 0 else { continue }
            tasks.append([
                "href": "/safety/hazards?view=new", "text": .string(visit.word(word)),
                "count": .string(Show.count(count)), "kind": "warn", "state": .string(visit.word("hazards_task_state")),
            ])
        }
        return ["tasks": .array(tasks)]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: ["raised"], sortedBy: "-raised", size: 25)
        let (page, names, view) = try await visit.spine.district.store.read { reader in
            var view = HazardTable.View(rawValue: visit.query["view"] ?? "")
            if view == nil {
                // What waits for a word comes first; where nothing does, what is being mended.
                let counts = try HazardTable.counts(for: tenant, in: reader)
                view = counts.contains { $0.key.isNew && $0.value > 0 } ? .new : .open
            }
            let page = try HazardTable.page(
                view ?? .new, limit: query.size, offset: query.offset, for: tenant, in: reader)
            return (page, try Self.names(page.rows.map(\.thing), visit.language, tenant, reader), view ?? .new)
        }
        let table = Table(
            "hazards", caption: visit.word("hazards_title"), path: "/safety/hazards", query,
            columns: [
                .init(nil, visit.word("hazards_column_what")), .init(nil, visit.word("hazards_column_band")),
                .init(nil, visit.word("hazards_column_place")), .init(nil, visit.word("hazards_column_state")),
                .init(nil, visit.word("hazards_column_raised")),
            ],
            rows: page.rows.map { hazard in
                [
                    Table.Cell(title(hazard, visit), href: "/safety/hazards/\(hazard.id)", isHead: true),
                    hazard.band.map { Table.Cell(badge: $0.badge, $0.words[visit.language]) }
                        ?? Table.Cell(badge: "unknown", visit.word("hazards_unjudged")),
                    Table.Cell(names[hazard.thing] ?? hazard.thing.rawValue),
                    Table.Cell(badge: hazard.state.badge, hazard.state.words[visit.language]),
                    Table.Cell(time: Show.time(hazard.raised, visit.language, now: visit.now)),
                ]
            }, total: page.total, empty: visit.word("hazards_empty"), kept: ["view": view.rawValue])
        let views: [JSON] = HazardTable.View.allCases.map { one in
            var entry: [String: JSON] = [
                "label": .string(visit.word("hazards_view_\(one.rawValue)")),
                "href": .string("/safety/hazards?view=\(one.rawValue)"),
            ]
            if one == view { entry["current"] = true }
            return .object(entry)
        }
        var context: [String: JSON] = ["table": table.json, "views": .array(views)]
        if !visit.caller.roles.isDisjoint(with: HazardAsk.reporters) { context["may_report"] = true }
        if !visit.caller.roles.isDisjoint(with: HazardAsk.managers) { context["may_code"] = true }
        let standing = try await visit.spine.district.standing(of: HazardProposal.use)
        if standing != .runs {
            context["alarms_off"] = .string("\(visit.word("hazards_alarms_off")) \(standing.words[visit.language])")
        }
        return .page("hazards", title: visit.word("hazards_title"), .object(context), live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["hazard"] ?? "", visit.spine.district)
        let found = try await district.store.read { reader -> HazardStory? in
            guard let hazard = try HazardTable.find(id, for: tenant, in: reader) else { return nil }
            return HazardStory(
                hazard: hazard,
                place: try Things.find(hazard.thing, for: tenant, in: reader)?.name ?? Words(id, id),
                actions: try ActionTable.of("hazard", id, for: tenant, in: reader),
                closures: try ClosureTable.of(id, for: tenant, in: reader),
                alike: hazard.state.isNew ? try HazardTable.alike(hazard, for: tenant, in: reader) : [],
                events: try district.log.events(inStream: "hazard/\(id)", in: reader))
        }
        guard let found else {
            throw Refusal(.notFound, "hazard.unknown", Words("그런 위험 신고가 없습니다.", "There is no such hazard."))
        }
        try await visit.look(at: found.hazard.scope, "hazard/\(id)")
        return .page(
            "hazard", title: title(found.hazard, visit), .object(HazardView(story: found, visit: visit).context),
            live: true)
    }

    private func title(_ hazard: Hazard, _ visit: Visit) -> String {
        let kind = hazard.accident?.words[visit.language] ?? visit.word("hazards_kind_unknown")
        return hazard.origin == .alarm
            ? visit.word("hazards_from_alarm") + (hazard.alarm?.property.map { " · \($0)" } ?? "") : kind
    }

    /// What things are called.
    static func names(
        _ things: [ThingID], _ language: Language, _ tenant: Tenant, _ reader: any Reader
    ) throws -> [ThingID: String] {
        var names: [ThingID: String] = [:]
        for thing in Set(things) { names[thing] = try Things.find(thing, for: tenant, in: reader)?.name[language] }
        return names
    }
}

/// A hazard with all that belongs to it.
struct HazardStory: Sendable {
    let hazard: Hazard
    let place: Words
    let actions: [SafetyAction]
    let closures: [Closure]
    let alike: [Hazard]
    let events: [Event]
}
