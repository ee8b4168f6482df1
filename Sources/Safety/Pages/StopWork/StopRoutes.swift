import Access
import District
import Record
import Store
import Twin
import Web

/// Stops of work: the red button, the list with its times, and one of them with its answer.
struct StopRoutes {
    let book: StopWorkBook

    var routes: [Route] {
        [
            .get("/safety/stops", .signedIn) { try await list($0) },
            .get("/safety/stops/{stop}", .signedIn) { try await one($0) },
        ]
    }

    /// For managers the stops that wait for an answer; for a worker the answer to their own.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: StopWork.roles) else { return [:] }
        let (tenant, person) = (try visit.tenant, visit.caller.person)
        let isManager = !visit.caller.roles.isDisjoint(with: HazardAsk.managers)
        let (waiting, answered) = try await visit.spine.district.store.read { reader in
            (
                isManager ? try StopTable.unanswered(for: tenant, in: reader).count : 0,
                try person.map {
                    try StopTable.own($0, for: tenant, in: reader).first { $0.answered != nil && $0.read == nil }
                } ?? nil
            )
        }
        var tasks: [JSON] = []
        if waiting > 0 {
            tasks.append([
                "href": "/safety/stops", "text": .string(visit.word("stops_task_answer")),
                "count": .string(Show.count(waiting)), "kind": "danger", "life": true,
                "state": .string(visit.word("stops_task_answer_state")),
            ])
        }
        if let answered {
            tasks.append([
                "href": .string("/safety/stops/\(answered.id)"), "text": .string(visit.word("stops_task_read")),
                "kind": "info", "state": .string(visit.word("stops_task_read_state")),
            ])
        }
        return ["tasks": .array(tasks)]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, person) = (try visit.tenant, visit.caller.person)
        let query = TableQuery(visit.query, columns: ["stopped"], sortedBy: "-stopped", size: 25)
        let (page, own, names) = try await visit.spine.district.store.read { reader in
            let page = try StopTable.page(limit: query.size, offset: query.offset, for: tenant, in: reader)
            let own = try person.map { try StopTable.own($0, for: tenant, in: reader) } ?? []
            return (
                page, Set(own.map(\.id)),
                try HazardRoutes.names(page.rows.map(\.thing), visit.language, tenant, reader)
            )
        }
        let table = Table(
            "stops", caption: visit.word("stops_title"), path: "/safety/stops", query,
            columns: [
                .init(nil, visit.word("stops_column_place")), .init(nil, visit.word("stops_column_what")),
                .init(nil, visit.word("stops_column_state")), .init(nil, visit.word("stops_column_answer")),
                .init(nil, visit.word("stops_column_at")),
            ],
            rows: page.rows.map { stop in
                [
                    Table.Cell(
                        (names[stop.thing] ?? stop.thing.rawValue)
                            + (own.contains(stop.id) ? " – \(visit.word("stops_mine"))" : ""),
                        href: "/safety/stops/\(stop.id)", isHead: true),
                    Table.Cell(stop.accident?.words[visit.language] ?? visit.word("hazards_kind_unknown")),
                    Table.Cell(badge: stop.state.badge, stop.state.words[visit.language]),
                    Table.Cell(time(stop, visit)),
                    Table.Cell(time: Show.time(stop.stopped, visit.language, now: visit.now)),
                ]
            }, total: page.total, empty: visit.word("stops_empty"))
        var context: [String: JSON] = ["table": table.json, "citation": .string(book.citation[visit.language])]
        if !visit.caller.roles.isDisjoint(with: StopWork.roles) { context["may_stop"] = true }
        return .page("stops", title: visit.word("stops_title"), .object(context), live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, person) = (try visit.tenant, visit.parameters["stop"] ?? "", visit.caller.person)
        let district = visit.spine.district
        let found = try await district.store.read { reader -> (WorkStop, Bool, String?, [SafetyAction], [Event])? in
            guard let stop = try StopTable.find(id, for: tenant, in: reader) else { return nil }
            let own = try person.map { try StopTable.own($0, for: tenant, in: reader) } ?? []
            return (
                stop, own.contains { $0.id == id },
                try Things.find(stop.thing, for: tenant, in: reader)?.name[visit.language],
                try ActionTable.of("stop", id, for: tenant, in: reader),
                try district.log.events(inStream: "stop/\(id)", in: reader)
            )
        }
        guard let (stop, isOwn, place, actions, events) = found else {
            throw Refusal(.notFound, "stop.unknown", Words("그런 작업중지가 없습니다.", "There is no such stop."))
        }
        // Who reads the answer to their own stop would be known by it to whoever reads the list of looks.
        if !isOwn { try await visit.look(at: stop.scope, "stop/\(id)") }
        let language = visit.language
        var context: [String: JSON] = [
            "state": Show.badge(stop.state.badge, stop.state.words[language]),
            "place": .string(place ?? stop.thing.rawValue),
            "stopped": Show.time(stop.stopped, language, now: visit.now),
            "accident": .string(stop.accident?.words[language] ?? visit.word("hazards_kind_unknown")),
            "language": .string(stop.language.words[language]), "time": .string(time(stop, visit)),
            "steps": .array(steps(stop, isOwn, visit)),
            "actions": .array(
                actions.map {
                    [
                        "href": .string("/safety/actions/\($0.id)"), "title": .string($0.title),
                        "state": .string($0.state.words[language]),
                    ]
                }),
            "story": .array(
                events.map {
                    [
                        "time": Show.time($0.recorded, language), "name": .string(visit.eventName($0.type)),
                        "who": .string(visit.authorName($0.author)),
                    ]
                }),
        ]
        if let answer = stop.answer { context["answer"] = .string(answer) }
        if let read = stop.read { context["read"] = Show.time(read, language) }
        if isOwn { context["own"] = true }
        if isOwn || !visit.caller.roles.isDisjoint(with: HazardAsk.managers.union([.zoneOfficer])),
            let text = stop.text
        {
            context["text"] = .string(text)
        }
        if let first = events.first { context["trace_href"] = .string("/trace/\(first.correlation)") }
        return .page("stop", title: visit.word("stops_one"), .object(context), live: true)
    }

    /// What who looks may do with it now.
    private func steps(_ stop: WorkStop, _ isOwn: Bool, _ visit: Visit) -> [JSON] {
        var names: [String] =
            switch stop.state {
            case .stopped: ["respond"]
            case .answered: ["respond", "resume"]
            case .resumed: []
            }
        if isOwn, stop.answered != nil, stop.read == nil { names.append("read") }
        return names.filter { visit.spine.district.forms["safety.work.\($0)"]?.permission.allows(visit.caller) == true }
            .filter { $0 != "read" || isOwn }
            .map {
                [
                    "href": .string("/do/safety.work.\($0)?stop=\(stop.id)&next=/safety/stops/\(stop.id)"),
                    "label": .string(visit.word("stops_do_\($0)")),
                ]
            }
    }

    /// How long the first answer took, or has been awaited.
    private func time(_ stop: WorkStop, _ visit: Visit) -> String {
        let span = Show.span(stop.seconds(at: visit.now), visit.language)
        guard stop.answered == nil else { return span }
        let late = stop.seconds(at: visit.now) > Double(book.answerMinutes) * 60
        return "\(visit.word(late ? "stops_waiting_long" : "stops_waiting")) \(span)"
    }
}
