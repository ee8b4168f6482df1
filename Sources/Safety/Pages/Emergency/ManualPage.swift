import Access
import District
import Record
import Store
import Twin
import Web

/// What to do at a site, on one page that phones keep: steps, contacts, where to gather, and who does what.
struct ManualPage {
    let scenarios: Scenarios
    let phrases: Phrases

    func page(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, ThingID(visit.parameters["site"] ?? ""), visit.spine.district)
        let read = try await district.store.read { reader -> (Thing, [JSON], [JSON], [Drill])? in
            guard let site = try Things.find(id, for: tenant, in: reader) else { return nil }
            let manuals = try ManualTable.manuals(of: id, for: tenant, in: reader)
            return (
                site, try manuals.map { try manual($0, visit, tenant, district, reader) },
                try ManualTable.duties(at: id, for: tenant, in: reader).map { try duty($0, visit, tenant, reader) },
                try ManualTable.drills(of: id, for: tenant, in: reader)
            )
        }
        guard let (site, manuals, duties, drills) = read else { throw MusterPage.unknown }
        let today = KoreanDay(visit.now)
        let mayEdit = !visit.caller.roles.isDisjoint(with: EmergencyAsk.managers)
        return .page(
            "emergency-manual", title: "\(visit.word("emergency_manual")) – \(site.name[visit.language])",
            [
                "site": .string(id.rawValue), "manuals": .array(manuals), "duties": .array(duties),
                "may_edit": .bool(mayEdit), "plan_href": .string("/safety/plan/\(id)"),
                "muster_href": .string("/safety/muster/\(id)"),
                "drills": .array(
                    drills.map { drill in
                        let isLate = drill.held == nil && drill.due < today
                        return [
                            "scenario": .string(scenarios[drill.scenario]?.words[visit.language] ?? drill.scenario),
                            "due": .string(drill.due.description),
                            "state": drill.held != nil
                                ? Show.badge("ok", visit.word("emergency_drill_held"))
                                : Show.badge(
                                    isLate ? "danger" : "info",
                                    visit.word(isLate ? "emergency_drill_late" : "emergency_drill_planned")),
                        ]
                    }),
            ], live: true)
    }

    private func manual(
        _ manual: EmergencyManual, _ visit: Visit, _ tenant: Tenant, _ district: District, _ reader: any Reader
    ) throws -> JSON {
        let stream = "manual/\(manual.site)/\(manual.scenario)"
        let event = try district.log.events(inStream: stream, in: reader).last
        let contacts = try event.map { try district.log.disclosed($0, in: reader)["contacts"]?.elements ?? [] } ?? []
        return [
            "name": .string(scenarios[manual.scenario]?.words[visit.language] ?? manual.scenario),
            "version": .string("\(manual.version)"), "published": Show.time(manual.published, visit.language),
            "sign": .string(phrases.pictogram(scenarios[manual.scenario]?.phrase ?? "") ?? "evacuate"),
            "edit_href": .string(
                "/do/safety.manual.publish?site=\(manual.site)&scenario=\(manual.scenario)"
                    + "&next=/safety/manuals/\(manual.site)"),
            "steps": .array(
                manual.steps.map {
                    ["phase": .string($0.phase.words[visit.language]), "text": .string($0.words[visit.language])]
                }),
            "assembly": .array(
                try manual.assembly.map {
                    .string(try Things.find($0, for: tenant, in: reader)?.name[visit.language] ?? $0.rawValue)
                }),
            "contacts": .array(
                contacts.map { one in
                    let number = one["number"]?.text ?? ""
                    return [
                        "who": .string(one["who"]?.text ?? ""), "number": .string(number),
                        "call": .string("tel:" + number.filter { $0.isNumber || $0 == "+" }),
                    ]
                }),
        ]
    }

    private func duty(
        _ duty: EmergencyDuty, _ visit: Visit, _ tenant: Tenant, _ reader: any Reader
    ) throws -> JSON {
        func name(_ person: PersonID) throws -> String {
            try Directory.person(person, for: tenant, in: reader)?.name ?? person.rawValue
        }
        var members: [String: JSON] = [
            "role": .string(duty.role.words[visit.language]), "person": .string(try name(duty.person)),
            "end_href": .string(
                "/do/safety.emergency-role.end?site=\(duty.site)&duty=\(duty.id)&next=/safety/manuals/\(duty.site)"),
        ]
        if let deputy = duty.deputy { members["deputy"] = .string(try name(deputy)) }
        if let area = duty.area {
            members["area"] = .string(
                try Things.find(area, for: tenant, in: reader)?.name[visit.language] ?? area.rawValue)
        }
        return .object(members)
    }
}
