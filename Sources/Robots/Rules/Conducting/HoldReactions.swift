import Access
import District
import Record
import Store
import Twin

/// What the room does when other rooms' facts concern vehicles.
enum HoldReactions {
    /// An emergency, or a drill, holds what it reaches: vehicles clear the corridors and stay until a person lifts it.
    static let evacuate = Reaction(
        "robots.clear-corridors", to: EmergencyDeclared.type, yields: [PlaceHold.event]
    ) { event, reader in
        guard let fact = EmergencyDeclared(event), try isDrivenAt(fact.thing, event.scope, in: reader) else {
            return []
        }
        return [
            PlaceHold.draft(
                id: "emergency-\(fact.emergency)", .thing(fact.thing), .evacuation,
                fact.isDrill ? "drill" : "emergency",
                scope: event.scope, source: fact.emergency)
        ]
    }

    /// Whether vehicles drive at a firm's thing: it holds a site, or is a part of one. What the zone evacuates reaches everybody.
    private static func isDrivenAt(_ thing: ThingID, _ scope: Scope, in reader: any Reader) throws -> Bool {
        guard case .firm(let firm) = scope else { return true }
        let tenant = Tenant.firm(firm)
        let sites = Set(try SiteTable.list(for: tenant, in: reader).map { ThingID($0.id) })
        let above = Set(try Things.path(to: thing, for: tenant, in: reader).map(\.id)).union([thing])
        guard above.isDisjoint(with: sites) else { return true }
        return try sites.contains { try Things.path(to: $0, for: tenant, in: reader).contains { $0.id == thing } }
    }
}
