import Access
import District
import Record
import Web

/// Hand-overs as the desk's pages show them.
struct DeskView: Sendable {
    /// What an intent is called, where it is known.
    let title: @Sendable (String, Spine) -> Words?

    /// What somebody wanted, in words.
    func about(_ handover: Handover, _ visit: Visit) -> String { name(handover.intent, visit) }

    func name(_ intent: String?, _ visit: Visit) -> String {
        guard let intent else { return visit.word("desk_about_unknown") }
        return (title(intent, visit.spine) ?? visit.spine.district.forms[intent]?.title)?[visit.language] ?? intent
    }

    func card(_ handover: Handover, _ visit: Visit) -> JSON {
        let language = visit.language
        var members: [String: JSON] = [
            "id": .string(handover.id), "href": .string("/citizen/desk/handovers/\(handover.id)"),
            "about": .string(about(handover, visit)), "reason": .string(handover.reason.words[language]),
            "requested": Show.time(handover.requested, language, now: visit.now),
            "waited": .string(Show.span(handover.waited(at: visit.now), language)),
            "channel": .string(visit.word("desk_channel_\(handover.channel)")),
            "tongue": .string(visit.word("desk_tongue_\(handover.language.rawValue)")),
            "state": Show.badge(handover.state.badge, visit.word("desk_state_\(handover.state.rawValue)")),
            "key": .string(Identifier(at: visit.now).description),
        ]
        if [.waiting, .callback].contains(handover.state) { members["open"] = true }
        if handover.state == .taken, handover.taker != visit.caller.person {
            let place = "/citizen/desk/handovers/\(handover.id)"
            members["from_href"] = .string("/do/citizen.handover.take?handover=\(handover.id)&next=\(place)")
        }
        if let endangered = handover.endangered {
            members["danger"] = [
                "badge": Show.badge("critical", visit.word("desk_danger")),
                "time": Show.time(endangered, language, now: visit.now),
            ]
        }
        if let due = handover.due { members["due"] = Show.time(due, language, now: visit.now) }
        if let wish = handover.wish { members["wish"] = .string(wish) }
        if handover.tries > 0 { members["tries"] = .string(Show.count(handover.tries)) }
        if let outcome = handover.outcome { members["outcome"] = .string(outcome.words[language]) }
        return .object(members)
    }

    func page(
        _ handover: Handover, _ lines: [HandoverTable.Line], _ dialogue: Dialogue?, _ visit: Visit
    ) -> [String: JSON] {
        let language = visit.language
        let isMine = handover.state == .taken && handover.taker == visit.caller.person
        var context: [String: JSON] = [
            "card": card(handover, visit), "mine": .bool(isMine),
            "chat": .array(lines.filter { $0.who != "note" }.map { line($0, visit) }),
            "notes": .array(lines.filter { $0.who == "note" }.map { line($0, visit) }),
            "steps": .array(isMine ? steps(handover, visit) : []),
        ]
        // A conversation that is not kept here (an invented one of the sample, one long over) has no page.
        if dialogue != nil { context["dialogue_href"] = .string("/citizen/dialogues/\(handover.dialogue)") }
        if let content = handover.content {
            context["said"] = .array(
                content.transcript.map {
                    [
                        "who": .string($0.who), "name": .string(visit.word("desk_who_\($0.who)")),
                        "text": .string($0.text),
                    ]
                })
            context["slots"] = .array(
                content.slots.map { ["label": .string($0.label[language]), "value": .string($0.value[language])] })
        } else {
            context["erased"] = true
        }
        if let phone = handover.phone {
            context["phone"] = ["href": .string("tel:\(phone)"), "text": .string(Self.grouped(phone))]
        }
        if isMine, let href = formLink(handover, dialogue, visit) { context["form_href"] = .string(href) }
        if let failure = handover.failure { context["failure"] = .string(failure.words[language]) }
        return context
    }

    private func line(_ line: HandoverTable.Line, _ visit: Visit) -> JSON {
        [
            "who": .string(line.who), "name": .string(visit.word("desk_who_\(line.who)")),
            "text": .string(line.text ?? visit.word("trace_erased")),
            "time": Show.time(line.at, visit.language, now: visit.now),
        ]
    }

    private func steps(_ handover: Handover, _ visit: Visit) -> [JSON] {
        let names = ["handover.finish"] + (handover.phone == nil ? [] : ["callback.try"]) + ["callback.arrange"]
        return names.map { name in
            let place = name == "handover.finish" ? "/citizen/desk" : "/citizen/desk/handovers/\(handover.id)"
            return [
                "href": .string("/do/citizen.\(name)?handover=\(handover.id)&next=\(place)"),
                "label": .string(visit.word("desk_do_\(name.replacing(".", with: "_"))")),
            ]
        }
    }

    /// The form of what they wanted, filled in as far as it was understood, so that staff can finish it. What is
    /// personal stays out of the address and stands on the page instead.
    func formLink(_ handover: Handover, _ dialogue: Dialogue?, _ visit: Visit) -> String? {
        guard let intent = handover.intent, let form = visit.spine.district.forms[intent] else { return nil }
        guard form.permission.allows(visit.caller) else { return nil }
        let known = form.fields.filter { !$0.isPersonal }.compactMap { field -> String? in
            guard let json = dialogue?.answers[field.name]?.json else { return nil }
            let text = json.text ?? json.canonicalText
            return "\(field.name)=\(Table.encoded(text))"
        }
        return "/do/\(intent)?" + (known + ["next=/citizen/desk/handovers/\(handover.id)"]).joined(separator: "&")
    }

    /// A number as people read it: 010-1234-5678.
    static func grouped(_ digits: String) -> String {
        guard digits.count >= 9, digits.allSatisfy(\.isNumber) else { return digits }
        let area = digits.hasPrefix("02") ? 2 : 3
        return "\(digits.prefix(area))-\(digits.dropFirst(area).dropLast(4))-\(digits.suffix(4))"
    }
}
