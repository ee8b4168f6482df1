import District
import Record

/// What the room does when other rooms' facts concern vehicles.
enum HoldReactions {
    /// An emergency, or a drill, holds what it reaches: vehicles clear the corridors and stay until a person lifts it.
    static let evacuate = Reaction(
        "robots.clear-corridors", to: EmergencyDeclared.type, yields: [PlaceHold.event]
    ) { event, _ in
        guard let fact = EmergencyDeclared(event) else { return [] }
        return [
            PlaceHold.draft(
                id: "emergency-\(fact.emergency)", .thing(fact.thing), .evacuation, fact.isDrill ? "drill" : "emergency",
                scope: event.scope, source: fact.emergency)
        ]
    }
}
