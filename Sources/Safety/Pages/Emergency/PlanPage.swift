import Access
import District
import Record
import Store
import Twin
import Web

/// The way out, as a plan: where to gather, what is closed, and in an emergency where people were seen last.
struct PlanPage {
    /// A site's plan; nobody's place is on it.
    func site(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, ThingID(visit.parameters["site"] ?? ""))
        let read = try await visit.spine.district.store.read { reader -> (Thing, [SitePlan.Mark])? in
            guard let site = try Things.find(id, for: tenant, in: reader) else { return nil }
            return (site, try Self.marks(site, visit, tenant, reader))
        }
        guard let (site, marks) = read else { throw MusterPage.unknown }
        return reply(site.name[visit.language], marks, back: "/safety/muster/\(id)", visit)
    }

    /// An emergency's plan: while it runs, with the places where those not yet safe were seen last.
    func emergency(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["emergency"] ?? "", visit.spine.district)
        let read = try await district.store.read { reader -> (Emergency, Thing, [SitePlan.Mark])? in
            guard let emergency = try EmergencyTable.find(id, for: tenant, in: reader),
                let site = try Things.find(emergency.site, for: tenant, in: reader)
            else { return nil }
            var marks = try Self.marks(site, visit, tenant, reader)
            if let thing = try Things.find(emergency.thing, for: tenant, in: reader), let geometry = thing.geometry {
                marks.append(.init(kind: "closed", label: thing.name[visit.language], geometry: geometry))
            }
            guard emergency.isRunning else { return (emergency, site, marks) }
            let open = try EmergencyTable.roster(of: id, for: tenant, in: reader).unaccounted
            var places: [ThingID: Int] = [:]
            for entry in open {
                let permit = try entry.person.flatMap { try PermitTable.whereInside($0, in: reader) }
                let working = try permit.flatMap { try PermitTable.find($0, for: tenant, in: reader)?.thing }
                if let place = entry.place ?? working { places[place, default: 0] += 1 }
            }
            for (place, many) in places.sorted(by: { $0.key < $1.key }) {
                guard let thing = try Things.find(place, for: tenant, in: reader), let geometry = thing.geometry else {
                    continue
                }
                let words = visit.language == .ko ? "\(many)명: " : "\(many): "
                marks.append(
                    .init(kind: "person", label: words + thing.name[visit.language], geometry: Self.middle(geometry)))
            }
            return (emergency, site, marks)
        }
        guard let (emergency, site, marks) = read else { throw EmergencyPage.unknown }
        try await visit.look(at: emergency.scope, "emergency/\(id)/map")
        return reply(site.name[visit.language], marks, back: "/safety/emergencies/\(id)", visit)
    }

    private func reply(_ name: String, _ marks: [SitePlan.Mark], back: String, _ visit: Visit) -> Reply {
        let plan = SitePlan(marks)
        var context: [String: JSON] = [
            "back": .string(back),
            "areas": .array(
                plan.areas.map {
                    [
                        "kind": .string($0.kind), "label": .string($0.label), "points": .string($0.points),
                        "x": .string($0.x), "y": .string($0.y),
                    ]
                }),
            "points": .array(
                plan.points.map { point in
                    // What people look for is big and has its sign; what is only there is a dot.
                    let isBig = ["assembly", "closed", "person"].contains(point.kind)
                    var entry: [String: JSON] = [
                        "kind": .string(point.kind), "label": .string(point.label), "x": .string(point.x),
                        "y": .string(point.y), "r": .string(isBig ? "27" : "8"), "dy": .string(isBig ? "-36" : "-16"),
                    ]
                    if isBig, let x = Double(point.x), let y = Double(point.y) {
                        entry["mark"] = .string(Self.signs[point.kind] ?? "warning")
                        entry["mx"] = .string(CAPArea.decimal(x - 20, 1))
                        entry["my"] = .string(CAPArea.decimal(y - 20, 1))
                    }
                    return .object(entry)
                }),
            "list": .array(
                marks.filter { $0.kind != "machine" }.map {
                    [
                        "kind": .string(visit.word("emergency_plan_\($0.kind)")), "label": .string($0.label),
                        "sign": .string(Self.signs[$0.kind] ?? "machine"),
                    ]
                }),
        ]
        if plan.areas.isEmpty && plan.points.isEmpty { context["none"] = true }
        if let bar = plan.bar { context["bar"] = ["metres": .string("\(bar.metres)"), "length": .string(bar.length)] }
        return .page("emergency-plan", title: "\(visit.word("emergency_plan")) – \(name)", .object(context))
    }

    private static let signs = [
        "assembly": "assembly", "closed": "no_entry", "person": "help", "area": "shield", "site": "shield",
        "machine": "warning",
    ]

    /// Everything of a site that has a place: areas, machines, assembly points, and what is closed.
    private static func marks(
        _ site: Thing, _ visit: Visit, _ tenant: Tenant, _ reader: any Reader
    ) throws -> [SitePlan.Mark] {
        let assembly = Set(try ManualTable.manuals(of: site.id, for: tenant, in: reader).flatMap(\.assembly))
        let closed = Set(try PermitTable.closures(in: reader))
        var marks: [SitePlan.Mark] = []
        var queue = [site]
        var seen: Set<ThingID> = []
        while let thing = queue.first, seen.count < 400 {
            queue.removeFirst()
            guard seen.insert(thing.id).inserted else { continue }
            let isRoom = [.site, .building, .area, .zone].contains(thing.kind)
            // A line is where its machines are, which are drawn.
            if let geometry = thing.geometry, thing.kind != .line || closed.contains(thing.id) {
                let kind =
                    assembly.contains(thing.id)
                    ? "assembly"
                    : closed.contains(thing.id) ? "closed" : thing.id == site.id ? "site" : isRoom ? "area" : "machine"
                marks.append(.init(kind: kind, label: thing.name[visit.language], geometry: geometry))
            }
            // Sensors would only hide what people look for.
            queue += try Things.children(of: thing.id, for: tenant, in: reader).filter { $0.kind != .sensor }
        }
        for id in assembly.subtracting(seen) {
            guard let thing = try Things.find(id, for: tenant, in: reader), let geometry = thing.geometry else {
                continue
            }
            marks.append(.init(kind: "assembly", label: thing.name[visit.language], geometry: geometry))
        }
        return marks
    }

    /// The middle of a shape, as a point.
    private static func middle(_ geometry: Geometry) -> Geometry {
        let many = Double(max(1, geometry.positions.count))
        let point = Geometry.Position(
            geometry.positions.reduce(0) { $0 + $1.x } / many, geometry.positions.reduce(0) { $0 + $1.y } / many)
        return Geometry(.point(point), frame: geometry.frame, level: geometry.level)
    }
}
