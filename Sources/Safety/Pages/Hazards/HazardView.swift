import Access
import District
import Record
import Web

/// One hazard as its page shows it.
struct HazardView {
    let story: HazardStory
    let visit: Visit

    private var hazard: Hazard { story.hazard }
    /// The words and the photo of a report may show who made it, so colleagues do not see them.
    private var seesContent: Bool {
        !visit.caller.roles.isDisjoint(with: HazardAsk.managers.union([.zoneOfficer]))
    }

    var context: [String: JSON] {
        let language = visit.language
        var context: [String: JSON] = [
            "state": Show.badge(hazard.state.badge, hazard.state.words[language]),
            "place": .string(story.place[language]), "origin": .string(hazard.origin.words[language]),
            "number": .string(hazard.number),
            "raised": Show.time(hazard.raised, language, now: visit.now),
            "accident": .string(hazard.accident?.words[language] ?? visit.word("hazards_kind_unknown")),
            "steps": .array(steps), "actions": .array(actions), "closures": .array(closures), "alike": .array(alike),
            "story": .array(events),
        ]
        if let band = hazard.band { context["band"] = Show.badge(band.badge, band.words[language]) }
        if let risk = hazard.risk {
            context["risk"] = .string("\(risk.likelihood) × \(risk.severity) = \(risk.likelihood * risk.severity)")
        }
        if let reason = hazard.reason { context["reason"] = .string(reason) }
        if let why = hazard.why { context["why"] = .string(why[language]) }
        if let joined = hazard.joined { context["joined_href"] = .string("/safety/hazards/\(joined)") }
        if let alarm = hazard.alarm {
            context["alarm"] = [
                "href": .string("/alarms/\(alarm.id)"),
                "priority": .string(visit.word("hazards_priority_\(alarm.priority)")),
            ]
        }
        if let first = story.events.first { context["trace_href"] = .string("/trace/\(first.correlation)") }
        guard seesContent else { return context }
        if let text = hazard.text {
            context["text"] = .string(text)
            context["types_href"] = .string("/safety/hazards/\(hazard.id)/types")
            context["similar_href"] = .string("/safety/hazards/\(hazard.id)/similar")
        }
        if let photo = hazard.photo {
            var shown: [String: JSON] = [
                "href": .string("/attachments/\(photo.hash)"), "hash": .string(String(photo.hash.prefix(16))),
            ]
            switch photo.isAsTaken {
            case true?: shown["as_taken"] = true
            case false?: shown["changed"] = true
            case nil: shown["unmeasured"] = true
            }
            if photo.isReused { shown["reused"] = true }
            context["photo"] = .object(shown)
        }
        return context
    }

    /// What who looks may do with it now.
    private var steps: [JSON] {
        let names: [String] =
            switch hazard.state {
            case .raised, .proposed: ["accept", "reject"]
            case .accepted, .controlled: hazard.band?.isAcceptable == true ? ["act", "close"] : ["act"]
            case .closed, .rejected, .joined: []
            }
        let own = "/safety/hazards/\(hazard.id)"
        return names.filter {
            visit.spine.district.forms["safety.hazard.\($0)"]?.permission.allows(visit.caller) == true
        }
        .map { name in
            var step: [String: JSON] = [
                "href": .string("/do/safety.hazard.\(name)?hazard=\(hazard.id)&next=\(own)"),
                "label": .string(visit.word("hazards_do_\(name)")),
            ]
            if name == "accept" || name == "act" { step["primary"] = true }
            return .object(step)
        }
    }

    private var actions: [JSON] {
        story.actions.map { action in
            [
                "href": .string("/safety/actions/\(action.id)"), "title": .string(action.title),
                "state": Show.badge(
                    action.state == .verified ? "ok" : action.state == .open ? "warn" : "info",
                    action.state.words[visit.language]),
                "due": .string(action.firstDue.description),
            ]
        }
    }

    private var closures: [JSON] {
        story.closures.map { closure in
            var entry: [String: JSON] = ["closed": Show.time(closure.closed, visit.language)]
            if let opened = closure.opened { entry["opened"] = Show.time(opened, visit.language) }
            return .object(entry)
        }
    }

    /// Others at the same place, perhaps the same danger.
    private var alike: [JSON] {
        guard visit.spine.district.forms["safety.hazard.join"]?.permission.allows(visit.caller) == true else {
            return []
        }
        return story.alike.map { other in
            [
                "href": .string("/safety/hazards/\(other.id)"),
                "title": .string(
                    "\(other.accident?.words[visit.language] ?? visit.word("hazards_kind_unknown")) · \(other.number)"),
                "join_href": .string(
                    "/do/safety.hazard.join?hazard=\(hazard.id)&into=\(other.id)&next=/safety/hazards/\(other.id)"),
            ]
        }
    }

    private var events: [JSON] {
        story.events.map { event in
            [
                "time": Show.time(event.recorded, visit.language), "name": .string(visit.eventName(event.type)),
                "who": .string(visit.authorName(event.author)),
            ]
        }
    }
}
