import Access
import District
import Record
import Store
import Web

/// What staff see: objections, those overdue first, and incidents.
struct AppealDeskRoutes {
    var routes: [Route] {
        [
            .get("/stewardship/appeals", WatchRoutes.staff) { try await page($0) },
            .get("/stewardship/appeals/{appeal}/answer", WatchRoutes.staff) { try await answer($0) },
        ]
    }

    /// The form of an answer, under what it answers.
    private func answer(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["appeal"] ?? ""
        let (appeal, names) = try await visit.spine.district.store.read {
            (try AppealTable.find(id: id, in: $0), try WatchRoutes.names(visit.language, in: $0))
        }
        guard let appeal else {
            throw Refusal(.notFound, "appeal.unknown", Words("그런 이의가 없습니다.", "There is no such objection."))
        }
        guard appeal.answered == nil else {
            throw Refusal(.conflict, "appeal.answered", Words("이미 답한 이의입니다.", "It was answered already."))
        }
        if let person = visit.caller.person {
            try await visit.spine.district.store.read { try AnswerAppeal.checkOther(person, appeal, in: $0) }
        }
        try await visit.look(at: .zone, "appeals")
        let language = visit.language
        var context: [String: JSON] = [
            "wish": .string(appeal.wish.words[language]),
            "text": .string(appeal.text ?? visit.word("appeal_forgotten")),
            "use": .string(appeal.use.map { names[$0] ?? $0 } ?? visit.word("appeal_use_unknown")),
            "submitted": Show.time(appeal.submitted, language, now: visit.now),
            "due": .string(appeal.due.description),
            "outcomes": .array(
                Appeal.Outcome.allCases.map { AppealRoutes.option($0.rawValue, $0.words[language], isChosen: false) }),
            "hidden": Show.hidden([
                ("appeal", id), ("next", "/stewardship/appeals"),
                ("idempotency", Identifier(at: visit.now).description),
            ]),
        ]
        if let contact = appeal.contact { context["contact"] = .string(contact) }
        return .page("appeal-answer", title: visit.word("appeal_reply"), .object(context))
    }

    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard visit.caller.roles.contains(.zoneOfficer) else { return [:] }
        let today = KoreanDay(visit.now)
        let counts = try await visit.spine.district.store.read { try AppealTable.counts(on: today, in: $0) }
        guard counts.waiting > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/stewardship/appeals", "text": .string(visit.word("appeal_task")),
                    "count": .string(Show.count(counts.waiting)),
                    "kind": counts.overdue > 0 ? "danger" : "warn",
                    "state": .string(visit.word(counts.overdue > 0 ? "appeal_overdue" : "appeal_waiting")),
                ]
            ]
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let query = TableQuery(visit.query, columns: ["due"], sortedBy: "due", size: 25)
        let (page, incidents, names, owners) = try await visit.spine.district.store.read { reader in
            (
                try AppealTable.page(limit: query.size, offset: query.offset, in: reader),
                try AIIncidentTable.list(in: reader), try WatchRoutes.names(visit.language, in: reader),
                Dictionary(
                    try RegisterTable.all(in: reader).compactMap { entry in
                        entry.fields["owner"].map { (entry.id, $0) }
                    }, uniquingKeysWith: { first, _ in first })
            )
        }
        // Who reads what people wrote is on the audit.
        try await visit.look(at: .zone, "appeals")
        let (today, language) = (KoreanDay(visit.now), visit.language)
        let appeals: [JSON] = page.rows.map { appeal in
            var entry: [String: JSON] = [
                "wish": .string(appeal.wish.words[language]),
                "text": .string(appeal.text ?? visit.word("appeal_forgotten")),
                "use": .string(appeal.use.map { names[$0] ?? $0 } ?? visit.word("appeal_use_unknown")),
                "submitted": Show.time(appeal.submitted, language, now: visit.now),
                "due": .string(appeal.due.description),
            ]
            if let contact = appeal.contact { entry["contact"] = .string(contact) }
            if let outcome = appeal.outcome {
                entry["badge"] = Show.badge(outcome.badge, outcome.words[language])
                entry["answer"] = .string(appeal.answer ?? visit.word("appeal_forgotten"))
            } else {
                let isLate = appeal.isOverdue(on: today)
                entry["badge"] = Show.badge(
                    isLate ? "danger" : "warn", visit.word(isLate ? "appeal_overdue" : "appeal_waiting"))
                if appeal.use.flatMap({ owners[$0] }) == visit.caller.person?.rawValue {
                    entry["others"] = true
                } else {
                    entry["answer_href"] = .string("/stewardship/appeals/\(appeal.id)/answer")
                }
            }
            return .object(entry)
        }
        let rows: [JSON] = incidents.map { incident in
            var entry: [String: JSON] = [
                "use": .string(names[incident.use] ?? incident.use),
                "harm": Show.badge(incident.harm.badge, incident.harm.words[language]),
                "text": .string(incident.text ?? visit.word("appeal_forgotten")),
                "happened": .string(incident.happened.description),
            ]
            if incident.closed != nil {
                entry["measures"] = .string(incident.measures ?? visit.word("appeal_forgotten"))
            } else {
                entry["close_href"] = .string(
                    "/do/stewardship.incident.close?incident=\(incident.id)&next=/stewardship/appeals")
            }
            return .object(entry)
        }
        return .page(
            "appeals", title: visit.word("appeals_title"),
            [
                "appeals": .array(appeals), "incidents": .array(rows),
                "pager": query.pager("/stewardship/appeals", shown: page.rows.count, total: page.total),
            ], live: true)
    }
}
