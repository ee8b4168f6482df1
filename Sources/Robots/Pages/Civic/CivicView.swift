import Access
import District
import Record
import Store
import Web

/// Rules that citizens adopted, where robots' pages show them.
enum CivicView {
    static let routes: [Web.Route] = [
        .get("/api/v1/robots/areas/choices", SiteDesk.readers) { visit in
            let words = (visit.query["q"] ?? "").lowercased()
            let found = try await visit.spine.district.named(DrivingAreas.kind, for: visit.caller).filter { one in
                words.isEmpty || one.names.contains { $0.lowercased().contains(words) }
            }
            return .choices(found.prefix(30).map { ($0.id, $0.shown(visit.language)) })
        }
    ]

    /// The rules of a site, as notices say them.
    static func notices(_ rules: [CivicRule], _ visit: Visit) -> JSON {
        .array(
            rules.map { rule in
                [
                    "says": .string(rule.title[visit.language]), "href": .string(rule.href),
                    "label": .string(
                        visit.word(
                            rule.obstacle != nil
                                ? "civic_unapplied" : rule.kind == .noDriving ? "civic_closed" : "civic_limit")),
                    "kind": .string(rule.obstacle == nil ? "info" : "warn"),
                    "why": rule.obstacle.map { .string($0.words[visit.language]) } ?? false,
                ]
            })
    }

    /// The rules on no map that are due to whoever looks: those of their sites; where there is no such site, the zone's.
    static func unapplied(for tenant: Tenant, in reader: any Reader) throws -> [CivicRule] {
        let sites = Set(try SiteTable.list(for: tenant, in: reader).map(\.id))
        return try CivicTable.all(in: reader).filter { rule in
            rule.obstacle != nil && (tenant.firm == nil || sites.contains(rule.site))
        }
    }

    /// What waits: rules that stand on no map.
    static func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard SiteDesk.drawers.allows(visit.caller) else { return [:] }
        let tenant = try visit.caller.tenant
        let many = try await visit.spine.district.store.read { try unapplied(for: tenant, in: $0).count }
        guard many > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/robots/sites#civic", "text": .string(visit.word("civic_task")),
                    "count": .string(Show.count(many)), "kind": "warn",
                    "state": .string(visit.word("civic_task_state")),
                ]
            ]
        ]
    }
}
