import Access
import District
import Record
import Store

/// What missions answer to other rooms.
struct MissionReactions {
    let asking: MissionAsk

    var all: [Reaction] { [wanted] }

    /// Another room wants something carried: it becomes a mission, or is refused at once.
    private var wanted: Reaction {
        Reaction(
            "robots.accept-mission", to: MissionWanted.type, yields: [MissionEvents.asked, MissionEvents.failed]
        ) { [asking] event, tables in
            guard let wanted = MissionWanted(event) else { return [] }
            // Asked for twice is one mission.
            guard try MissionTable.find(purpose: wanted.purpose, of: wanted.scope, in: tables) == nil else { return [] }
            // The room that asks answers for the site being its asker's: the rule acts for the house.
            let known = try asking.places.names(in: tables)
            let found = wanted.stops.compactMap { known["\(wanted.site)/\($0)"] }
            let kind = Mission.Kind(rawValue: wanted.kind) ?? .deliver
            var kept = MissionCase(
                mission: Mission(
                    id: "mission/\(event.id)", kind: kind, site: wanted.site, stops: [],
                    priority: Mission.Priority(name: wanted.priority) ?? .normal, deadline: wanted.deadline,
                    items: wanted.items, load: wanted.load, scope: wanted.scope, asked: event.observed),
                sender: Self.sender(wanted.scope), purpose: wanted.purpose, author: event.author.text)
            guard found.count == wanted.stops.count, found.count >= (kind == .deliver || kind == .fetch ? 2 : 1) else {
                return [try MissionEvents.failed(kept, .place)]
            }
            let proof = Mission.Stop.Proof(rawValue: wanted.proof) ?? .none
            kept.mission.stops = found.enumerated().map { index, place in
                Self.stop(kind, place, index: index, proof: proof, asking.settings)
            }
            if kept.mission.stops.contains(where: { $0.task == .drop }) { kept.secret.track = Secret.code() }
            if kept.mission.stops.contains(where: { $0.proof == .code }) { kept.secret.digits = HandOver.digits() }
            return [MissionEvents.asked(kept, subject: PersonID("recipient-\(Secret.code())"))]
        }
    }

    private static func stop(
        _ kind: Mission.Kind, _ place: Place, index: Int, proof: Mission.Stop.Proof, _ settings: MissionSettings
    ) -> Mission.Stop {
        switch kind {
        case .deliver, .fetch:
            index == 0
                ? .pick(place, patience: settings.loading)
                : .init(node: place.node, task: .drop, proof: proof, patience: settings.handOver)
        case .patrol: .init(node: place.node, task: .look)
        case .round: .init(node: place.node, task: .visit, patience: settings.visit)
        }
    }

    /// Whose turn it counts as: the second firm of a contract is who asked.
    private static func sender(_ scope: Scope) -> String {
        switch scope {
        case .firm(let firm), .contract(_, let firm): firm.rawValue
        default: scope.text
        }
    }
}
