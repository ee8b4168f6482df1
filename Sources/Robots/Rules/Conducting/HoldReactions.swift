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
        guard let fact = EmergencyDeclared(event), try isDrivenAt(fact.thing, in: reader) else { return [] }
        return [
            PlaceHold.draft(
                id: "emergency-\(fact.emergency)", .thing(fact.thing), .evacuation,
                fact.isDrill ? "drill" : "emergency",
                scope: event.scope, source: fact.emergency)
        ]
    }

    /// Whether vehicles drive at a thing: it holds a site, or is a part of one.
    private static func isDrivenAt(_ thing: ThingID, in reader: any Reader) throws -> Bool {
        let zone = try Caller.system("robots.holds").tenant
        let sites = Set(try SiteTable.standing(in: reader).map { ThingID($0.id) })
        let above = Set(try Things.path(to: thing, for: zone, in: reader).map(\.id)).union([thing])
        guard above.isDisjoint(with: sites) else { return true }
        return try sites.contains { try Things.path(to: $0, for: zone, in: reader).contains { $0.id == thing } }
    }
}
