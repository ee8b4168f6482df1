import Access
import District
import Record
import Store
import Twin
import Web

/// The pages of emergencies, what they put on the first page, and which of them phones keep.
struct EmergencyRoutes {
    let scenarios: Scenarios
    let phrases: Phrases
    let composer: CAPComposer

    private static let readers = Permission.roles([.worker, .operator, .safetyManager, .executive, .zoneOfficer])

    var routes: [Route] {
        let muster = MusterPage(scenarios: scenarios, phrases: phrases)
        let one = EmergencyPage(scenarios: scenarios, composer: composer)
        let manual = ManualPage(scenarios: scenarios, phrases: phrases)
        return [
            .get("/safety/emergencies", Self.readers) { try await EmergencyListPage(scenarios: scenarios).page($0) },
            .get("/safety/emergencies/{emergency}", Self.readers) { try await one.page($0) },
            .get("/safety/emergencies/{emergency}/cap.xml", Self.readers) { try await one.cap($0) },
            .get("/safety/emergencies/{emergency}/map", Self.readers) { try await PlanPage().emergency($0) },
            .get("/safety/plan/{site}", Self.readers) { try await PlanPage().site($0) },
            .get("/safety/muster/{site}", Self.readers) { try await muster.page($0) },
            .get("/safety/manuals/{site}", Self.readers) { try await manual.page($0) },
            .get("/safety/presence/{site}", .roles(EmergencyAsk.people)) { try await PresencePage().page($0) },
            .get("/safety/presence/{site}/sign", .roles(EmergencyAsk.people)) { try await PresencePage().sign($0) },
        ]
    }

    /// What runs stands above everything; drills that are late wait below.
    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard Self.readers.allows(visit.caller) else { return [:] }
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let (running, late) = try await visit.spine.district.store.read { [scenarios] reader in
            let manuals = try ManualTable.manuals(for: tenant, in: reader)
            let drills = try ManualTable.drills(for: tenant, in: reader)
            let owed = Set(manuals.map(\.site)).reduce(0) { count, site in
                count
                    + DrillRule.dues(site, manuals: manuals, drills: drills, months: scenarios.drillMonths)
                    .count { $0.isLate(on: today) }
            }
            return (
                try EmergencyTable.running(for: tenant, in: reader),
                owed + drills.count { $0.held == nil && $0.due < today }
            )
        }
        var home: [String: JSON] = [:]
        if let one = running.first {
            let detail = try await EmergencyView.detail(one, scenarios, visit)
            home["headline"] = [
                "kind": one.isDrill ? "warn" : "danger",
                "text": .string(visit.word(one.isDrill ? "emergency_home_drill" : "emergency_home_real")),
                "detail": .string(detail),
                "href": .string("/safety/muster/\(one.site)"), "action": .string(visit.word("emergency_muster")),
            ]
        }
        if late > 0, !visit.caller.roles.isDisjoint(with: EmergencyAsk.managers.union([.zoneOfficer])) {
            home["tasks"] = [
                [
                    "href": "/safety/emergencies", "text": .string(visit.word("emergency_task_drill")),
                    "count": .string("\(late)"), "kind": "danger", "state": .string(visit.word("emergency_drill_late")),
                ]
            ]
        }
        return home
    }

    /// Rosters, manuals and plans of a firm's sites: what is needed when nothing else works any more.
    func offline(_ visit: Visit) async throws -> [OfflinePage] {
        guard !visit.caller.roles.isDisjoint(with: EmergencyAsk.people), visit.caller.firm != nil else { return [] }
        let tenant = try visit.tenant
        return try await visit.spine.district.store.read { reader in
            let sites = try EmergencyListPage.sites(tenant, reader).prefix(10)
            return try sites.flatMap { site -> [OfflinePage] in
                let running = try EmergencyTable.running(at: site.id, for: tenant, in: reader).first
                let manuals = try ManualTable.manuals(of: site.id, for: tenant, in: reader)
                let presence = try PresenceTable.tag(at: site.id, for: tenant, in: reader)
                let marks = try running.map { try EmergencyTable.lastMark(of: $0.id, in: reader) } ?? 0
                let name = site.name[visit.language]
                let edition = manuals.map { "\($0.scenario)\($0.version)" }.joined(separator: "-")
                return [
                    OfflinePage(
                        "/safety/muster/\(site.id)", title: "\(visit.word("emergency_muster")) – \(name)",
                        tag: "\(presence)|\(running?.id ?? "")|\(marks)"),
                    OfflinePage(
                        "/safety/manuals/\(site.id)", title: "\(visit.word("emergency_manual")) – \(name)", tag: edition
                    ),
                    OfflinePage(
                        "/safety/plan/\(site.id)", title: "\(visit.word("emergency_plan")) – \(name)", tag: edition),
                ]
            }
        }
    }
}
