import Access
import District
import Record
import Store
import Twin
import Web

/// Form 30 to print: what the law's form asks, filled in from what is known; the district's own layout.
struct Form30Page {
    let view: IncidentView

    func page(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["incident"] ?? "", visit.spine.district)
        let read = try await district.store.read {
            reader -> (Incident, [[String: JSON]], Firm?, FirmProfile?, String)? in
            guard let incident = try IncidentTable.find(id, for: tenant, in: reader) else { return nil }
            let events = try district.log.events(inStream: "incident/\(id)", in: reader)
            return (
                incident, try events.map { try district.log.disclosed($0, in: reader) },
                try Directory.firm(incident.employer, for: tenant, in: reader),
                try FirmProfiles.find(incident.employer, for: tenant, in: reader),
                try Things.path(to: incident.thing, for: tenant, in: reader).map { $0.name[visit.language] }
                    .joined(separator: " › ")
            )
        }
        guard let (incident, told, firm, profile, place) = read else { throw IncidentPage.unknown }
        try await visit.look(at: incident.scope, "incident/\(id)/form30")
        // The last word on each field counts.
        let form = told.compactMap { $0["form"]?.members }.last ?? [:]
        let unknown = visit.word("incidents_blank")
        func row(_ label: String, _ text: String?) -> JSON {
            ["label": .string(visit.word(label)), "text": .string(text.flatMap { $0.isEmpty ? nil : $0 } ?? unknown)]
        }
        let people = incident.casualties.people.map { one -> JSON in
            let entered = told.compactMap { $0["person_\(one.number)"]?.members }.last ?? [:]
            let nature =
                one.nature?.words[visit.language]
                ?? view.law.diseases.first { $0.id == one.disease }?.words[visit.language]
            let fields: [JSON] =
                [
                    row("incidents_f_name", told.compactMap { $0["name_\(one.number)"]?.text }.last),
                    row("incidents_f_care", one.care.words[visit.language]), row("incidents_f_nature", nature),
                    row(
                        "incidents_f_days",
                        (one.expectedDays ?? (one.lostDays > 0 ? one.lostDays : nil)).map { "\($0)" }),
                ]
                + PrepareForm30.person.dropFirst().map { field in
                    [
                        "label": .string(field.label[visit.language]),
                        "text": .string(entered[field.name]?.text ?? unknown),
                    ]
                }
            return ["number": .string("\(one.number)"), "fields": .array(fields)]
        }
        let opinions = told.filter { $0["as"] != nil }
        return .page(
            "incident-form30", title: visit.word("incidents_f_title"),
            [
                "source": view.source(view.law.form30, visit), "due": .string(incident.form30Due.description),
                "firm": [
                    row("incidents_f_firm", firm?.name), row("incidents_f_registration", firm?.registration),
                    row("incidents_f_heads", firm?.headcount.map { "\($0)" }),
                    row("incidents_f_industry", profile?.industry?.description),
                ],
                "people": .array(people),
                "accident": .array(
                    [
                        row("incidents_f_when", "\(KoreanDay(incident.occurred))"),
                        row("incidents_f_where", place),
                        row("incidents_f_type", incident.type.words[visit.language]),
                        row("incidents_f_what", told.first?["what"]?.text),
                    ]
                        + PrepareForm30.incident.map { field in
                            [
                                "label": .string(field.label[visit.language]),
                                "text": .string(form[field.name]?.text ?? unknown),
                            ]
                        }),
                "signatures": .array(
                    ["employer", "representative"].map { capacity in
                        let opinion = opinions.last { $0["as"]?.text == capacity }?["opinion"]?.text
                        var entry: [String: JSON] = [
                            "label": .string(visit.word("incidents_sign_\(capacity)")),
                            "state": .string(
                                visit.word(
                                    incident.signed.contains(capacity) ? "incidents_signed" : "incidents_unsigned")),
                        ]
                        if let opinion { entry["opinion"] = .string(opinion) }
                        return .object(entry)
                    }), "back": .string("/safety/incidents/\(id)"),
            ])
    }
}
