import Access
import Record
import Store
import Twin
import Web

/// What vehicles call a person for, as pages show it: what is the matter, where, since when, and what to do.
enum CallView {
    /// The calls that last, of whoever looks.
    static func rows(_ visit: Visit, _ tenant: Tenant, in reader: any Reader) throws -> [JSON] {
        try CallTable.open(for: tenant, in: reader).map { call in
            let site = try Things.find(ThingID(call.site), for: tenant, in: reader)?.name[visit.language] ?? call.site
            let name = try name(call, tenant, in: reader)?[visit.language] ?? call.thing
            return .sparse([
                "what": .string(call.kind.title[visit.language]), "who": .string(name), "site": .string(site),
                "todo": .string(call.kind.advice[visit.language]),
                "since": Show.time(call.since, visit.language, now: visit.now),
                "href": call.kind == .gate
                    ? .string("/robots/sites/\(call.site)") : .string("/robots/vehicles/\(call.thing)"),
                "trace_href": .string("/trace/\(call.event)"),
            ])
        }
    }

    /// What people call the vehicle, the lift or the door.
    private static func name(_ call: RobotCall, _ tenant: Tenant, in reader: any Reader) throws -> Words? {
        guard call.kind == .gate else { return try Things.find(ThingID(call.thing), for: tenant, in: reader)?.name }
        let plan = try SiteTable.compiled(call.site, in: reader)?.plan
        return plan?.lifts.first { $0.id == call.thing }?.name ?? plan?.doors.first { $0.id == call.thing }?.name
    }
}
