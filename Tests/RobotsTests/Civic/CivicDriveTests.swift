import District
import Record
import Testing

@testable import Robots

@Suite("Vehicles drive as citizens adopted") struct CivicDriveTests {
    /// Sends everybody somewhere, and says how fast each of them ever drove.
    private func tops(_ live: inout LiveSite, _ round: String) -> [VehicleID: Double] {
        let stations = SiteRunTests.stations(live.run.site)
        for (number, vehicle) in live.vehicleIDs.enumerated() {
            let goals = stations.enumerated().filter { $0.offset % live.vehicleIDs.count == number }.map(\.element)
            let goal = goals.first { $0 != live.node(vehicle) }
            live.wishes.errands[vehicle] = goal.map { Errand(id: "\(round)-\(number)", goal: $0) }
        }
        var tops: [VehicleID: Double] = [:]
        let before = live.arrived.count
        for _ in 0..<12_000 where live.arrived.count < before + live.vehicleIDs.count {
            live.beat()
            for vehicle in live.vehicleIDs {
                tops[vehicle] = max(tops[vehicle] ?? 0, live.body(vehicle)?.velocity ?? 0)
            }
        }
        return tops
    }

    @Test("both versions drive faster before the vote than after it, arrive all the same, and as before once it ended")
    func slower() throws {
        var live = try LiveSite("solmaru", vehicles: 2, seed: 5)
        let drawn = live.run.site.plan
        let fast = tops(&live, "before")
        #expect(fast.count == 2 && fast.values.allSatisfy { $0 > 0.8 }, "\(fast)")
        let rule = CivicRuleTests.rule(site: "solmaru", area: nil, 0.4)
        live.run.change(to: try SiteCompiler.compile(drawn.with([rule])))
        // The edition comes into force once nobody drives.
        live.beats(4000) { $0.run.next == nil }
        #expect(live.run.next == nil)
        let slow = tops(&live, "after")
        #expect(live.arrived.count == 4)
        #expect(slow.count == 2 && slow.values.allSatisfy { $0 > 0.2 && $0 <= 0.4001 }, "\(slow)")
        live.run.change(to: try SiteCompiler.compile(drawn.with([rule]).with([])))
        live.beats(4000) { $0.run.next == nil }
        let again = tops(&live, "ended")
        #expect(again.values.allSatisfy { $0 > 0.8 }, "\(again)")
        #expect(live.help.isEmpty && live.arrived.count == 6)
    }
}
