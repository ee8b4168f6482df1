import Access
import District
import HTTPTypes
import Record
import Series
import Store
import Web

/// The alarm list, one alarm, and the two things that can be done with one.
struct AlarmRoutes {
    var routes: [Route] {
        [
            .get("/alarms", .member) { try await list($0) },
            .get("/alarms/{alarm}", .signedIn) { try await one($0) },
            .post("/alarms/{alarm}/acknowledge", .signedIn) { visit in
                try await perform(visit, "sensing.alarm.acknowledge", field: "note", done: "alarm_ack_done")
            },
            .post("/alarms/{alarm}/clear", .signedIn) { visit in
                try await perform(visit, "sensing.alarm.clear", field: "reason", done: "alarm_clear_done")
            },
            .get("/api/v1/alarms", .signedIn.orToken("read")) { try await json($0) },
        ]
    }

    private static func query(_ visit: Visit) -> TableQuery {
        TableQuery(visit.query, columns: AlarmTable.sortable, sortedBy: "-priority", size: 25)
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = Self.query(visit)
        let isAll = visit.query["view"] == "all"
        let (open, all, counts, names) = try await visit.spine.district.store.read { reader in
            let open = try AlarmTable.list(query, openOnly: true, for: tenant, in: reader)
            let all = try AlarmTable.list(query, openOnly: false, for: tenant, in: reader)
            return (
                open, all, try AlarmTable.counts(for: tenant, in: reader),
                try AlarmView.names(of: open.rows + all.rows, for: tenant, in: reader)
            )
        }
        let view = AlarmView(visit: visit, names: names)
        let shown = isAll ? all : open
        let waiting = open.rows.filter { $0.state.wantsAcknowledgement }.count
        var views: [JSON] = []
        for (name, word, total) in [("open", "alarms_view_open", open.total), ("all", "alarms_view_all", all.total)] {
            var entry: [String: JSON] = [
                "label": .string(visit.word(word)), "href": .string("/alarms?view=\(name)"),
                "count": .string(Show.count(total)),
            ]
            if (name == "all") == isAll { entry["current"] = true }
            views.append(.object(entry))
        }
        let kept = isAll ? ["view": "all"] : [:]
        var context: [String: JSON] =
            [
                "headline": headline(visit, waiting: waiting, open: open.total), "views": .array(views),
                "counts": view.counts(counts), "alarms": .array(shown.rows.map(view.row)),
                "filter": query.filterBox("/alarms", label: visit.word("alarms_filter"), kept: kept),
                "empty": .string(visit.word(isAll ? "alarms_empty" : "alarms_empty_open")),
                "pager": query.pager("/alarms", shown: shown.rows.count, total: shown.total, kept: kept),
            ]
        try await Self.detection(visit, &context)
        return .page("alarms", title: visit.word("alarms_title"), .object(context), live: true)
    }

    /// What people are told of the detection while it runs, else that deviations are not looked for at present, and why.
    /// Hard limits are watched all the same.
    static func detection(_ visit: Visit, _ context: inout [String: JSON]) async throws {
        let district = visit.spine.district
        let standing = try await district.standing(of: Declarations.tail)
        if standing == .runs {
            context["detection_notice"] = .string(try await district.notice(of: Declarations.tail)[visit.language])
        } else {
            context["detection_off"] = .string("\(visit.word("detection_off")) \(standing.words[visit.language])")
        }
    }

    private func headline(_ visit: Visit, waiting: Int, open: Int64) -> JSON {
        if waiting > 0 {
            let text =
                visit.language == .ko
                ? "확인하지 않은 경보가 \(waiting)건 있습니다." : "\(waiting) alarms wait for someone to acknowledge them."
            return ["kind": "danger", "text": .string(text)]
        }
        if open > 0 { return ["kind": "warn", "text": .string(visit.word("home_headline_active"))] }
        return ["kind": "ok", "text": .string(visit.word("home_headline_quiet"))]
    }

    private func one(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["alarm"] ?? "", visit.spine.district)
        let found = try await district.store.read { reader -> (AlarmRow, [AlarmStory], [ThingID: Words])? in
            guard let alarm = try AlarmTable.find(id, for: tenant, in: reader) else { return nil }
            let story = try district.log.events(inStream: "alarm/\(id)", in: reader).map { event in
                AlarmStory(event: event, payload: try district.payload(of: event, in: reader))
            }
            return (alarm, story, try AlarmView.names(of: [alarm], for: tenant, in: reader))
        }
        guard let (alarm, story, names) = found else { throw Self.unknown }
        try await visit.look(at: alarm.scope, "alarm/\(id)")
        let page = AlarmPage(visit: visit, view: AlarmView(visit: visit, names: names), alarm: alarm, story: story)
        return .page(
            "alarm", title: page.title, try await page.context(error),
            status: error == nil ? .ok : .unprocessableContent, live: true)
    }

    private func perform(_ visit: Visit, _ command: String, field: String, done: String) async throws -> Reply {
        let id = visit.parameters["alarm"] ?? ""
        var entered: [String: JSON] = ["alarm": .string(id)]
        if let text = visit.form[field], !text.isEmpty { entered[field] = .string(text) }
        do {
            // The button's own dialogue read the step back; without script the page itself says what it does.
            _ = try await visit.spine.district.perform(
                command, entered, by: visit.caller, key: visit.form["idempotency"], confirmed: true)
            return .redirect("/alarms/\(id)", flash: visit.word(done))
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return try await one(visit, error: refusal)
        }
    }

    private func json(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = Self.query(visit)
        let openOnly = visit.query["view"] != "all"
        let alarms = try await visit.spine.district.store.read {
            try AlarmTable.list(query, openOnly: openOnly, for: tenant, in: $0)
        }
        return .json([
            "total": .decimal(alarms.total),
            "alarms": .array(
                alarms.rows.map { alarm in
                    [
                        "id": .string(alarm.id), "thing": .string(alarm.thing.rawValue),
                        "property": alarm.property.map { .string($0) } ?? .null, "state": .string(alarm.state.rawValue),
                        "priority": .string(alarm.priority), "origin": .string(alarm.origin),
                        "raised": .string(alarm.raised.description), "observed": .string(alarm.observed.description),
                        "correlation": .string(alarm.correlation.description),
                        "why": .string(alarm.why[visit.language]),
                    ]
                }),
        ])
    }

    static let unknown = Refusal(.notFound, "alarm.unknown", Words("그런 경보가 없습니다.", "There is no such alarm."))
}
