import District
import Record
import Web

extension PermitPage {
    /// What is posted at the entrance until the work ends (Safety Rules 619), with a code that opens the permit.
    func facts() throws -> JSON {
        let address = "\(visit.site)/safety/permits/\(permit.id)"
        return [
            "number": .string(permit.number), "address": .string(address),
            "qr": .string(try QR.svg(address, label: title)), "citation": .string(desk.rules.factsCitation[language]),
            "facts": .array(
                desk.rules.facts.map { fact in
                    [
                        "title": .string(fact.words[language]),
                        "lines": .array(lines(fact.id).map { ["text": .string($0)] }),
                    ]
                }), "phrases": phrases("gas_danger"),
        ]
    }

    private func lines(_ fact: String) -> [String] {
        let none = visit.word("permits_fact_none")
        switch fact {
        case "work":
            return [
                "\(KoreanDay(permit.from)) \(PermitView.span(permit))", found.place[language],
                "\(found.gates.kind.title[language]): \(permit.work)",
            ]
        case "people":
            return [
                "\(visit.word("permits_supervisor")): \(name(permit.supervisor))",
                "\(visit.word("permits_watcher")): \(permit.watcher.map(name) ?? none)",
                "\(visit.word("permits_people")): \(found.people.map { name($0.person) }.joined(separator: ", "))",
            ]
        case "gas":
            // Before it is authorised nothing has been used yet: what the air is now.
            let used = permit.readings.isEmpty ? found.gates.air?.json.elements ?? [] : permit.readings
            let measured = used.compactMap(measured)
            return measured.isEmpty ? [none] : measured
        case "inflow": return [permit.inflow ?? none]
        case "ppe": return [permit.equipment ?? none]
        case "contacts": return [permit.contacts ?? none]
        default: return [none]
        }
    }

    /// A reading as the event carried it: gas, value, when and by what.
    private func measured(_ reading: JSON) -> String? {
        guard let gas = reading["gas"]?.text.flatMap(Gas.init), let value = reading["value"]?.double,
            let observed = reading["observed"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        let title = desk.rules.gate.limits[gas]?.title[language] ?? gas.rawValue
        let clock = observed.civil(offsetSeconds: KoreanDay.offset).text.dropFirst(11)
        let unit = reading["unit"]?.text.map { GasUnit($0)?.sign ?? $0 } ?? ""
        return "\(title) \(PermitGates.text(value)) \(unit) (\(clock), \(reading["series"]?.text ?? ""))"
    }
}
