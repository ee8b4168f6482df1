import Access
import Record
import Store
import Twin

/// When the vehicles of a site were not under way although they stood on one: held, closed in, at a stop of their mission, or
/// without any. Read for the figures of the site, whosever holds they are; it
/// says nothing but times.
struct CalmTimes: Sendable {
    private var site: [Heat.Calm.Span] = []
    private var held: [VehicleID: [Heat.Calm.Span]] = [:]
    private var driven: [VehicleID: [Heat.Calm.Span]] = [:]

    /// What Heat leaves out of one vehicle.
    func of(_ vehicle: VehicleID) -> Heat.Calm {
        Heat.Calm(held: site + (held[vehicle] ?? []), driven: driven[vehicle] ?? [])
    }

    static func read(
        _ site: SiteTable.Site, for tenant: Tenant, from: Timestamp, to: Timestamp, in reader: any Reader
    ) throws -> CalmTimes {
        var calm = CalmTimes()
        let vehicles = try VehicleTable.all(for: tenant, in: reader)
        let above = Set(try Things.path(to: ThingID(site.id), for: tenant, in: reader).map(\.id.rawValue))
        let drawn = Set(try SiteTable.compiled(site.id, in: reader)?.plan.things ?? [])
        for hold in try HoldTable.during(from, to, in: reader) {
            let span = Heat.Calm.Span(from: hold.placed, to: hold.lifted)
            switch hold.reach {
            case .fleet where hold.scope == .zone || hold.scope == site.scope: calm.site.append(span)
            case .zone(let other, _) where other == site.id: calm.site.append(span)
            case .thing(let thing) where above.contains(thing.rawValue) || drawn.contains(thing.rawValue):
                calm.site.append(span)
            case .thing(let thing):
                guard let vehicle = vehicles.first(where: { $0.thing == thing })?.vehicle else { continue }
                calm.held[vehicle, default: []].append(span)
            default: continue
            }
        }
        for closure in try HoldTable.closedDuring(from, to, in: reader)
        where above.contains(closure.thing.rawValue) || drawn.contains(closure.thing.rawValue) {
            calm.site.append(closure.span)
        }
        for run in try MissionTimes.read(site.id, from: from, to: to, in: reader) {
            calm.driven[run.vehicle, default: []].append(run.whole)
            calm.held[run.vehicle, default: []] += run.stops
        }
        return calm
    }
}

/// When vehicles drove missions, and when they stood at their stops.
private struct MissionTimes {
    let vehicle: VehicleID
    var whole: Heat.Calm.Span
    var stops: [Heat.Calm.Span] = []

    static func read(_ site: String, from: Timestamp, to: Timestamp, in reader: any Reader) throws -> [MissionTimes] {
        let steps = try reader.query(
            """
            SELECT s.mission AS mission, s.type AS type, s.at AS at, m.maker AS maker, m.serial AS serial,
                m.started AS started, m.ended AS ended
            FROM robots_missions m JOIN robots_mission_steps s ON s.mission = m.id
            WHERE m.site = ? AND m.started < ? AND (m.ended IS NULL OR m.ended >= ?) AND m.maker IS NOT NULL
                AND s.type IN ('\(MissionEvents.arrived)', '\(MissionEvents.started)')
            ORDER BY s.mission, s.place
            """, [.text(site), .integer(to.microseconds), .integer(from.microseconds)])
        var (found, order): ([String: MissionTimes], [String]) = ([:], [])
        for row in steps {
            let mission = try row.text("mission")
            let moment = { (name: String) throws in
                try row.optionalInteger(name).map { Timestamp(microseconds: $0) }
            }
            guard let started = try moment("started"), let at = try moment("at") else { continue }
            let ended = try moment("ended")
            if found[mission] == nil {
                order.append(mission)
                found[mission] = MissionTimes(
                    vehicle: VehicleID(manufacturer: try row.text("maker"), serial: try row.text("serial")),
                    whole: .init(from: started, to: ended))
            }
            if try row.text("type") == MissionEvents.arrived {
                found[mission]?.stops.append(.init(from: at, to: ended))
            } else if let last = found[mission]?.stops.indices.last {
                found[mission]?.stops[last].to = at
            }
        }
        return order.compactMap { found[$0] }
    }
}
