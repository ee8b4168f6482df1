import Access
import District
import Record
import Store
import Twin
import Web

/// One incident: how serious, whom to call, the form, the causes, the plan, and what stands between it and its end.
struct IncidentPage {
    let view: IncidentView

    /// What the page reads at once.
    private struct Facts: Sendable {
        let incident: Incident
        let story: [(event: Event, told: [String: JSON])]
        let place: String
        let employer: String
        let calls: [(to: String, at: Timestamp)]
        let actions: [SafetyAction]
        let orders: [GovernmentOrder]
        let isHeld: Bool
    }

    func page(_ visit: Visit) async throws -> Reply {
        let facts = try await read(visit)
        let incident = facts.incident
        try await visit.look(at: incident.scope, "incident/\(incident.id)")
        let today = KoreanDay(visit.now)
        let isManager = !visit.caller.roles.isDisjoint(with: IncidentAsk.managers)
        let calls = AtOnceCalls(
            incident.casualties, occurred: incident.occurred, mayBeSerious: incident.mayBeSerious, made: facts.calls,
            law: view.law, now: visit.now)
        let missing = ClosingStep.missing(
            incident, missingCalls: calls.isLawMissing, openOrders: facts.orders.count)
        let form = view.form30(incident, today, visit)
        var context: [String: JSON] = [
            "id": .string(incident.id), "place": .string(facts.place), "employer": .string(facts.employer),
            "type": .string(incident.type.words[visit.language]),
            "occurred": Show.time(incident.occurred, visit.language, now: visit.now),
            "harm": .string(view.harm(incident.casualties, visit)),
            "findings": [
                view.finding("osh", incident.osh, visit), view.finding("sapa", incident.sapa, visit),
            ],
            "calls": .array(calls.standings.map { call($0, visit) }), "people": .array(people(facts, isManager, visit)),
            "form30": Show.badge(form.kind, form.word), "form30_source": view.source(view.law.form30, visit),
            "signed": .array(
                ["employer", "representative"].map { one in
                    [
                        "label": .string(visit.word("incidents_sign_\(one)")),
                        "badge": incident.signed.contains(one)
                            ? Show.badge("ok", visit.word("incidents_signed"))
                            : Show.badge("unknown", visit.word("incidents_unsigned")),
                    ]
                }),
            "plan": .string(incident.plan.words[visit.language]),
            "actions": .array(
                facts.actions.map {
                    [
                        "href": .string("/safety/actions/\($0.id)"), "title": .string($0.title),
                        "due": .string($0.firstDue.description), "state": .string($0.state.words[visit.language]),
                    ]
                }),
            "orders": .array(facts.orders.map { IncidentListPage.order($0, today, visit) }),
            "missing": .array(incident.closed == nil ? missing.map { .string($0.words[visit.language]) } : []),
            "story": .array(told(facts, visit)), "buttons": .object(buttons(incident, visit)),
        ]
        if isManager { context["may_manage"] = true }
        if incident.form30 != .notNeeded, isManager {
            context["form_href"] = .string("/safety/incidents/\(incident.id)/form30")
        }
        if let other = incident.foldedInto { context["folded_href"] = .string("/safety/incidents/\(other)") }
        if let file = incident.form30File { context["file_href"] = .string("/attachments/\(file)") }
        if facts.isHeld { context["held"] = view.source(view.law.scene, visit) }
        if let closed = incident.closed { context["closed"] = Show.time(closed, visit.language) }
        if let first = facts.story.first?.event { context["trace_href"] = .string("/trace/\(first.correlation)") }
        if visit.caller.firm != nil, let what = facts.story.first?.told["what"]?.text {
            context["what"] = .string(what)
        }
        return .page(
            "incident", title: "\(incident.type.words[visit.language]) – \(facts.place)", .object(context), live: true)
    }

