import Access
import District
import Record
import Store
import Twin
import Web

/// The page a warden holds in the hand: who is on site, and whether they were seen. It is kept on phones, works without
/// a connection, and its marks go through the outbox.
struct MusterPage {
    let scenarios: Scenarios
    let phrases: Phrases

    /// The shape of what its marks say, which the outbox sends with them.
    static let edition = "muster-1"

    func page(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, ThingID(visit.parameters["site"] ?? ""), visit.spine.district)
        let read = try await district.store.read {
            reader -> (Thing, Emergency?, Roster, RosterNames, [String: Set<String>], EmergencyManual?, Bool, [JSON])?
            in
            guard let site = try Things.find(id, for: tenant, in: reader) else { return nil }
            let emergency = try EmergencyTable.running(at: id, for: tenant, in: reader).first
            let roster =
                try emergency.map { try EmergencyTable.roster(of: $0.id, for: tenant, in: reader) }
                ?? Self.present(at: id, for: tenant, in: reader)
            let names = try RosterNames(
                roster.entries.map(\.id), of: emergency?.id, at: site.scope, for: tenant, district: district, in: reader
            )
            let markers = try emergency.map { try EmergencyTable.markers(of: $0.id, for: tenant, in: reader) } ?? [:]
            let manual = try emergency.flatMap { try ManualTable.manual(of: id, $0.scenario, for: tenant, in: reader) }
            let duties = try ManualTable.duties(at: id, for: tenant, in: reader)
            let mine = visit.caller.person
            let isWarden =
                duties.isEmpty || duties.contains { $0.isOf(mine) }
                || !visit.caller.roles.isDisjoint(with: EmergencyAsk.managers)
            // Where somebody stands is asked in an emergency only: it is on no page before.
            let places = emergency == nil ? [] : try Self.places(site, manual, visit, tenant, reader)
            return (site, emergency, roster, names, markers, manual, isWarden, places)
        }
        guard let (site, emergency, roster, names, markers, manual, isWarden, places) = read else { throw Self.unknown }
        try await visit.look(at: site.scope, "muster/\(id)")
        let mayMark = isWarden && !visit.caller.roles.isDisjoint(with: EmergencyAsk.people)
        let own = visit.caller.author.text
        // Outside of an emergency who is where is the firm's own business: others see how many.
        let shown = emergency == nil && tenant.firm == nil ? [] : roster.entries
        let rows = EmergencyView.pressing(shown).map { entry -> JSON in
            var row: [String: JSON] = [
                "entry": .string(entry.id), "name": .string(names[entry.id].name),
                "kind": .string(entry.kind.words[visit.language]), "standing": .string(entry.standing.name),
                "badge": EmergencyView.badge(entry.standing, visit),
                "by": .string(Self.by(markers[entry.id] ?? [], own)),
            ]
            if let company = names[entry.id].company { row["company"] = .string(company) }
            if entry.person != nil, entry.person == visit.caller.person { row["self"] = true }
            if mayMark || row["self"] != nil { row["may"] = true }
            return .object(row)
        }
        var context = EmergencyView.counts(roster)
        context["site"] = .string(id.rawValue)
        context["site_name"] = .string(site.name[visit.language])
        context["rows"] = .array(rows)
        context["may_mark"] = .bool(mayMark)
        context["edition"] = .string(Self.edition)
        context["made"] = .string(visit.now.description)
        context["map_href"] = .string("/safety/plan/\(id)")
        context["manual_href"] = .string("/safety/manuals/\(id)")
        if mayMark, !places.isEmpty { context["places_any"] = true }
        context["places"] = .array(places)
        context["kinds"] = .array(
            Roster.Kind.allCases.reversed().map {
                ["value": .string($0.rawValue), "label": .string($0.words[visit.language])]
            })
        context["scenarios"] = .array(
            scenarios.list.map { ["value": .string($0.id), "label": .string($0.words[visit.language])] })
        if let emergency {
            context["emergency"] = try await banner(emergency, manual, visit)
            if let own = visit.caller.person, visit.caller.firm != nil {
                let entry = roster.entries.first { $0.person == own }
                let language = WorkerLanguage(rawValue: visit.language.rawValue) ?? .ko
                var told: [String: JSON] = [
                    "told": .bool(entry.map { $0.standing.name != "unknown" } ?? false)
                ]
                told.merge([
                    "entry": .string("p-\(own)"), "name": .string(visit.caller.name ?? own.rawValue),
                    "standing": .string(entry?.standing.name ?? "unknown"),
                    "by": .string(Self.by(markers["p-\(own)"] ?? [], visit.caller.author.text)),
                    "safe": .string(phrases.text("i_am_safe", language)),
                    "help": .string(phrases.text("need_help", language)),
                ]) { $1 }
                context["self_entry"] = .object(told)
            }
        }
        return .page(
            "emergency-muster", title: "\(visit.word("emergency_muster")) – \(site.name[visit.language])",
            .object(context), live: true)
    }

    private func banner(_ emergency: Emergency, _ manual: EmergencyManual?, _ visit: Visit) async throws -> JSON {
        let scenario = scenarios[emergency.scenario]
        var members: [String: JSON] = [
            "id": .string(emergency.id), "kind": .string(emergency.isDrill ? "info" : "danger"),
            "state": EmergencyView.kind(emergency, visit),
            "scenario": .string(scenario?.words[visit.language] ?? emergency.scenario),
            "detail": .string(try await EmergencyView.detail(emergency, scenarios, visit, manual: manual)),
            "since": Show.time(emergency.declared, visit.language, now: visit.now),
            "href": .string("/safety/emergencies/\(emergency.id)"),
            "sign": .string(phrases.pictogram(scenario?.phrase ?? "evacuate") ?? "evacuate"),
            "phrases": .array(
                WorkerLanguage.allCases.map { language in
                    let text = phrases.text(scenario?.phrase ?? "evacuate", language)
                    let drill = emergency.isDrill ? "\(phrases.text("drill", language)) · " : ""
                    return ["code": .string(language.tag), "text": .string(drill + text)]
                }),
        ]
        if let manual {
            members["steps"] = .array(
                manual.steps.map {
                    ["phase": .string($0.phase.words[visit.language]), "text": .string($0.words[visit.language])]
                })
        }
        return .object(members)
    }

    /// Before anything was declared: who is on site now, of whom nothing is known.
    static func present(at site: ThingID, for tenant: Tenant, in reader: any Reader) throws -> Roster {
        Roster(
            entries: try PresenceTable.list(at: site, for: tenant, in: reader).map {
                Roster.Entry(id: $0.entry, kind: $0.kind, person: $0.person, standing: .unknown, since: nil)
            })
    }

    /// The assembly points, and the areas of the site.
    private static func places(
        _ site: Thing, _ manual: EmergencyManual?, _ visit: Visit, _ tenant: Tenant, _ reader: any Reader
    ) throws -> [JSON] {
        let assembly = try (manual?.assembly ?? []).compactMap { try Things.find($0, for: tenant, in: reader) }
        let areas = try Things.children(of: site.id, for: tenant, in: reader)
            .filter { one in [.area, .building, .zone].contains(one.kind) && !assembly.contains { $0.id == one.id } }
        return (assembly + areas.prefix(60)).map {
            ["value": .string($0.id.rawValue), "label": .string($0.name[visit.language])]
        }
    }

    /// Whether what is known of somebody comes from whoever looks, from others, or from nobody.
    private static func by(_ markers: Set<String>, _ own: String) -> String {
        markers.isEmpty ? "none" : markers == [own] ? "mine" : "others"
    }

    static let unknown = Refusal(
        .notFound, "site.unknown", Words("그런 사업장이 없습니다.", "There is no such site."))
}
