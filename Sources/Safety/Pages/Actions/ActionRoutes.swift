import Access
import District
import Record
import Store
import Twin
import Web

/// The list of actions, one of them with its story, and what waits for who looks.
struct ActionRoutes {
    let policy: ActionPolicy

    var routes: [Route] {
        [
            .get("/safety/actions", .signedIn) { try await list($0) },
            .get("/safety/actions/{action}", .signedIn) { try await one($0) },
        ]
    }

    /// Actions that are late, and those whose effect is to be checked.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: ActionAsk.doers.union([.zoneOfficer])) else { return [:] }
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let mine = visit.caller.roles.isDisjoint(with: ActionAsk.managers.union([.zoneOfficer]))
        let owner = mine ? visit.caller.person : nil
        let (late, check) = try await visit.spine.district.store.read { reader in
            (
                try ActionTable.page(
                    .overdue, owner: owner, on: today, limit: 1, offset: 0, for: tenant, in: reader
                ).total,
                mine
                    ? 0
                    : try ActionTable.page(.check, on: today, limit: 1, offset: 0, for: tenant, in: reader).total
            )
        }
        var tasks: [JSON] = []
        for (count, view, word, kind, state) in [
            (late, "overdue", "actions_task_late", "danger", "actions_late"),
            (check, "check", "actions_task_check", "info", "actions_check"),
        ] where count > 0 {
            tasks.append([
                "href": .string("/safety/actions?view=\(view)"), "text": .string(visit.word(word)),
                "count": .string(Show.count(count)), "kind": .string(kind), "state": .string(visit.word(state)),
            ])
        }
        return ["tasks": .array(tasks)]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let query = TableQuery(visit.query, columns: ["due"], sortedBy: "due", size: 25)
        let view = ActionTable.View(rawValue: visit.query["view"] ?? "") ?? .open
        let mine = visit.query["mine"] == "yes"
        let (page, names) = try await visit.spine.district.store.read { reader in
            let page = try ActionTable.page(
                view, owner: mine ? visit.caller.person ?? "" : nil, on: today, limit: query.size,
                offset: query.offset, for: tenant, in: reader)
            var names: [ThingID: String] = [:]
            for thing in Set(page.rows.map(\.thing)) {
                names[thing] = try Things.find(thing, for: tenant, in: reader)?.name[visit.language]
            }
            return (page, names)
        }
        let table = Table(
            "actions", caption: visit.word("actions_title"), path: "/safety/actions", query,
            columns: [
                .init(nil, visit.word("actions_column_title")), .init(nil, visit.word("actions_column_band")),
                .init(nil, visit.word("actions_column_place")), .init(nil, visit.word("actions_column_due")),
                .init(nil, visit.word("actions_column_state")),
            ],
            rows: page.rows.map { action in
                [
                    Table.Cell(action.title, href: "/safety/actions/\(action.id)", isHead: true),
                    Table.Cell(badge: action.band.badge, action.band.words[visit.language]),
                    Table.Cell(names[action.thing] ?? action.thing.rawValue),
                    Table.Cell(due(action, today, visit)),
                    Table.Cell(badge: badge(action, today), state(action, today, visit)),
                ]
            }, total: page.total, empty: visit.word("actions_empty"),
            kept: ["view": view.rawValue, "mine": mine ? "yes" : ""].filter { !$0.value.isEmpty })
        let views: [JSON] = ActionTable.View.allCases.map { one in
            var entry: [String: JSON] = [
                "label": .string(visit.word("actions_view_\(one.rawValue)")),
                "href": .string("/safety/actions?view=\(one.rawValue)\(mine ? "&mine=yes" : "")"),
            ]
            if one == view { entry["current"] = true }
            return .object(entry)
        }
        return .page(
            "actions", title: visit.word("actions_title"),
            [
                "table": table.json, "views": .array(views),
                "may_open": .bool(!visit.caller.roles.isDisjoint(with: ActionAsk.managers)),
                "mine_href": .string("/safety/actions?view=\(view.rawValue)\(mine ? "" : "&mine=yes")"),
                "mine_label": .string(visit.word(mine ? "actions_everyones" : "actions_mine")),
            ], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["action"] ?? "", visit.spine.district)
        let today = KoreanDay(visit.now)
        let found = try await district.store.read { reader -> (SafetyAction, [Event], String?, String?)? in
            guard let action = try ActionTable.find(id, for: tenant, in: reader) else { return nil }
            return (
                action, try district.log.events(inStream: "action/\(id)", in: reader),
                try Things.find(action.thing, for: tenant, in: reader)?.name[visit.language],
                try action.owner.flatMap { try Directory.person($0, for: tenant, in: reader)?.name }
            )
        }
        guard let (action, events, place, owner) = found else {
            throw Refusal(.notFound, "action.unknown", Words("그런 조치가 없습니다.", "There is no such action."))
        }
        try await visit.look(at: action.scope, "action/\(id)")
        var context: [String: JSON] = [
            "band": Show.badge(action.band.badge, action.band.words[visit.language]),
            "state": Show.badge(badge(action, today), state(action, today, visit)),
            "place": .string(place ?? action.thing.rawValue), "step": .string(action.step.words[visit.language]),
            "owner": .string(owner ?? visit.word("actions_nobody")), "due": .string(due(action, today, visit)),
            "flags": .array(
                action.flags.map(\.rawValue).sorted().map {
                    .string(visit.word("actions_flag_\($0.replacing("-", with: "_"))"))
                }),
            "actions": .array(steps(action, visit)),
            "story": .array(
                events.map { event in
                    var entry: [String: JSON] = [
                        "time": Show.time(event.observed, visit.language), "name": .string(visit.eventName(event.type)),
                        "who": .string(visit.authorName(event.author)),
                    ]
                    for key in ["note", "reason"] {
                        if let text = event.payload[key]?.text { entry["note"] = .string(text) }
                    }
                    if let due = event.payload["due"]?.text, event.type == "safety.action.extended" {
                        entry["due"] = .string(due)
                    }
                    return .object(entry)
                }),
        ]
        if let proof = action.proof { context["proof_href"] = .string("/attachments/\(proof)") }
        if action.source.kind == "hazard" { context["source_href"] = .string("/safety/hazards/\(action.source.id)") }
        if let first = events.first { context["trace_href"] = .string("/trace/\(first.correlation)") }
        return .page("action", title: action.title, .object(context), live: true)
    }

    /// What who looks may do with it now.
    private func steps(_ action: SafetyAction, _ visit: Visit) -> [JSON] {
        let isManager = !visit.caller.roles.isDisjoint(with: ActionAsk.managers)
        let names: [String] =
            switch action.state {
            case .open: isManager ? ["complete", "assign", "extend", "cancel"] : ["complete"]
            case .done: isManager ? ["verify", "cancel"] : []
            case .verified, .cancelled: []
            }
        return names.filter {
            visit.spine.district.forms["safety.action.\($0)"]?.permission.allows(visit.caller) == true
        }
        .map {
            [
                "href": .string("/do/safety.action.\($0)?action=\(action.id)&next=/safety/actions/\(action.id)"),
                "label": .string(visit.word("actions_do_\($0)")),
            ]
        }
    }

    private func due(_ action: SafetyAction, _ today: KoreanDay, _ visit: Visit) -> String {
        let first = action.firstDue.description
        let extended =
            action.due > action.firstDue
            ? " → \(action.due) (\(visit.word("actions_extended")) \(action.extensions))" : ""
        guard let days = action.overdueDays(on: today) else { return first + extended }
        return first + extended + (visit.language == .ko ? " · \(days)일 지남" : " · \(days) days late")
    }

    private func badge(_ action: SafetyAction, _ today: KoreanDay) -> String {
        switch action.state {
        case .open: action.overdueDays(on: today) == nil ? "info" : "danger"
        case .done: "unknown"
        case .verified: "ok"
        case .cancelled: "off"
        }
    }

    private func state(_ action: SafetyAction, _ today: KoreanDay, _ visit: Visit) -> String {
        action.overdueDays(on: today) == nil ? action.state.words[visit.language] : visit.word("actions_late")
    }
}
