import Access
import District
import Record
import Store
import Twin
import Web

/// One emergency or drill: how everyone stands, what is to be decided, its messages, and its end.
struct EmergencyPage {
    let scenarios: Scenarios
    let composer: CAPComposer

    func page(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["emergency"] ?? "", visit.spine.district)
        let read = try await district.store.read {
            reader -> (Emergency, Roster, RosterNames, String, [Event], [SafetyAction], String?)? in
            guard let emergency = try EmergencyTable.find(id, for: tenant, in: reader) else { return nil }
            let roster = try EmergencyTable.roster(of: id, for: tenant, in: reader)
            let names = try RosterNames(
                roster.unaccounted.map(\.id), of: id, at: emergency.scope, for: tenant, district: district, in: reader)
            let place = try Things.find(emergency.thing, for: tenant, in: reader)?.name[visit.language]
            var story = try district.log.events(inStream: "emergency/\(id)", in: reader)
            for stream in ["cap/\(id)", "drill/\(id)"] {
                story += try district.log.events(inStream: stream, in: reader)
            }
            let commander = try emergency.commander.flatMap {
                try Directory.person($0, for: tenant, in: reader)?.name
            }
            return (
                emergency, roster, names, place ?? emergency.thing.rawValue, story,
                try ActionTable.of("drill", id, for: tenant, in: reader), commander
            )
        }
        guard let (emergency, roster, names, place, story, actions, commander) = read else { throw Self.unknown }
        try await visit.look(at: emergency.scope, "emergency/\(id)")
        var context = EmergencyView.counts(roster)
        context.merge([
            "state": EmergencyView.kind(emergency, visit), "id": .string(id), "place": .string(place),
            "scenario": .string(scenarios[emergency.scenario]?.words[visit.language] ?? emergency.scenario),
            "declared": Show.time(emergency.declared, visit.language, now: visit.now),
            "commander": .string(commander ?? visit.word("emergency_nobody")),
            "muster_href": .string("/safety/muster/\(emergency.site)"),
            "map_href": .string("/safety/emergencies/\(id)/map"),
            "open_people": .array(open(roster, names, emergency, visit)), "actions": .array(buttons(emergency, visit)),
            "messages": .array(messages(emergency, visit)), "story": .array(told(story, visit)),
            "gaps": .array(
                actions.map {
                    [
                        "href": .string("/safety/actions/\($0.id)"), "title": .string($0.title),
                        "state": .string($0.state.words[visit.language]),
                    ]
                }),
        ]) { $1 }
        if let seconds = roster.secondsToAccount(from: emergency.declared) {
            context["time"] = .string(Show.span(seconds, visit.language))
        }
        if let cleared = emergency.cleared { context["cleared"] = Show.time(cleared, visit.language) }
        if emergency.isRunning, emergency.commander != nil, emergency.commander == visit.caller.person {
            context["clear"] = clear(roster, names)
        }
        if let first = story.first { context["trace_href"] = .string("/trace/\(first.correlation)") }
        return .page(
            "emergency-one", title: "\(scenarios[emergency.scenario]?.words[visit.language] ?? "") – \(place)",
            .object(context), live: true)
    }

    private func open(_ roster: Roster, _ names: RosterNames, _ emergency: Emergency, _ visit: Visit) -> [JSON] {
        EmergencyView.pressing(roster.unaccounted).map { entry in
            var row: [String: JSON] = [
                "name": .string(names[entry.id].name), "kind": .string(entry.kind.words[visit.language]),
                "badge": EmergencyView.badge(entry.standing, visit),
            ]
            if let company = names[entry.id].company { row["company"] = .string(company) }
            if case .conflict = entry.standing, emergency.isRunning {
                row["resolve_href"] = .string(
                    "/do/safety.muster.resolve?emergency=\(emergency.id)&entry=\(entry.id)"
                        + "&next=/safety/emergencies/\(emergency.id)")
            }
            return .object(row)
        }
    }

    /// The form for all clear: a reason for each who was not seen safe, the name beside the box.
    private func clear(_ roster: Roster, _ names: RosterNames) -> JSON {
        .object([
            "people": .array(
                roster.unaccounted.enumerated().map { index, entry in
                    [
                        "index": .string("\(index)"), "entry": .string(entry.id),
                        "name": .string(names[entry.id].name),
                    ]
                })
        ])
    }

    private func buttons(_ emergency: Emergency, _ visit: Visit) -> [JSON] {
        let names: [String] =
            emergency.isRunning
            ? ["safety.emergency.command", "safety.emergency.update", "safety.cap.hand-over"]
            : emergency.isDrill && !emergency.isReported
                ? ["safety.drill.complete", "safety.cap.hand-over"] : ["safety.cap.hand-over"]
        return names.compactMap { name in
            guard let form = visit.spine.district.forms[name], form.permission.allows(visit.caller) else { return nil }
            return [
                "href": .string("/do/\(name)?emergency=\(emergency.id)&next=/safety/emergencies/\(emergency.id)"),
                "label": .string(form.title[visit.language]),
            ]
        }
    }

    private func messages(_ emergency: Emergency, _ visit: Visit) -> [JSON] {
        emergency.messages.reversed().map { place in
            [
                "href": .string("/safety/emergencies/\(emergency.id)/cap.xml?number=\(place.number)"),
                "label": .string(
                    visit.word(
                        place.isEnd
                            ? "emergency_cap_cancel"
                            : place.number == 1 ? "emergency_cap_alert" : "emergency_cap_update")),
                "sent": Show.time(place.sent, visit.language),
                "status": .string(emergency.isDrill ? "Exercise" : "Actual"),
            ]
        }
    }

    private func told(_ story: [Event], _ visit: Visit) -> [JSON] {
        story.sorted { ($0.observed, $0.id) < ($1.observed, $1.id) }.map { event in
            var entry: [String: JSON] = [
                "time": Show.time(event.observed, visit.language), "name": .string(visit.eventName(event.type)),
                "who": .string(visit.authorName(event.author)),
            ]
            if let text = (event.payload[visit.language.rawValue] ?? event.payload["message"] ?? event.payload["to"])?
                .text
            {
                entry["note"] = .string(text)
            }
            return .object(entry)
        }
    }

    /// The CAP message as a file: handed over, never sent by us.
    func cap(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["emergency"] ?? "")
        let number = visit.query["number"].flatMap { Int($0) }
        let read = try await visit.spine.district.store.read { [composer] reader -> (Scope, CAPAlert?)? in
            guard let emergency = try EmergencyTable.find(id, for: tenant, in: reader) else { return nil }
            return (emergency.scope, try composer.message(number, of: emergency, for: tenant, in: reader))
        }
        guard let (scope, message) = read, let message else { throw Self.unknown }
        try await visit.look(at: scope, "emergency/\(id)/cap")
        let document = message.document
        let faults = CAPRules.check(document)
        guard faults.isEmpty else {
            throw Refusal(.conflict, "cap.invalid", Words("메시지가 표준에 맞지 않습니다.", "The message breaks the standard."))
        }
        return .bytes(
            Array(document.utf8), type: "application/cap+xml; charset=utf-8", download: "\(message.identifier).xml")
    }

    static let unknown = Refusal(
        .notFound, "emergency.unknown", Words("그런 비상 상황이 없습니다.", "There is no such emergency."))
}
