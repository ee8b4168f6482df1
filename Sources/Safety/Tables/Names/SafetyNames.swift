import Access
import District
import Record
import Store
import Twin

/// What people call the hazards, actions, stops and permits that are open: by their place, their words, their number.
enum SafetyNames {
    static func hazards(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard let tenant = try? caller.tenant else { return [] }
        let open = try [HazardTable.View.new, .open].flatMap {
            try HazardTable.page($0, limit: 200, for: tenant, in: reader).rows
        }
        return try open.map { hazard in
            try Named(hazard.id, place(hazard.thing, tenant, reader) + [Hazard.number(hazard.id), hazard.text ?? ""])
        }
    }

    static func actions(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard let tenant = try? caller.tenant else { return [] }
        let page = try ActionTable.page(.open, on: KoreanDay(number: 0), limit: 200, offset: 0, for: tenant, in: reader)
        return try page.rows.map { action in
            try Named(action.id, [action.title] + place(action.thing, tenant, reader))
        }
    }

    static func stops(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard let tenant = try? caller.tenant else { return [] }
        return try StopTable.page(limit: 100, for: tenant, in: reader).rows.filter { $0.state != .resumed }.map {
            stop in
            try Named(stop.id, place(stop.thing, tenant, reader) + [Hazard.number(stop.id)])
        }
    }

    static func permits(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        guard let tenant = try? caller.tenant else { return [] }
        return try PermitTable.open(for: tenant, in: reader).map { permit in
            try Named(permit.id, [permit.number] + place(permit.thing, tenant, reader))
        }
    }

    private static func place(_ thing: ThingID, _ tenant: Tenant, _ reader: any Reader) throws -> [String] {
        guard let found = try Things.find(thing, for: tenant, in: reader) else { return [thing.rawValue] }
        return [found.name.ko, found.name.en]
    }
}
