import Access
import District
import Record
import Web

/// Hand-overs as the desk's pages show them.
struct DeskView: Sendable {
    /// What an intent is called, where it is known.
    let title: @Sendable (String, Spine) -> Words?
    /// What a wish to be called means that was uttered at a moment.
    let wish: @Sendable (String, Timestamp, Spine) throws -> CallWish
    let hours: DeskHours
    /// What the city offers, by whose names what was filed is shown.
    let services: CityServices

    /// What somebody wanted, in words.
    func about(_ handover: Handover, _ visit: Visit) -> String { name(handover.intent, visit) }

    func name(_ intent: String?, _ visit: Visit) -> String {
        guard let intent else { return visit.word("desk_about_unknown") }
        return (title(intent, visit.spine) ?? visit.spine.district.forms[intent]?.title)?[visit.language] ?? intent
    }

    /// What they said of when to call them; nothing where they said nothing.
    func wish(of handover: Handover, _ visit: Visit) throws -> CallWish {
        try handover.wish.map { try wish($0, handover.requested, visit.spine) } ?? .none
    }

    /// The wish with its date, and whether somebody sits at the desk then.
    private func wishText(_ handover: Handover, _ visit: Visit) throws -> String? {
        guard let said = handover.wish else { return nil }
        let heard = try wish(of: handover, visit)
        guard let named = heard.named?[visit.language] else { return "\(said) · \(visit.word("desk_wish_unclear"))" }
        let isClosed = heard.moment.map { !hours.isOpen(at: $0) } ?? false
        return "\(said) (\(named))" + (isClosed ? " · \(visit.word("desk_wish_closed"))" : "")
    }

    /// The minute of a call, with its weekday.
    static func due(_ moment: Timestamp, _ language: Language) -> JSON {
        let civil = moment.civil(offsetSeconds: CalendarDay.offset)
        let clock = civil.text.dropFirst(11).prefix(5)
        let day = CalendarDay(moment).spoken(in: civil.year)[language]
        return ["iso": .string("\(civil.text)+09:00"), "text": .string("\(day) \(clock)")]
    }

    func card(_ handover: Handover, _ visit: Visit) throws -> JSON {
        let language = visit.language
        var members: [String: JSON] = [
            "id": .string(handover.id), "href": .string("/citizen/desk/handovers/\(handover.id)"),
            "about": .string(about(handover, visit)), "reason": .string(handover.reason.words[language]),
            "requested": Show.time(handover.requested, language, now: visit.now),
            "waited": .string(Show.span(handover.waited(at: visit.now), language)),
            "channel": .string(visit.word("desk_channel_\(handover.channel)")),
            "tongue": .string(visit.word("desk_tongue_\(handover.language.rawValue)")),
            "state": handover.isOutOfReach
                ? Show.badge("unknown", visit.word("desk_state_unreachable"))
                : Show.badge(handover.state.badge, visit.word("desk_state_\(handover.state.rawValue)")),
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
        // What was promised counts from then on, not what they had asked for before.
        if let due = handover.due {
            members["due"] = Self.due(due, language)
        } else if let wish = try wishText(handover, visit) {
            members["wish"] = .string(wish)
        }
        if handover.tries > 0 { members["tries"] = .string(Show.count(handover.tries)) }
        if let outcome = handover.outcome { members["outcome"] = .string(outcome.words[language]) }
        return .object(members)
    }

    func page(_ found: DeskRoutes.Found, _ visit: Visit) throws -> [String: JSON] {
        let (handover, language) = (found.handover, visit.language)
        let isMine = handover.state == .taken && handover.taker == visit.caller.person
        var context: [String: JSON] = [
            "card": try card(handover, visit), "mine": .bool(isMine),
            "chat": .array(found.lines.filter { $0.who != "note" }.map { line($0, visit) }),
            "notes": .array(found.lines.filter { $0.who == "note" }.map { line($0, visit) }),
            "steps": .array(isMine ? steps(handover, visit) : []), "done": .array(done(found.done, visit)),
        ]
        // A conversation that is not kept here (an invented one of the sample, one long over) has no page.
        if found.dialogue != nil { context["dialogue_href"] = .string("/citizen/dialogues/\(handover.dialogue)") }
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
        if isMine, !found.done.isFiled, hasForm(handover, visit) {
            context["form_href"] = .string("/citizen/desk/handovers/\(handover.id)/form")
        }
        if isMine { context[found.isAbsent ? "absent" : "talks"] = true }
        if let failure = handover.failure { context["failure"] = .string(failure.words[language]) }
        return context
    }

    /// What was filed in the conversation, by the machine or here.
    private func done(_ done: DeskDone, _ visit: Visit) -> [JSON] {
        let mayOpen = visit.caller.roles.contains(.zoneOfficer)
        return done.requests.map { request in
            var entry: [String: JSON] = [
                "number": .string(request.number),
                "name": .string(services.service(request.service)?.name[visit.language] ?? request.service),
                "state": RequestView(services: services, visit: visit).badge(request),
            ]
            if let receipt = request.receipt { entry["receipt"] = .string(receipt) }
            if mayOpen { entry["href"] = .string("/citizen/desk/requests/\(request.number)") }
            return .object(entry)
        }
            + done.others.map { type, correlation in
                [
                    "number": .string(visit.eventName(type)), "name": .string(visit.word("desk_done_other")),
                    "href": .string("/trace/\(correlation)"),
                ]
            }
    }

    private func line(_ line: HandoverTable.Line, _ visit: Visit) -> JSON {
        [
            "who": .string(line.who), "name": .string(visit.word("desk_who_\(line.who)")),
            "text": .string(line.text ?? visit.word("trace_erased")),
            "time": Show.time(line.at, visit.language, now: visit.now),
        ]
    }

    private func steps(_ handover: Handover, _ visit: Visit) -> [JSON] {
        let one = "/citizen/desk/handovers/\(handover.id)"
        let finish = "/do/citizen.handover.finish?handover=\(handover.id)&next=/citizen/desk"
        let tried = "/do/citizen.callback.try?handover=\(handover.id)&next=\(one)"
        let names =
            [("handover_finish", finish)] + (handover.phone == nil ? [] : [("callback_try", tried)])
            + [("callback_arrange", "\(one)/call")]
        return names.map { ["href": .string($1), "label": .string(visit.word("desk_do_\($0)"))] }
    }

    /// Whether what they wanted has a form that whoever looks may fill in.
    private func hasForm(_ handover: Handover, _ visit: Visit) -> Bool {
        guard let form = handover.intent.flatMap({ visit.spine.district.forms[$0] }) else { return false }
        return form.surfaces.contains(.web) && form.permission.allows(visit.caller)
    }

    /// A number as people read it: 010-1234-5678.
    static func grouped(_ digits: String) -> String {
        guard digits.count >= 9, digits.allSatisfy(\.isNumber) else { return digits }
        let area = digits.hasPrefix("02") ? 2 : 3
        return "\(digits.prefix(area))-\(digits.dropFirst(area).dropLast(4))-\(digits.suffix(4))"
    }
}
