import District
import Record

/// What Toys does when another room's event happens: all of it.
enum ToyReactions {
    static let all = [hold]

    /// A critical alarm on a slipway holds every boat that went down it.
    static let hold = Reaction("toys.hold-boats", to: AlarmRaised.type, yields: ["toys.boat.held"]) { event, tables in
        guard let alarm = AlarmRaised(event), alarm.priority == "critical" else { return [] }
        // Whose the boats are does not matter here: the rule acts for the house, and each event keeps its boat's scope.
        return try BoatTable.free(on: alarm.thing, in: tables).map { boat in
            Draft("toys.boat.held", stream: boat.id, scope: boat.scope, payload: ["alarm": .string(alarm.alarm)])
        }
    }
}
