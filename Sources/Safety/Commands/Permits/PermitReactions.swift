import Access
import District
import Record
import Store
import Twin

/// What permits do when something happens elsewhere.
enum PermitReactions {
    static let all = [onClosure, onEmergency]

    /// A place that is closed, for whatever reason, stops the work under every permit there.
    static let onClosure = Reaction(
        "safety.suspend-permits-on-closure", to: ZoneClosed.type, yields: ["safety.permit.suspended"]
    ) { event, tables in
        guard let closed = ZoneClosed(event) else { return [] }
        return try suspended(at: closed.thing, reason: "closure", in: tables)
    }

    /// A real emergency stops the work there; a drill does not, for it must be possible to drill while work goes on.
    static let onEmergency = Reaction(
        "safety.suspend-permits-on-emergency", to: EmergencyDeclared.type, yields: ["safety.permit.suspended"]
    ) { event, tables in
        guard let emergency = EmergencyDeclared(event), !emergency.isDrill else { return [] }
        return try suspended(at: emergency.thing, reason: "emergency", in: tables)
    }

    /// Running permits at a thing, at what it is part of or at what is part of it, each suspended.
    private static func suspended(at thing: ThingID, reason: String, in reader: any Reader) throws -> [Draft] {
        try PermitTable.running(in: reader).compactMap { permit in
            let place = permit.firms.place
            let above = try Things.path(to: thing, for: place, in: reader).map(\.id)
            let path = try Things.path(to: permit.thing, for: place, in: reader).map(\.id)
            guard above.contains(permit.thing) || path.contains(thing) else { return nil }
            let inside = try PermitTable.people(of: permit.id, in: reader).filter(\.isInside)
            return permit.draft(
                "suspended",
                ["reason": .string(reason), "inside": .array(inside.map { .string($0.person.rawValue) })])
        }
    }
}
