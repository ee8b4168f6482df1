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
    var projections: [Projection] {
        [
            Projection(tables: TwinTables.projected, types: TwinEvents.types) { event, _, transaction in
                try TwinTables.apply(event, in: transaction)
            }
        ]
    }
}
