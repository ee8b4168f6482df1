import District
import Record
import TestKit
import Testing

@testable import Robots

@Suite("A site being conducted") struct SiteRunTests {
    struct Crowd: Sendable {
        let site: String, vehicles: Int, delay: Double
        init(_ site: String, _ vehicles: Int, _ delay: Double) {
            (self.site, self.vehicles, self.delay) = (site, vehicles, delay)
        }
    }

    static func site(_ id: String) throws -> CompiledSite {
        let book = Handbook(shipped: Robots.shippedData, corrections: nil)
        let plan = try #require(try SampleSites.plans(book).first { $0.id == id })
        return try SiteCompiler.compile(plan)
    }

    static func stations(_ site: CompiledSite) -> [Int32] {
        site.spots.indices.filter { site.spots[$0].kind == .station }.map { Int32($0) }
    }

    @Test(
        "vehicles with delays get everywhere they are sent, and no two ever hold what conflicts",
        arguments: [Crowd("onyu-main", 4, 0.1), Crowd("solmaru", 4, 0.5), Crowd("haesol-center", 12, 0.1)])
    func errands(_ crowd: Crowd) throws {
        let (id, vehicles, delay) = (crowd.site, crowd.vehicles, crowd.delay)
        let site = try Self.site(id)
        let stations = Self.stations(site)
        var ground = Arena(site, vehicles: vehicles, seed: 7, delay: delay)
        var random = SeededGenerator(seed: 11)
        var given = 0
        for _ in 0..<6000 where ground.arrived.count < 40 {
            for vehicle in ground.vehicles where ground.wishes.errands[vehicle] == nil && given < 40 {
                let taken = Set(ground.wishes.errands.values.map(\.goal))
                let free = stations.filter { !taken.contains($0) }
                guard let goal = free.randomElement(using: &random) else { continue }
                given += 1
                ground.wishes.errands[vehicle] = Errand(
                    id: "errand-\(given)", goal: goal, actions: [RouteAction(id: "", type: "drop")])
            }
            ground.beat()
            #expect(ground.run.execution.isSafe())
            #expect(ground.run.execution.hasRefuges(closed: ground.run.closed))
        }
        if ground.arrived.count < 40 {
            for crew in ground.run.crews.values.sorted(by: { $0.index < $1.index }) {
                let hold = ground.run.execution.holds[crew.index]
                print("DBG", crew.isReady, crew.cancelling as Any, crew.report?.order ?? "", crew.done as Any, ground.run.execution.needsPlan, ground.bodies.bodies[crew.vehicle]?.sequence ?? -1, ground.bodies.bodies[crew.vehicle]?.order ?? "", crew.vehicle, hold?.nodes.map { site.name($0) } ?? [], "goal", ground.wishes.errands[crew.vehicle].map { site.name($0.goal) } ?? "-",
                    "drive", crew.drive as Any, "wait", ground.run.execution.waiting(crew.index) as Any, "hor", ground.run.execution.horizon(crew.index).prefix(4).map { site.name($0) }, ground.bodies.bodies[crew.vehicle]?.route?.steps.map(\.node) ?? [])
            }
            for (id, gate) in ground.run.gates { print("DBG", id, gate.status as Any, gate.wish as Any, ground.lifts[id] as Any) }
        }
        #expect(ground.arrived.count == 40)
        #expect(Set(ground.arrived.map(\.1)).count == 40)
        #expect(ground.help.isEmpty)
    }
}
