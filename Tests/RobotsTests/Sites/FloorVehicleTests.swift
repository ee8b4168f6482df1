import Record
import Testing

@testable import Robots

@Suite("A vehicle on the floor")
struct FloorVehicleTests {
    private func vehicle(
        _ presence: VehicleReport.Presence = .here, faults: [String: String] = [:],
        _ change: (inout VehicleReport) -> Void = { _ in }
    ) -> FloorVehicle {
        var report = VehicleReport(
            vehicle: VehicleID(manufacturer: "narae", serial: "nr-01"), said: Timestamp(microseconds: 0),
            came: Timestamp(microseconds: 1))
        report.position = VehicleReport.Position(map: "1F", x: 1, y: 2, heading: 3)
        report.charge = 61
        change(&report)
        return FloorVehicle(
            thing: "narae-nr-01", name: Words("나래", "Narae"), report: report, presence: presence, faults: faults)
    }

    @Test func itsStateIsWhatItSays() {
        #expect(vehicle().state == .waiting)
        #expect(vehicle { $0.isDriving = true }.state == .driving)
        #expect(vehicle { $0.isCharging = true }.state == .charging)
        #expect(vehicle { $0.actions = ["a": "RUNNING"] }.state == .working)
        #expect(vehicle { $0.mode = "MANUAL" }.state == .manual)
        #expect(vehicle { $0.emergencyStop = true }.state == .fault)
        #expect(vehicle(faults: ["low": "WARNING", "wheel": "FATAL"]).state == .fault)
        #expect(vehicle(faults: ["low": "WARNING", "wheel": "FATAL"]).faults == ["wheel", "low"])
        #expect(vehicle(faults: ["low": "WARNING"]).state == .waiting)
        #expect(vehicle().place == FloorVehicle.Place(map: "1F", x: 1, y: 2, heading: 3) && vehicle().charge == 61)
    }

    @Test func whoeverIsNotHeardIsNeverShownAsWell() {
        for presence in VehicleReport.Presence.allCases where presence != .here {
            #expect(vehicle(presence) { $0.isDriving = true }.state == .lost)
        }
        let unheard = FloorVehicle(
            thing: "x", name: Words("x", "x"), report: nil, presence: .here, faults: [:])
        #expect(unheard.state == .lost && unheard.place == nil)
    }
}