    private func read(_ visit: Visit) async throws -> Facts {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["incident"] ?? "", visit.spine.district)
        let facts = try await district.store.read { reader -> Facts? in
            guard let incident = try IncidentTable.find(id, for: tenant, in: reader) else { return nil }
            let events = try district.log.events(inStream: "incident/\(id)", in: reader)
            return Facts(
                incident: incident,
                story: try events.map { ($0, try district.log.disclosed($0, in: reader)) },
                place: try Things.find(incident.thing, for: tenant, in: reader)?.name[visit.language]
                    ?? incident.thing.rawValue,
                employer: try ContractTable.name(of: incident.employer, in: reader),
                calls: try IncidentTable.calls(of: id, for: tenant, in: reader),
                actions: try ActionTable.of("incident", id, for: tenant, in: reader),
                orders: try OrderTable.open(of: id, for: tenant, in: reader),
                isHeld: try Holds.inForce(on: incident.firm, in: reader).contains { $0.incident == id })
        }
        guard let facts else { throw Self.unknown }
        return facts
    }

    private func call(_ standing: AtOnceCalls.Standing, _ visit: Visit) -> JSON {
        let minutes = Show.span(standing.minutes * 60, visit.language)
        let badge =
            standing.made == nil
            ? Show.badge(standing.isLate ? "danger" : "warn", "\(visit.word("incidents_not_called")) · \(minutes)")
            : Show.badge(standing.isLate ? "warn" : "ok", "\(visit.word("incidents_called")) · \(minutes)")
        var entry: [String: JSON] = [
            "title": .string(standing.call.title[visit.language]), "badge": badge,
            "number": .string(standing.call.number), "href": .string("tel:\(standing.call.number)"),
            "source": view.source(standing.call.source, visit), "to": .string(standing.call.id),
        ]
        if standing.made == nil { entry["open"] = true }
        return .object(entry)
    }

    private func people(_ facts: Facts, _ isManager: Bool, _ visit: Visit) -> [JSON] {
        let names = facts.story.first?.told ?? [:]
        return facts.incident.casualties.people.map { one in
            var row: [String: JSON] = [
                "number": .string("\(one.number)"), "care": .string(one.care.words[visit.language]),
                "lost_days": .string("\(one.lostDays)"),
                "expected": .string(one.expectedDays.map { "\($0)" } ?? visit.word("incidents_unknown")),
                "months": .string(one.monthsOfCare.map { Show.number($0) } ?? visit.word("incidents_unknown")),
            ]
            if let nature = one.nature { row["nature"] = .string(nature.words[visit.language]) }
            if let disease = one.disease {
                row["nature"] = .string(
                    view.law.diseases.first { $0.id == disease }?.words[visit.language] ?? disease)
            }
            if one.isBack { row["back"] = true }
            // Who it is is for those who answer for the firm; everybody else reads a number.
            if isManager { row["name"] = .string(names["name_\(one.number)"]?.text ?? visit.word("incidents_unnamed")) }
            if isManager {
                row["href"] = .string(
                    "/do/safety.incident.update?incident=\(facts.incident.id)&number=\(one.number)"
                        + "&next=/safety/incidents/\(facts.incident.id)")
            }
            return .object(row)
        }
    }

    /// The buttons of each step, where the step is open and whoever looks may take it.
    private func buttons(_ incident: Incident, _ visit: Visit) -> [String: JSON] {
        guard incident.closed == nil else { return [:] }
        var buttons: [String: JSON] = [:]
        let steps: [(String, String, Bool)] = [
            ("call", "safety.call.log", true), ("prepare", "safety.form30.prepare", incident.form30Filed == nil),
            ("sign", "safety.form30.sign", incident.form30Filed == nil && incident.signed.count < 2),
            ("file", "safety.form30.file", incident.form30Filed == nil && incident.signed.count == 2),
            ("investigate", "safety.incident.investigate", true),
            ("plan", "safety.recurrence.plan", incident.isInvestigated && incident.plan != .verified),
            ("report", "safety.recurrence.report", incident.plan == .planned || incident.plan == .failed),
            ("verify", "safety.recurrence.verify", incident.plan == .reported),
            ("order", "safety.order.receive", true), ("close", "safety.incident.close", true),
            ("fold", "safety.incident.fold", true),
        ]
        for (name, command, isOpen) in steps where isOpen {
            guard visit.spine.district.forms[command]?.permission.allows(visit.caller) == true else { continue }
            buttons[name] = .string(
                "/do/\(command)?incident=\(incident.id)&next=/safety/incidents/\(incident.id)")
        }
        return buttons
    }

    private func told(_ facts: Facts, _ visit: Visit) -> [JSON] {
        facts.story.map { event, told in
            var entry: [String: JSON] = [
                "time": Show.time(event.observed, visit.language), "name": .string(visit.eventName(event.type)),
                "who": .string(visit.authorName(event.author)),
            ]
            if event.type == "safety.call.logged", let minutes = event.payload["minutes"]?.double {
                entry["note"] = .string("+\(Show.span(minutes * 60, visit.language))")
            }
            if let opinion = (told["opinion"] ?? told["decision"])?.text, visit.caller.firm != nil {
                entry["note"] = .string(opinion)
            }
            return .object(entry)
        }
    }

    static let unknown = Refusal(
        .notFound, "incident.unknown", Words("그런 사고 기록이 없습니다.", "There is no such incident."))
}
