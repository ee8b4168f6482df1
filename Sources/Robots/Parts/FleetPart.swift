import Access
import District
import Record
import Store
import Twin
import Web

extension Part {
    /// Vehicles: enrolled, spoken to by VDA 5050, their faults, and the simulated ones of the sample.
    static func fleet(_ book: Handbook, _ fleet: Fleet, sites: [SitePlan]) throws(HandbookError) -> Part {
        var part = Part()
        let air = FleetAir()
        part.migrations = [VehicleTable.migration, VehicleTable.owners, FleetJournal.loads]
        part.projections = [VehicleTable.projection]
        part.commands = [
            EnrolVehicle.command, ApproveVehicle.command, JudgeVehicle.settle, JudgeVehicle.withdraw(fleet.doings),
        ]
        part.names = [
            "vehicle": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try VehicleTable.all(for: tenant, in: reader).prefix(Named.most).map {
                    Named($0.thing.rawValue, [$0.name.ko, $0.name.en], label: $0.name)
                }
            }
        ]
        part.topics = [("robots.vehicle.", "robots-vehicles")]
        part.routes = VehicleRoutes(fleet: fleet, sites: sites).routes
        part.doors = [
            Door(
                "/robots/vehicles", Words("로봇", "Vehicles"),
                Words("배터리, 상태, 고장을 보고 새 로봇을 등록합니다.", "Batteries, states and faults; enrol new robots."),
                roles: [.operator, .worker, .executive, .safetyManager, .zoneOfficer])
        ]
        part.services = { spine in
            let clock = spine.district.clock
            return [FleetGateway(spine: spine, fleet: fleet, air: air, isMine: { fleet.seat.isMine(at: clock()) })]
                + (spine.isSample ? [SampleFleetService(spine: spine, fleet: fleet, air: air, sites: sites)] : [])
        }
        part.sample = { spine, _ in try await SampleFleet(sites: sites).found(in: spine) }
        return part
    }
}
