import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The firm's opinions: where one is given, with a name or without, and what became of the others.
struct OpinionRoutes {
    private static let people = Permission.roles([.worker, .operator, .safetyManager, .executive])

    var routes: [Route] {
        [
            .get("/safety/opinions", Self.people) { try await page($0) },
            .post("/safety/opinions", Self.people) { try await give($0) },
        ]
    }

    private func give(_ visit: Visit) async throws -> Reply {
        guard let firm = visit.caller.firm else { throw DutyRoutes.unknown }
        let form = visit.form
        let entered: [String: JSON] = [
            "topic": .string(form["topic"] ?? ""), "text": .string(form["text"] ?? ""),
        ]
        do {
            if form["anonymous"] == "on" {
                // The house records it: neither author nor key nor vault leads back to whoever spoke.
                let values = try GiveOpinion.form.check(entered)
                try await visit.spine.district.record(
                    [GiveOpinion.draft(values, firm: firm, by: nil, at: visit.now)],
                    origin: Origin(author: .system("safety.opinions")))
            } else {
                _ = try await visit.spine.district.perform(
                    GiveOpinion.form.name, entered, by: visit.caller, key: form["idempotency"])
            }
            return .redirect("/safety/opinions", flash: visit.word("opinions_given"))
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return try await page(visit, error: refusal)
        }
    }

    private func page(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        guard let firm = visit.caller.firm else { throw DutyRoutes.unknown }
        let query = TableQuery(visit.query, columns: ["given"], sortedBy: "-given", size: 20)
        let (opinions, minutes) = try await visit.spine.district.store.read { reader in
            (
                try OpinionTable.page(of: firm, limit: query.size, offset: query.offset, for: tenant, in: reader),
                try OpinionTable.minutes(of: firm, for: tenant, in: reader)
            )
        }
        let answers = !visit.caller.roles.isDisjoint(with: [.executive, .safetyManager])
        // Whoever comes to say something without a name is not written down as having come.
        if answers { try await visit.look(at: .firm(firm), "opinions") }
        var context: [String: JSON] = [
            "opinions": .array(opinions.rows.map { Self.entry($0, visit, answers: answers) }),
            "pager": query.pager("/safety/opinions", shown: opinions.rows.count, total: opinions.total),
            "minutes": .array(minutes.map { Self.entry($0, visit) }),
            "key": .string(Identifier(at: visit.now).description),
            "topics": .array(
                Opinion.Topic.allCases.map { topic in
                    var members: [String: JSON] = [
                        "value": .string(topic.rawValue), "label": .string(topic.words[visit.language]),
                    ]
                    if topic.rawValue == visit.form["topic"] { members["selected"] = true }
                    return .object(members)
                }),
        ]
        if let text = visit.form["text"] { context["text"] = .string(text) }
        if visit.form["anonymous"] == "on" { context["anonymous"] = true }
        if answers { context["minute_href"] = "/do/safety.committee.minute?next=/safety/opinions" }
        if let error {
            context["errors"] = [
                "items": .array(
                    error.faults.map { ["href": .string("#f-\($0.field)"), "text": .string($0.words[visit.language])] })
            ]
        }
        return .page(
            "opinions", title: visit.word("opinions_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent, live: true)
    }

    private static func entry(_ opinion: Opinion, _ visit: Visit, answers: Bool) -> JSON {
        let language = visit.language
        var members: [String: JSON] = [
            "topic": .string(opinion.topic.words[language]),
            "text": .string(opinion.text ?? visit.word("trace_erased")), "given": Show.time(opinion.given, language),
            "state": state(opinion, visit),
            "named": .string(visit.word(opinion.isAnonymous ? "opinions_anonymous" : "opinions_named")),
        ]
        if let decision = opinion.decision { members["decision"] = .string(decision.words[language]) }
        if let reason = opinion.reason { members["reason"] = .string(reason) }
        if let decided = opinion.decided { members["decided"] = Show.time(decided, language) }
        if opinion.state == .decided, let due = opinion.due { members["due"] = .string(due.description) }
        if let outcome = opinion.outcome { members["outcome"] = .string(outcome) }
        if let done = opinion.done { members["done"] = Show.time(done, language) }
        if let file = opinion.file { members["file_href"] = .string("/attachments/\(file)") }
        if answers, opinion.state == .waiting {
            members["decide_href"] = .string("/do/safety.opinion.decide?opinion=\(opinion.id)&next=/safety/opinions")
        }
        if answers, opinion.state == .decided {
            members["finish_href"] = .string("/do/safety.opinion.finish?opinion=\(opinion.id)&next=/safety/opinions")
        }
        return .object(members)
    }

    private static func state(_ opinion: Opinion, _ visit: Visit) -> JSON {
        switch opinion.state {
        case .waiting: Show.badge("info", visit.word("opinions_waiting"))
        case .decided:
            opinion.due.map { $0 < KoreanDay(visit.now) } == true
                ? Show.badge("danger", visit.word("opinions_overdue"))
                : Show.badge("warn", visit.word("opinions_decided"))
        case .done: Show.badge("ok", visit.word("opinions_done"))
        case .rejected: Show.badge("neutral", visit.word("opinions_rejected"))
        }
    }

    private static func entry(_ minutes: OpinionTable.Minutes, _ visit: Visit) -> JSON {
        let body = KeepMinutes.bodies.first { $0.value == minutes.body }?.label[visit.language] ?? minutes.body
        var members: [String: JSON] = [
            "day": .string(minutes.day.description), "body": .string(body), "heads": .string("\(minutes.heads)"),
            "href": .string("/attachments/\(minutes.file)"),
        ]
        if let summary = minutes.summary { members["summary"] = .string(summary) }
        return .object(members)
    }
}
