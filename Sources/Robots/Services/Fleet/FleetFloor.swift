import Access
import District
import Record
import Store

extension Fleet {
    /// The vehicles of a site as the live floor shows them, for whoever may see their rows.
    func floor(_ site: String, _ tenant: Tenant, _ spine: Spine) async throws -> [FloorVehicle] {
        let enrolled = try await spine.district.store.read { try VehicleTable.all(for: tenant, in: $0) }
        return enrolled.filter { $0.site.rawValue == site }.map { vehicle in
            Self.shown(vehicle, standing(vehicle.vehicle))
        }
    }

    private static func shown(_ vehicle: EnrolledVehicle, _ standing: VehicleStanding?) -> FloorVehicle {
        var shown = FloorVehicle(
            vehicle: vehicle.vehicle, name: vehicle.name, state: .lost, signs: VehicleSigns(standing))
        guard let standing, let report = standing.report else { return shown }
        if let position = report.position, position.isLocalised {
            shown.place = .init(map: position.map, x: position.x, y: position.y, heading: position.heading)
        }
        shown.node = report.lastNode
        shown.order = standing.order?.id ?? ""
        shown.seen = report.came
        let rank = ["WARNING", "URGENT", "CRITICAL", "FATAL"]
        shown.faults = standing.faults.sorted {
            (rank.firstIndex(of: $0.value.level) ?? 0, $1.key) > (rank.firstIndex(of: $1.value.level) ?? 0, $0.key)
        }.map(\.key)
        guard standing.presence == .here else { return shown }
        shown.charge = report.charge
        let isGrave = standing.faults.contains { ["CRITICAL", "FATAL"].contains($0.value.level) }
        shown.state =
            if isGrave || report.emergencyStop {
                .fault
            } else if report.mode != "AUTOMATIC", report.mode != "SEMIAUTOMATIC" {
                .manual
            } else if report.isDriving {
                .driving
            } else if report.isCharging {
                .charging
            } else if report.actions.contains(where: { !VDAState.isOver($0.value) && $0.value != "WAITING" }) {
                .working
            } else {
                .waiting
            }
        return shown
    }
}
