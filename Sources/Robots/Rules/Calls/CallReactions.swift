import District
import Record
import Store

/// What a call for a person is to the other rooms: a fault of the vehicle, and so an alarm, until it is over.
enum CallReactions {
    static let all =
        [alarm]
        + [
            ("driving", RobotCall.resumed), ("vehicle", VehicleTable.withdrawn), ("site", SiteTable.Events.withdrawn),
        ].map { settle("robots.end-alarm-of-call-by-\($0)", $1) }

    /// A vehicle that waits for a person has a fault.
    private static let alarm = Reaction(
        "robots.alarm-on-call", to: RobotCall.waits, yields: [VehicleFaulted.type]
    ) { event, tables in
        guard let call = try CallTable.begun(by: event.id, in: tables) else { return [] }
        return [draft(VehicleFaulted.type, call, ["level": .string(call.kind.level)], at: event)]
    }

    /// Whoever drives on, was taken away, or stands at a site that is no more, waits no longer.
    private static func settle(_ name: String, _ type: String) -> Reaction {
        Reaction(name, to: type, yields: [VehicleFaulted.recovered]) { event, tables in
            try CallTable.ended(by: event.id, in: tables).filter { $0.kind != .gate }.map {
                draft(VehicleFaulted.recovered, $0, [:], at: event)
            }
        }
    }

    private static func draft(_ type: String, _ call: RobotCall, _ more: [String: JSON], at event: Event) -> Draft {
        let payload: [String: JSON] = ["thing": .string(call.thing), "fault": .string(call.kind.fault)]
        return Draft(
            type, stream: "vehicle/\(call.thing)", scope: call.scope, observed: event.observed,
            payload: payload.merging(more) { $1 })
    }
}
