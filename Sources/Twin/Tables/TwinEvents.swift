public import Record
public import Store

/// What the Twin puts on the Record. A draft is made only after its checks, within the transaction that appends it.
public enum TwinEvents {
    /// A thing came to the district, or was described anew.
    public static let declared = "twin.thing.declared"
    /// A thing became part of another, or was put elsewhere.
    public static let moved = "twin.thing.moved"
    /// A thing was taken out of the district.
    public static let retired = "twin.thing.retired"
    /// An attribute of a thing was seen to have a value.
    public static let attributeObserved = "twin.attribute.observed"

    /// Every type that ``TwinTables/apply(_:in:)`` understands.
    public static let types = [declared, moved, retired, attributeObserved]

    /// Things come to the district, or are described anew; a parent may stand earlier in the same list.
    ///
    /// Describing anew keeps kind and scope, which others have built on.
    /// - Parameters:
    ///   - observed: since when; where nil, since it is recorded.
    /// - Throws: ``TwinError``.
    public static func declared(
        _ things: [Thing], observed: Timestamp? = nil, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> [Draft] {
        var coming: [ThingID: Hierarchy.Node] = [:]
        return try things.map { thing in
            try Bounds.check(thing)
            guard tenant.owns(thing.scope) else { throw notYours }
            let known = try coming[thing.id] ?? Things.node(thing.id, in: transaction)
            if let known, known.scope != thing.scope || known.kind != thing.kind {
                throw TwinError(
                    .taken, "id", Words("이미 사용 중인 식별자입니다: \(thing.id)", "The identifier \(thing.id) is in use."))
            }
            if let parent = thing.parent {
                try Hierarchy { try coming[$0] ?? Things.node($0, in: transaction) }.check(
                    thing.id, thing.kind, within: parent,
                    parts: known == nil ? [] : Things.kinds(within: thing.id, in: transaction), for: tenant)
            }
            coming[thing.id] = Hierarchy.Node(
                id: thing.id, kind: thing.kind, parent: thing.parent, scope: thing.scope, retired: false)
            return draft(declared, thing.id, thing.scope, observed, payload(of: thing))
        }
    }

    /// A thing becomes part of another, or is put elsewhere.
    /// - Parameters:
    ///   - parent: what it is part of from now on; nil for nothing.
    ///   - geometry: where it is from now on; nil where that is unknown.
    /// - Throws: ``TwinError``.
    public static func moved(
        _ id: ThingID, to parent: ThingID?, geometry: Geometry?, observed: Timestamp, at now: Timestamp,
        for tenant: some Tenancy, in transaction: any Reader
    ) throws -> Draft {
        let node = try present(id, for: tenant, in: transaction)
        try Bounds.time(observed, now: now)
        if let geometry { try Bounds.check(geometry) }
        if let parent {
            try Hierarchy { try Things.node($0, in: transaction) }.check(
                id, node.kind, within: parent, parts: Things.kinds(within: id, in: transaction), for: tenant)
        }
        return draft(
            moved, id, node.scope, observed,
            ["parent": parent.map { .string($0.rawValue) } ?? .null, "geometry": geometry?.json ?? .null])
    }

    /// A thing is taken out of the district; what was part of it must have gone before.
    /// - Throws: ``TwinError``.
    public static func retired(
        _ id: ThingID, observed: Timestamp? = nil, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> Draft {
        let node = try present(id, for: tenant, in: transaction)
        guard try Things.kinds(within: id, in: transaction).isEmpty else {
            throw TwinError(
                .parts, "id",
                Words("하위 사물이 남아 있어 폐기할 수 없습니다.", "Other things are part of it: move or retire them first."))
        }
        return draft(retired, id, node.scope, observed, [:])
    }

    /// An attribute of a thing is seen to have a value.
    /// - Parameters:
    ///   - unit: UCUM code of a number's unit.
    /// - Throws: ``TwinError``.
    public static func attributeObserved(
        _ attribute: String, of id: ThingID, is value: JSON, unit: String? = nil, observed: Timestamp,
        at now: Timestamp, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> Draft {
        let node = try present(id, for: tenant, in: transaction)
        try Bounds.attribute(attribute, value, unit: unit)
        try Bounds.time(observed, now: now)
        return draft(
            attributeObserved, id, node.scope, observed,
            ["attribute": .string(attribute), "value": value, "unit": unit.map { .string($0) } ?? .null])
    }

    private static let notYours = TwinError(
        .scope, "scope", Words("다른 기관의 사물은 변경할 수 없습니다.", "This thing is not yours to change."))

    /// A thing that is there, and the tenant's to change.
    private static func present(
        _ id: ThingID, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> Hierarchy.Node {
        guard let node = try Things.node(id, in: transaction), !node.retired, tenant.sees(node.scope) else {
            throw TwinError.unknown("id", id)
        }
        guard tenant.owns(node.scope) else { throw notYours }
        return node
    }

    private static func draft(
        _ type: String, _ id: ThingID, _ scope: Scope, _ observed: Timestamp?, _ payload: [String: JSON]
    ) -> Draft {
        Draft(type, stream: "thing/\(id)", scope: scope, observed: observed, payload: payload)
    }

    private static func payload(of thing: Thing) -> [String: JSON] {
        [
            "kind": .string(thing.kind.rawValue), "parent": thing.parent.map { .string($0.rawValue) } ?? .null,
            "name": ["ko": .string(thing.name.ko), "en": .string(thing.name.en)],
            "firm": thing.firm.map { .string($0.rawValue) } ?? .null, "geometry": thing.geometry?.json ?? .null,
            "attributes": .object(thing.attributes), "sample": .bool(thing.sample),
        ]
    }
}
