import Access
import District
import Record
import Series
import Store
import Twin
import Web

/// Alarms as templates take them.
struct AlarmView {
    let visit: Visit
    /// Names of the things spoken of.
    var names: [ThingID: Words] = [:]

    /// One row of a list.
    func row(_ alarm: AlarmRow) -> JSON {
        var members: [String: JSON] = [
            "id": .string(alarm.id), "href": .string("/alarms/\(alarm.id)"), "priority": priority(alarm),
            "state": state(alarm.state), "thing": .string(name(alarm.thing)),
            "thing_href": .string("/machines/\(alarm.thing)"), "why": .string(alarm.why[visit.language]),
            "since": Show.time(alarm.raised, visit.language, now: visit.now),
            "trace_href": .string("/trace/\(alarm.correlation)"),
        ]
        if alarm.origin == "replay" { members["replay"] = true }
        if alarm.state.wantsAcknowledgement, AcknowledgeAlarm.command.form.permission.allows(visit.caller) {
            members["ack"] = [
                "action": .string("/alarms/\(alarm.id)/acknowledge"),
                "readback": .string("\(name(alarm.thing)): \(visit.word("alarm_ack_readback"))"),
            ]
        }
        return .object(members)
    }

    func priority(_ alarm: AlarmRow) -> JSON {
        let level = AlarmPriority(rawValue: alarm.priority)?.level ?? "4"
        return ["level": .string(level), "label": .string(visit.word("priority_\(level)"))]
    }

    func state(_ state: AlarmState) -> JSON {
        switch state {
        case .unacknowledgedActive: Show.badge("danger", visit.word("alarm_unacked_active"))
        case .acknowledgedActive: Show.badge("warn", visit.word("alarm_acked_active"))
        case .unacknowledgedCleared: Show.badge("info", visit.word("alarm_unacked_cleared"))
        case .normal: Show.badge("ok", visit.word("alarm_ended"))
        }
    }

    func name(_ thing: ThingID) -> String {
        if thing == "slipway" { return "Slipway" }
        return names[thing]?[visit.language] ?? thing.rawValue
    }

    /// Tiles by priority, always four.
    func counts(_ counts: [String: Int64]) -> JSON {
        .array(
            AlarmPriority.allCases.map { priority in
                [
                    "level": .string(priority.level), "label": .string(visit.word("priority_\(priority.level)")),
                    "count": .string(Show.count(counts[priority.rawValue] ?? 0)),
                    "href": .string("/alarms?sort=-priority"),
                ]
            })
    }

    /// The names of the things that alarms speak of.
    static func names(
        of alarms: [AlarmRow], for tenant: Tenant, in reader: any Reader
    ) throws -> [ThingID: Words] {
        var names: [ThingID: Words] = [:]
        for thing in Set(alarms.map(\.thing)) { names[thing] = try Things.find(thing, for: tenant, in: reader)?.name }
        return names
    }
}
