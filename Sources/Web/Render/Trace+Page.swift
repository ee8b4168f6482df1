import Record
import Series

extension Trace {
    /// As the `trace` template takes it.
    func context(_ visit: Visit) -> JSON {
        let language = visit.language
        let start = evidence?.observed ?? steps.first?.event.observed ?? visit.now
        let end = steps.last?.event.recorded ?? start
        var shown = readingSteps(visit, since: start)
        shown += steps.map { step($0, visit, since: start) }
        var context: [String: JSON] = [
            "subject": .string(subject(visit)), "correlation": .string(correlation.description),
            "total": .string(Show.span(end.seconds(since: start), language)), "steps": .array(shown),
            "complete": state(visit), "pending": .string(visit.word("trace_pending_text")),
        ]
        if let checkpoint, case .object(var members) = RecordRoutes.checkpoint(checkpoint, visit) {
            members["leaf"] = .string(proof.map { Show.count($0.leaf) } ?? "–")
            members["hashes"] = .string("\(proof?.path.count ?? 0)")
            members["proof_href"] = .string("/api/v1/record/proof/\(proof?.leaf ?? 0)")
            context["checkpoint"] = .object(members)
        }
        return .object(context)
    }

    private func state(_ visit: Visit) -> JSON {
        guard checkpoint != nil else { return Show.badge("unknown", visit.word("trace_state_waiting")) }
        return proofVerifies
            ? Show.badge("verified", visit.word("trace_state_verified"))
            : Show.badge("danger", visit.word("trace_state_failed"))
    }

    private func subject(_ visit: Visit) -> String {
        for step in steps {
            if let why = step.payload["why"]?[visit.language.rawValue]?.text { return why }
        }
        return steps.first.map { visit.eventName($0.event.type) } ?? ""
    }

    /// The reading itself and its durable storage, which come before any event.
    private func readingSteps(_ visit: Visit, since start: Timestamp) -> [JSON] {
        guard let evidence else { return [] }
        let language = visit.language
        var facts: [JSON] = [
            [
                "label": .string(evidence.key.description), "text": .string(Show.number(evidence.value)),
                "unit": .string(evidence.unit ?? ""),
            ]
        ]
        if let anchor {
            facts.append(["label": .string(visit.word("trace_anchored")), "text": .string(anchor.description)])
        }
        var steps: [JSON] = [
            [
                "icon": "reading", "label": .string(visit.word("trace_step_reading")),
                "time": Show.time(evidence.observed, language),
                "actor": [
                    "icon": "machine", "label": .string("\(visit.word("author_machine")) \(evidence.key.thing)"),
                ], "facts": .array(facts), "href": .string("/machines/\(evidence.key.thing)"),
                "link": .string(visit.word("trace_see_machine")),
            ]
        ]
        if let arrived = evidence.arrived {
            steps.append([
                "icon": "anchor", "label": .string(visit.word("trace_step_stored")),
                "time": Show.time(arrived, language),
                "lag": .string("+" + Show.span(arrived.seconds(since: start), language)),
                "actor": ["icon": "rule", "label": .string(visit.word("author_system") + " series")], "facts": [],
            ])
        }
        return steps
    }

    private func step(_ step: Step, _ visit: Visit, since start: Timestamp) -> JSON {
        let (event, language) = (step.event, visit.language)
        let icon =
            switch event.author {
            case .person: "person"
            case .machine: "machine"
            case .model: "model"
            case .rule, .system: "rule"
            }
        var members: [String: JSON] = [
            "icon": .string(Self.icon(event.type)), "label": .string(visit.eventName(event.type)),
            "time": Show.time(event.recorded, language),
            "lag": .string("+" + Show.span(event.recorded.seconds(since: start), language)),
            "actor": ["icon": .string(icon), "label": .string(visit.authorName(event.author))],
            "event": .string(event.type),
            "facts": [
                [
                    "label": .string(visit.word("trace_leaf_number")),
                    "text": .string(event.leaf.map { Show.count($0) } ?? "–"),
                ]
            ],
        ]
        let note = step.payload["note"]
        if let text = step.payload["why"]?[language.rawValue]?.text ?? note?.text ?? step.payload["reason"]?.text {
            members["text"] = .string(text)
        } else if note?["erased"]?.bool == true {
            members["text"] = .string(visit.word("trace_erased"))
        }
        return .object(members)
    }

    /// The picture of a step, by the last word of its type.
    private static func icon(_ type: String) -> String {
        switch type.split(separator: ".").last {
        case "raised": "alarm"
        case "failed": "failed"
        case "sealed": "anchor"
        case "acknowledged", "cleared", "set", "switched", "signed": "action"
        default: "event"
        }
    }
}
