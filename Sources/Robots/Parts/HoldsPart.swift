import Access
import District
import Record
import Web

extension Part {
    /// Holds, closures and emergencies: what keeps vehicles where they are; and what they call a person for.
    static func holds(_ book: Handbook, places: Places, floor: FloorSource) -> Part {
        let routes = HoldRoutes(places: places, floor: floor)
        var part = Part()
        part.migrations = [HoldTable.migration, ReleaseJournal.migration, ReleaseJournal.takeover, CallTable.migration]
        part.commands = [PlaceHold.command, LiftHold.command]
        part.projections = [HoldTable.projection, HoldTable.surroundings, CallTable.projection]
        part.reactions = [HoldReactions.evacuate] + CallReactions.all
        part.names = [
            HoldTargets.thing: { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try HoldTargets.things(for: tenant, in: reader)
            },
            HoldTargets.zone: { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try HoldTargets.zones(for: tenant, in: reader)
            },
        ]
        part.routes = routes.routes
        part.doors = [
            Door(
                "/robots/holds", Words("로봇 멈춤", "Holds"),
                Words("로봇을 바로 멈추고, 확인한 뒤 풉니다.", "Stop robots at once, and release them after a look."),
                roles: [.operator, .safetyManager, .zoneOfficer])
        ]
        part.home = { try await routes.tasks($0) }
        part.topics = [("robots.hold.", "robot-holds")]
        return part
    }
}
