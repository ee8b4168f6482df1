import District
import Record
import Store

/// Faults of vehicles as alarms: one for each vehicle and fault, over when the vehicle says so.
enum VehicleAlarms {
    /// Where these alarms come from; the detectors leave them alone.
    static let origin = "robots"

    /// A fault becomes an alarm; one that grows worse becomes a graver one.
    static let raise = Reaction(
        "sensing.alarm-on-vehicle-fault", to: VehicleFaulted.type,
        yields: ["sensing.alarm.raised", "sensing.alarm.cleared"]
    ) { event, tables in
        guard let fact = VehicleFaulted(event) else { return [] }
        let priority = priority(fact)
        let open = try AlarmTable.open(fact.thing, property: fact.fault, origin: origin, in: tables)
        if let open, AlarmPriority(rawValue: open.priority)?.urgency ?? 0 >= priority.urgency { return [] }
        let alarm = Identifier(at: event.recorded).description
        return (open.map { [cleared($0, event)] } ?? []) + [
            Draft(
                "sensing.alarm.raised", stream: "alarm/\(alarm)", scope: event.scope, observed: event.observed,
                payload: [
                    "alarm": .string(alarm), "thing": .string(fact.thing.rawValue), "property": .string(fact.fault),
                    "priority": .string(priority.rawValue), "origin": .string(origin), "reason": "vehicle",
                    "why": [
                        "ko": .string("로봇이 고장을 알렸습니다: \(fact.fault) (\(fact.level))."),
                        "en": .string("The robot reports a fault: \(fact.fault) (\(fact.level))."),
                    ],
                ])
        ]
    }

    /// With the fault over, its alarm clears.
    static let clear = Reaction(
        "sensing.clear-vehicle-alarm", to: VehicleRecovered.type, yields: ["sensing.alarm.cleared"]
    ) { event, tables in
        guard let fact = VehicleRecovered(event),
            let open = try AlarmTable.open(fact.thing, property: fact.fault, origin: origin, in: tables)
        else { return [] }
        return [cleared(open, event)]
    }

    /// FATAL needs somebody to go there, CRITICAL somebody to decide; a warning can wait.
    private static func priority(_ fact: VehicleFaulted) -> AlarmPriority {
        switch fact.level {
        case "FATAL", "CRITICAL": .high
        case "URGENT": .medium
        default: .low
        }
    }

    private static func cleared(_ alarm: AlarmRow, _ event: Event) -> Draft {
        Draft(
            "sensing.alarm.cleared", stream: "alarm/\(alarm.id)", scope: alarm.scope, observed: event.observed,
            payload: [
                "alarm": .string(alarm.id), "thing": .string(alarm.thing.rawValue), "by": .string(origin),
            ], answers: alarm.event)
    }
}
