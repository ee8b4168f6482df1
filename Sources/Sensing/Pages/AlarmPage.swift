import Access
import District
import Record
import Series
import Web

/// An event in an alarm's life.
struct AlarmStory: Sendable {
    let event: Event
    let payload: [String: JSON]
}

/// One alarm's page: why it was raised, what was expected, what was done.
struct AlarmPage {
    let visit: Visit
    let view: AlarmView
    let alarm: AlarmRow
    let story: [AlarmStory]

    var title: String {
        let property = alarm.property.map { " · " + PropertyName.words($0)[visit.language] } ?? ""
        return view.name(alarm.thing) + property
    }

    func context(_ error: Refusal?) async throws -> JSON {
        let language = visit.language
        var own: [String: JSON] = [
            "id": .string(alarm.id), "thing": .string(view.name(alarm.thing)),
            "thing_href": .string("/machines/\(alarm.thing)"), "priority": view.priority(alarm),
            "state": view.state(alarm.state), "since": Show.time(alarm.raised, language, now: visit.now),
            "why": .string(alarm.why[language]), "trace_href": .string("/trace/\(alarm.correlation)"),
        ]
        if let cleared = alarm.cleared { own["cleared"] = Show.time(cleared, language) }
        if alarm.origin == "replay" { own["replay"] = true }
        var context: [String: JSON] = [
            "alarm": .object(own), "evidence": .array(evidence), "history": .array(history),
        ]
        let unit = alarm.unit.map(UnitName.symbol) ?? ""
        if let value = alarm.value {
            context["seen"] = [
                "value": .string(Show.number(value)), "unit": .string(unit),
                "time": Show.time(alarm.observed, language),
            ]
        }
        if let low = alarm.expectedLow, let high = alarm.expectedHigh {
            context["expected"] = [
                "text": .string("\(Show.number(low))–\(Show.number(high))"), "unit": .string(unit),
            ]
        }
        if let property = alarm.property {
            let key = SeriesKey(alarm.thing, property)
            let window = (alarm.observed.advanced(bySeconds: -120), alarm.observed.advanced(bySeconds: 60))
            context["chart"] = try await ChartView.context(
                key, unit: alarm.unit, from: window.0, to: window.1, id: "chart-seen", visit: visit)
        }
        actions(into: &context, error)
        return .object(context)
    }

    private func actions(into context: inout [String: JSON], _ error: Refusal?) {
        let hidden = Show.hidden([("idempotency", Identifier(at: visit.now).description)])
        if alarm.state.wantsAcknowledgement, AcknowledgeAlarm.command.form.permission.allows(visit.caller) {
            var ack: [String: JSON] = ["action": .string("/alarms/\(alarm.id)/acknowledge"), "hidden": hidden]
            if let error {
                ack["note_error"] = .string(error.faults.first?.words[visit.language] ?? error.words[visit.language])
            }
            context["ack"] = .object(ack)
        }
        if alarm.state.isActive, ClearAlarm.command.form.permission.allows(visit.caller) {
            context["clear"] = [
                "href": .string("/do/sensing.alarm.clear?alarm=\(alarm.id)&next=/alarms/\(alarm.id)"),
                "text": .string(visit.word("alarm_clear_text")),
            ]
        }
    }

    private var evidence: [JSON] {
        guard let raised = story.first else { return [] }
        var facts: [JSON] = []
        func add(_ word: String, _ text: String, unit: String? = nil) {
            var fact: [String: JSON] = ["label": .string(visit.word(word)), "text": .string(text)]
            if let unit { fact["unit"] = .string(unit) }
            facts.append(.object(fact))
        }
        let given = raised.payload["evidence"]
        if let detector = given?["detector"]?.text { add("alarm_fact_detector", detector) }
        if let p = given?["p"]?.double { add("alarm_fact_chance", Self.chance(p, visit.language)) }
        add("alarm_fact_author", visit.authorName(raised.event.author))
        if let property = alarm.property { add("alarm_fact_series", "\(alarm.thing)/\(property)") }
        add("alarm_fact_leaf", raised.event.leaf.map { Show.count($0) } ?? "–")
        return facts
    }

    private var history: [JSON] {
        story.reversed().map { step in
            var members: [String: JSON] = [
                "time": Show.time(step.event.recorded, visit.language),
                "label": .string(visit.eventName(step.event.type)),
                "actor": .string(visit.authorName(step.event.author)),
            ]
            if let note = step.payload["note"]?.text { members["note"] = .string(note) }
            return .object(members)
        }
    }

    /// How rarely chance alone would do this, in words.
    static func chance(_ p: Double, _ language: Language) -> String {
        guard p > 1e-12 else { return language == .ko ? "1조분의 1 미만" : "less than one in a trillion" }
        let odds = (1 / p).rounded()
        guard odds < 1e12 else { return language == .ko ? "1조분의 1 미만" : "less than one in a trillion" }
        let text = Show.count(Int64(odds))
        return language == .ko ? "약 \(text)분의 1" : "about one in \(text)"
    }
}
