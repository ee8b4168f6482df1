import Access
import Record
import Store
import Twin

/// Firms, people and roles, as a room of the house.
struct AccessRoom: Capability {
    let name = "access"
    let title = Words("사람과 기업", "People and firms")
    var migrations: [Migration] { AccessTables.migrations }
    var commands: [Command] { [GrantRole.command, RevokeRole.command] }

    func named(_ kind: String, for caller: Caller, in reader: any Reader) throws -> [Named]? {
        switch kind {
        case "person":
            guard let tenant = try? caller.tenant else { return [] }
            return try Directory.people(for: tenant, containing: "", limit: Named.most, in: reader).rows
                .filter(\.active).map { Named($0.id.rawValue, [$0.name ?? ""]) }
        case "firm":
            guard let tenant = try? caller.tenant else { return [] }
            return try Directory.firms(for: tenant, containing: "", limit: Named.most, in: reader).rows
                .map { Named($0.id.rawValue, [$0.name]) }
        default: return nil
        }
    }

    var projections: [Projection] {
        [
            Projection(tables: AccessTables.projected, types: AccessEvents.types) { event, payload, transaction in
                try AccessTables.apply(event, disclosed: payload, in: transaction)
            }
        ]
    }
}

/// The things of the district, as a room of the house.
struct TwinRoom: Capability {
    let name = "twin"
    let title = Words("설비와 장소", "Things and places")
    var migrations: [Migration] { TwinTables.migrations }

    func named(_ kind: String, for caller: Caller, in reader: any Reader) throws -> [Named]? {
        guard kind == "thing" else { return nil }
        guard let tenant = try? caller.tenant else { return [] }
        return try Things.list(ThingFilter(words: ""), for: tenant, limit: Named.most, in: reader).rows
            .map { Named($0.id.rawValue, [$0.name.ko, $0.name.en], label: $0.name) }
    }

    var projections: [Projection] {
        [
            Projection(tables: TwinTables.projected, types: TwinEvents.types) { event, _, transaction in
                try TwinTables.apply(event, in: transaction)
            }
        ]
    }
}
