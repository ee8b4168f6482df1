import Access
import Record
import Store
import Twin
import Web

/// What a person is called for, as pages show it: vehicles and lifts that do not get on, missions that call, robots that still
/// carry goods. What is the matter, where, since when, and what to do.
enum CallView {
    /// The calls that last, of whoever looks.
    static func rows(_ visit: Visit, _ tenant: Tenant, _ places: Places, in reader: any Reader) throws -> [JSON] {
        let site = { (id: String) in
            try Things.find(ThingID(id), for: tenant, in: reader)?.name[visit.language] ?? id
        }
        let calls = try CallTable.open(for: tenant, in: reader).map { call -> JSON in
            let name = try name(call, tenant, in: reader)?[visit.language] ?? call.thing
            return .sparse([
                "what": .string(call.kind.title[visit.language]), "who": .string(name),
                "site": .string(try site(call.site)), "todo": .string(call.kind.advice[visit.language]),
                "since": Show.time(call.since, visit.language, now: visit.now),
                "href": call.kind == .gate
                    ? .string("/robots/sites/\(call.site)") : .string("/robots/vehicles/\(call.thing)"),
                "trace_href": .string("/trace/\(call.event)"),
            ])
        }
        let view = MissionView(
            visit: visit, names: try places.names(for: tenant, in: reader),
            robots: try MissionView.named(for: tenant, in: reader))
        let missions = try MissionTable.open(for: tenant, in: reader).compactMap { kept -> JSON? in
            guard let called = kept.called else { return nil }
            return [
                "what": .string(kept.callReason.map { MissionReason.words($0)[visit.language] } ?? ""),
                "who": .string("\(view.what(kept.mission)) · \(view.way(kept.mission))"),
                "site": .string(try site(kept.mission.site)), "todo": .string(visit.word("calls_mission_todo")),
                "since": Show.time(called, visit.language, now: visit.now),
                "href": .string("/robots/missions/\(kept.number)"),
            ]
        }
        let laden = try MissionTable.laden(for: tenant, in: reader).map { laden -> JSON in
            [
                "what": .string(visit.word("missions_laden")),
                "who": .string(view.robot(laden.vehicle.thing.rawValue)), "site": .string(try site(laden.site)),
                "todo": .string(visit.word("missions_laden_todo")),
                "since": Show.time(laden.since, visit.language, now: visit.now), "href": "/robots/missions#laden",
            ]
        }
        return calls + missions + laden
    }

    /// What people call the vehicle, the lift or the door.
    private static func name(_ call: RobotCall, _ tenant: Tenant, in reader: any Reader) throws -> Words? {
        guard call.kind == .gate else { return try Things.find(ThingID(call.thing), for: tenant, in: reader)?.name }
        let plan = try SiteTable.compiled(call.site, in: reader)?.plan
        return plan?.lifts.first { $0.id == call.thing }?.name ?? plan?.doors.first { $0.id == call.thing }?.name
    }
}
