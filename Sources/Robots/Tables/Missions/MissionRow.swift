import Record
import Store

/// A mission as its row keeps it. `warmest` is kept apart: only a reading sets it.
enum MissionRow {
    /// The columns and what they hold.
    static func values(_ kept: MissionCase) -> [(String, SQLValue)] {
        let mission = kept.mission
        let says = kept.secret.says.map { ("\($0.key)", JSON.string($0.value)) }
        return [
            ("id", .text(mission.id)), ("kind", .text(mission.kind.rawValue)), ("site", .text(mission.site)),
            ("stops", .text(JSON.array(mission.stops.map(\.json)).canonicalText)),
            ("priority", .integer(Int64(mission.priority.rawValue))),
            ("deadline", .optional(mission.deadline?.microseconds)), ("items", .text(mission.items)),
            ("weight", .optional(mission.load)), ("scope", .text(mission.scope.text)),
            ("asked", .integer(mission.asked.microseconds)), ("state", .text(mission.state.rawValue)),
            ("maker", .optional(mission.vehicle?.manufacturer)), ("serial", .optional(mission.vehicle?.serial)),
            ("leg", .integer(Int64(mission.leg))), ("at_stop", .flag(mission.isAtStop)),
            ("served", .flag(mission.isServed)), ("sender", .text(kept.sender)), ("purpose", .optional(kept.purpose)),
            ("author", .text(kept.author)), ("cold_celsius", .optional(kept.cold?.celsius)),
            ("cold_thing", .optional(kept.cold?.thing.rawValue)), ("cold_property", .optional(kept.cold?.property)),
            ("due", .optional(kept.promise?.due.microseconds)), ("late", .optional(kept.promise?.late.microseconds)),
            ("started", .optional(kept.started?.microseconds)), ("arrived", .optional(kept.arrived?.microseconds)),
            ("called", .optional(kept.called?.microseconds)), ("call_reason", .optional(kept.callReason)),
            ("ended", .optional(kept.ended?.microseconds)), ("reason", .optional(kept.reason)),
            ("promised", .optional(kept.promised?.microseconds)), ("assigned_by", .optional(kept.assignedBy)),
            ("waits", .optional(kept.waits)),
            ("late_called", .optional(kept.lateCalled?.microseconds)),
            ("mistakes", .integer(Int64(kept.mistakes))), ("sample", .flag(kept.isSample)),
            ("recipient", .optional(kept.secret.recipient)), ("note", .optional(kept.secret.note)),
            (
                "says",
                says.isEmpty ? .null : .text(JSON.object(Dictionary(uniqueKeysWithValues: says)).canonicalText)
            ),
            ("track", .optional(kept.secret.track)), ("digits", .optional(kept.secret.digits)),
            ("shown", .flag(kept.secret.isShown)),
        ]
    }

    /// The mission of a row.
    static func kept(_ row: Row) throws -> MissionCase {
        func moment(_ name: String) throws -> Timestamp? {
            try row.optionalInteger(name).map { Timestamp(microseconds: $0) }
        }
        let stops = try JSON(parsing: try row.text("stops")).elements ?? []
        var mission = Mission(
            id: try row.text("id"), kind: Mission.Kind(rawValue: try row.text("kind")) ?? .deliver,
            site: try row.text("site"), stops: stops.compactMap { Mission.Stop($0) },
            priority: Mission.Priority(rawValue: Int(try row.integer("priority"))) ?? .normal,
            deadline: try moment("deadline"), items: try row.text("items"), load: try row.optionalReal("weight"),
            scope: Scope(try row.text("scope")) ?? .zone,
            asked: Timestamp(microseconds: try row.integer("asked")))
        mission.state = Mission.State(rawValue: try row.text("state")) ?? .failed
        if let maker = try row.optionalText("maker"), let serial = try row.optionalText("serial") {
            mission.vehicle = VehicleID(manufacturer: maker, serial: serial)
        }
        mission.leg = Int(try row.integer("leg"))
        mission.isAtStop = try row.flag("at_stop")
        mission.isServed = try row.flag("served")
        var kept = MissionCase(
            mission: mission, sender: try row.text("sender"), purpose: try row.optionalText("purpose"),
            author: try row.text("author"))
        if let celsius = try row.optionalReal("cold_celsius"), let thing = try row.optionalText("cold_thing"),
            let property = try row.optionalText("cold_property")
        {
            kept.cold = ColdLimit(celsius: celsius, thing: ThingID(thing), property: property)
        }
        if let due = try moment("due"), let late = try moment("late") { kept.promise = Promise(due: due, late: late) }
        (kept.started, kept.arrived, kept.called) = (try moment("started"), try moment("arrived"), try moment("called"))
        (kept.callReason, kept.reason) = (try row.optionalText("call_reason"), try row.optionalText("reason"))
        (kept.ended, kept.promised, kept.lateCalled) = (
            try moment("ended"), try moment("promised"), try moment("late_called")
        )
        kept.assignedBy = try row.optionalText("assigned_by")
        kept.waits = try row.optionalText("waits")
        kept.mistakes = Int(try row.integer("mistakes"))
        kept.isSample = try row.flag("sample")
        kept.secret = try secrets(row)
        return kept
    }

    private static func secrets(_ row: Row) throws -> MissionCase.Secrets {
        let members = try row.optionalText("says").map { try JSON(parsing: $0).members ?? [:] } ?? [:]
        let says = members.compactMap { key, value in Int(key).flatMap { index in value.text.map { (index, $0) } } }
        return MissionCase.Secrets(
            recipient: try row.optionalText("recipient"), note: try row.optionalText("note"),
            says: Dictionary(uniqueKeysWithValues: says), track: try row.optionalText("track"),
            digits: try row.optionalText("digits"), isShown: try row.flag("shown"))
    }
}
