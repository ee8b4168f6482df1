import Access
import District
import Record
import Store

/// What follows from alarms, from a person's word on a hazard, and from the actions against it: the loop's automatic
/// steps. Each reads on behalf of the firm whose event it answers.
enum HazardReactions {
    static let all = [propose, NearMiss.propose, close, control, settle, afterCancel]

    /// A grave live alarm at a firm's thing proposes a hazard, once for each thing and property while one is open. The
    /// zone's own things have nobody who works there to protect; their alarms stand for themselves.
    static let propose = Reaction("safety.propose-hazard", to: AlarmRaised.type, yields: [HazardProposal.type]) {
        event, tables in
        guard let alarm = AlarmRaised(event), HazardProposal.isDue(alarm), case .firm(let firm) = event.scope,
            try HazardProposal.use.mayRun(in: tables, at: event.recorded),
            try !HazardTable.isOpen(alarm.thing, property: alarm.property, for: Tenant.firm(firm), in: tables)
        else { return [] }
        return [HazardProposal.draft(alarm, event)]
    }

    /// A hazard that a person accepted as severe closes its place at once.
    static let close = Reaction("safety.close-zone", to: HazardAccepted.type, yields: [ZoneClosed.type]) { event, _ in
        guard let hazard = HazardAccepted(event), hazard.band == RiskBand.severe.rawValue else { return [] }
        return [
            Closure.closed(
                at: hazard.thing, scope: event.scope, reason: .hazard, source: hazard.hazard, now: event.recorded)
        ]
    }

    /// With its last open action done, a hazard is controlled, until the effect is checked.
    static let control = Reaction(
        "safety.control-hazard", to: "safety.action.completed", yields: ["safety.hazard.controlled"]
    ) { event, tables in
        guard let (hazard, actions) = try behind(event, tables), hazard.state == .accepted,
            actions.allSatisfy({ $0.state != .open })
        else { return [] }
        return [HazardAsk.draft("safety.hazard.controlled", hazard)]
    }

    /// Found effective, the last action closes its hazard; found without effect, it opens it again.
    static let settle = Reaction(
        "safety.settle-hazard", to: "safety.action.verified",
        yields: ["safety.hazard.closed", "safety.hazard.reopened"]
    ) { event, tables in
        guard let (hazard, actions) = try behind(event, tables), !hazard.state.isOver else { return [] }
        guard event.payload["effective"]?.bool == true else {
            return hazard.state == .controlled ? [HazardAsk.draft("safety.hazard.reopened", hazard)] : []
        }
        return actions.allSatisfy { $0.state == .verified } ? [HazardAsk.draft("safety.hazard.closed", hazard)] : []
    }

    /// An action that is given up may have been the last one that was not finished.
    static let afterCancel = Reaction(
        "safety.hazard-after-cancel", to: "safety.action.cancelled",
        yields: ["safety.hazard.closed", "safety.hazard.controlled", "safety.hazard.reopened"]
    ) { event, tables in
        guard let (hazard, actions) = try behind(event, tables), !hazard.state.isOver else { return [] }
        if actions.isEmpty {
            // Nothing is left that was done against it.
            return hazard.state == .controlled ? [HazardAsk.draft("safety.hazard.reopened", hazard)] : []
        }
        if actions.allSatisfy({ $0.state == .verified }) { return [HazardAsk.draft("safety.hazard.closed", hazard)] }
        guard hazard.state == .accepted, actions.allSatisfy({ $0.state != .open }) else { return [] }
        return [HazardAsk.draft("safety.hazard.controlled", hazard)]
    }

    /// The hazard behind an action's event and its actions that were not given up; nil where it follows from another
    /// source.
    private static func behind(_ event: Event, _ tables: any Reader) throws -> (Hazard, [SafetyAction])? {
        guard case .firm(let firm) = event.scope else { return nil }
        let tenant = Tenant.firm(firm)
        let id = String(event.stream.dropFirst("action/".count))
        guard let action = try ActionTable.find(id, for: tenant, in: tables), action.source.kind == "hazard",
            let hazard = try HazardTable.find(action.source.id, for: tenant, in: tables)
        else { return nil }
        let actions = try ActionTable.of("hazard", hazard.id, for: tenant, in: tables)
        return (hazard, actions.filter { $0.state != .cancelled })
    }
}
