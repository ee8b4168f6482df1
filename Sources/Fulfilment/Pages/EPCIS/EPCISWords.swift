import Foundation
import Record
import Web

/// An event in words: what, when, where and why.
struct EPCISWords {
    let visit: Visit

    /// What it is called: the step of the business, else the kind.
    func title(_ event: EPCISEvent) -> String {
        guard let step = event.bizStep else { return kind(event) }
        return word("epcis_step_\(step)", step)
    }

    private func kind(_ event: EPCISEvent) -> String { word("epcis_type_\(event.type)", event.type) }

    /// A word of the vocabulary as people say it; one of somebody else's stands as it is.
    private func word(_ key: String, _ value: String) -> String {
        let word = visit.word(key)
        return word == key ? value : word
    }

    /// What it is about, shortly.
    func what(_ event: EPCISEvent) -> String {
        let things = event.epcs + event.inputs + event.outputs
        let counted = event.quantities + event.inputQuantities + event.outputQuantities
        let texts = counted.map(text) + things.map(short)
        let rest = texts.count - 3
        return texts.prefix(3).joined(separator: ", ") + (rest > 0 ? " +\(rest)" : "")
    }

    /// Every fact of it, by the word's key.
    func facts(_ event: EPCISEvent) -> [(String, String)] {
        var facts: [(String, String)] = [("epcis_kind", kind(event))]
        func add(_ key: String, _ values: [String]) {
            if !values.isEmpty { facts.append((key, values.joined(separator: "\n"))) }
        }
        add("epcis_action", [event.action.map { visit.word("epcis_action_\($0.rawValue)") }].compactMap { $0 })
        add("epcis_parent", [event.parent].compactMap { $0 }.map(short))
        add("epcis_what", event.quantities.map(text) + event.epcs.map(short))
        add("epcis_inputs", event.inputQuantities.map(text) + event.inputs.map(short))
        add("epcis_outputs", event.outputQuantities.map(text) + event.outputs.map(short))
        add("epcis_step", [event.bizStep].compactMap { $0 }.map { word("epcis_step_\($0)", $0) })
        add("epcis_disposition", [event.disposition].compactMap { $0 }.map { word("epcis_state_\($0)", $0) })
        add("epcis_set", event.dispositionsSet.map { word("epcis_state_\($0)", $0) })
        add("epcis_unset", event.dispositionsUnset.map { word("epcis_state_\($0)", $0) })
        add("epcis_read_point", [event.readPoint].compactMap { $0 })
        add("epcis_location", [event.bizLocation].compactMap { $0 })
        add("epcis_paper", event.papers.map { ($0.type.isEmpty ? "" : "\($0.type): ") + $0.id })
        add("epcis_source", event.sources.map { "\($0.type): \($0.id)" })
        add("epcis_destination", event.destinations.map { "\($0.type): \($0.id)" })
        add(
            "epcis_sensed",
            event.sensorElements.flatMap { $0["sensorReport"]?.elements ?? [] }.map { report in
                let value = report["value"] ?? report["meanValue"] ?? report["stringValue"] ?? .null
                return "\(report["type"]?.text ?? "") \(value.text ?? value.canonicalText) \(report["uom"]?.text ?? "")"
            })
        add(
            "epcis_declared",
            [event.declaration].compactMap { $0 }.map { declared in
                let reason = declared["reason"]?.text ?? ""
                return word("epcis_reason_\(reason)", reason) + " \(declared["declarationTime"]?.text ?? "")"
            })
        add("epcis_id", [event.eventID].compactMap { $0 })
        return facts
    }

    /// A place, shortly.
    func place(_ id: String?) -> String { id.map(short) ?? "" }

    /// An identifier without what all have in common: behind the host of an address.
    private func short(_ id: String) -> String {
        guard id.hasPrefix("http") else { return id }
        let parts = id.split(separator: "/").dropFirst(2)
        let text = parts.joined(separator: "/")
        return text.removingPercentEncoding ?? text
    }

    private func text(_ quantity: EPCISEvent.Quantity) -> String {
        let count = quantity.quantity.map { Show.number($0) + (quantity.unit.map { " \($0)" } ?? "") + " × " } ?? ""
        return count + short(quantity.epcClass)
    }

    /// JSON over several lines, members in order.
    static func pretty(_ json: JSON, _ indent: String = "") -> String {
        let inner = indent + "  "
        switch json {
        case .object(let members) where !members.isEmpty:
            let lines = members.sorted { $0.key < $1.key }.map { key, value in
                "\(inner)\(JSON.string(key).canonicalText): \(pretty(value, inner))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        case .array(let elements) where !elements.isEmpty:
            return "[\n" + elements.map { inner + pretty($0, inner) }.joined(separator: ",\n") + "\n\(indent)]"
        default: return json.canonicalText
        }
    }
}
