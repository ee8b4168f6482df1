import District
import Record
import TestKit
import Testing

@testable import Robots

@Suite("A site conducted with bodies") struct LiveSiteTests {
    /// Everybody is sent to and fro until so many errands are done.
    private func drive(_ live: inout LiveSite, errands: Int, actions: [RouteAction], seed: UInt64) {
        let stations = SiteRunTests.stations(live.run.site)
        var random = SeededGenerator(seed: seed)
        var given = 0
        for _ in 0..<20_000 where live.arrived.count < errands {
            for vehicle in live.vehicleIDs where live.wishes.errands[vehicle] == nil && given < errands {
                let taken = Set(live.wishes.errands.values.map(\.goal))
                guard let goal = stations.filter({ !taken.contains($0) }).randomElement(using: &random) else {
                    continue
                }
                given += 1
                live.wishes.errands[vehicle] = Errand(id: "errand-\(given)", goal: goal, actions: actions)
            }
            live.beat()
        }
    }

    @Test(
        "bodies keep their distance, and every errand is done, with and without something to do there",
        arguments: [("onyu-main", 3, true), ("solmaru", 3, false), ("haesol-center", 5, true)])
    func distance(site: String, vehicles: Int, hasActions: Bool) throws {
        var build = VehicleBuild()
        build.delays = 0.1
        var live = try LiveSite(site, vehicles: vehicles, seed: 5, build: build)
        drive(&live, errands: 8, actions: hasActions ? [RouteAction(id: "", type: "drop")] : [], seed: 9)
        #expect(live.arrived.count == 8)
        #expect(Set(live.arrived).count == 8)
        #expect(live.nearest >= 2 * live.run.site.plan.footprint - 0.05)
        #expect(live.run.execution.isSafe())
        #expect(live.help.isEmpty)
    }

    /// A site where everybody is on its way.
    private func busy(_ site: String = "haesol-center", vehicles: Int = 5, beats: Int = 40) throws -> LiveSite {
        var live = try LiveSite(site, vehicles: vehicles, seed: 3)
        let stations = SiteRunTests.stations(live.run.site)
        for (number, vehicle) in live.vehicleIDs.enumerated() {
            live.wishes.errands[vehicle] = Errand(id: "far-\(number)", goal: stations[stations.count - 1 - number])
        }
        live.beats(beats)
        return live
    }

    @Test("who is called off between two nodes keeps the next one, and goes on from there")
    func between() throws {
        var live = try busy()
        let vehicle = try #require(
            live.vehicleIDs.first { vehicle in
                guard let report = live.run.crews[vehicle]?.report, let body = live.body(vehicle) else { return false }
                return body.velocity > 0.3
                    && live.run.site.number(report.lastNode).map {
                        !live.run.site.isAt(report, $0)
                    } == true
            })
        let index = live.index(vehicle)
        // Nothing more is released to it, so that it can be looked at where it stopped.
        live.wishes.unfit = [vehicle]
        live.take(live.run.cancel(vehicle))
        live.beats(60) { $0.run.crews[vehicle]?.drive == nil }
        #expect(live.run.crews[vehicle]?.drive == nil)
        let body = try #require(live.body(vehicle))
        let held = live.run.execution.released(index)
        #expect(held.count == 2)
        #expect(live.run.site.distance(body.position, to: held) < 0.1)
        live.wishes.unfit = []
        live.beats(4000) { $0.arrived.count == $0.vehicleIDs.count }
        #expect(live.arrived.count == live.vehicleIDs.count)
        #expect(live.nearest >= 2 * live.run.site.plan.footprint - 0.05)
    }

    @Test("in an emergency that closes the whole site everybody still gets out of the corridors")
    func emergency() throws {
        var live = try busy()
        var work = SiteWork()
        work.closed = [ThingID("haesol-center")]
        for vehicle in live.vehicleIDs {
            work.builds[vehicle] = SiteWork.Build(footprint: live.run.site.plan.footprint)
        }
        work.holds = [
            Hold(
                id: "hold/emergency", reach: .thing(ThingID("haesol-center")), cause: .evacuation, reason: "emergency",
                scope: .zone, placed: live.now)
        ]
        for _ in 0..<1600 {
            live.wishes = live.run.work(work, at: live.now).wishes
            live.beat()
        }
        for vehicle in live.vehicleIDs {
            let body = try #require(live.body(vehicle))
            let node = try #require(live.node(vehicle))
            #expect(live.run.site.roadmap.refuges.contains(node))
            #expect(live.run.site.distance(body.position, to: [node]) < 0.1)
        }
        #expect(live.nearest >= 2 * live.run.site.plan.footprint - 0.05)
    }

    @Test("a way on which something is closed is not driven, though both its ends are open")
    func closedWay() throws {
        var live = try busy(beats: 8)
        let vehicle = live.vehicleIDs[0]
        let index = live.index(vehicle)
        let ahead = live.run.execution.released(index) + live.run.execution.horizon(index)
        let held = Set(live.vehicleIDs.flatMap { live.run.execution.released(live.index($0)) })
        let (from, goal) = (ahead[0], try #require(live.wishes.errands[vehicle]).goal)
        // One that nobody has yet, and round which another way leads.
        let way = try #require(
            zip(ahead, ahead.dropFirst()).map { CompiledSite.Way($0, $1) }.first { way in
                !held.contains(way.from)
                    && Planner(live.run.site.roadmap(without: [way])).cost(from: from, to: goal) != nil
            })
        live.wishes.closedWays = [way]
        var last = live.node(vehicle)
        for _ in 0..<3000 where live.arrived.count < live.vehicleIDs.count {
            live.beat()
            for other in live.vehicleIDs {
                let nodes = live.run.execution.released(live.index(other))
                #expect(!zip(nodes, nodes.dropFirst()).contains { CompiledSite.Way($0, $1) == way })
            }
            let node = live.node(vehicle)
            #expect(!(last == way.from && node == way.to))
            last = node
        }
        #expect(live.arrived.count == live.vehicleIDs.count)
    }

    @Test("what was journaled and lost on its way to the vehicle is sent again after a restart")
    func lostRoutes() throws {
        var live = try busy(vehicles: 2, beats: 0)
        live.losesRoutes = true
        live.beats(8)
        #expect(live.run.crews.values.contains { $0.drive != nil })
        var run = SiteRun(live.run.site)
        for vehicle in live.vehicleIDs {
            var memory = live.run.memory(of: vehicle)
            // As the conductor does with orders that the fleet never sent.
            if memory?.drive?.id != live.sessions[vehicle]?.sent?.id { memory?.drive = nil }
            run.enrol(vehicle, memory)
        }
        live.run = run
        live.losesRoutes = false
        live.beats(4000) { $0.arrived.count == 2 }
        #expect(live.arrived.count == 2)
    }

    @Test("a vehicle that hears nothing does not keep the site from a new edition, and keeps what it holds")
    func deafEdition() throws {
        var live = try busy()
        let deaf = live.vehicleIDs[1]
        let index = live.index(deaf)
        live.deaf = [deaf]
        live.beats(160) { $0.run.crews[deaf]?.report?.presence != .here }
        let held = live.run.execution.released(index)
        #expect(live.run.execution.holds[index]?.isLost == true)
        live.run.change(to: live.run.site)
        live.beats(400) { $0.run.next == nil }
        #expect(live.run.next == nil)
        #expect(live.run.execution.released(index) == held)
        #expect(live.run.execution.holds[index]?.isLost == true)
        live.beats(4000) { $0.arrived.count >= $0.vehicleIDs.count - 1 }
        #expect(live.nearest >= 2 * live.run.site.plan.footprint - 0.05)
    }

    @Test("two on one place call a person, and do not keep the others from their errands")
    func twins() throws {
        var live = try LiveSite("haesol-center", vehicles: 4, seed: 3)
        live.beats(4)
        let ids = live.vehicleIDs
        let node = try #require(live.run.execution.released(live.index(ids[0])).first)
        live.run.execution.place(live.index(ids[1]), at: node)
        live.deaf = [ids[0], ids[1]]
        let stations = SiteRunTests.stations(live.run.site)
        live.wishes.errands[ids[2]] = Errand(id: "two", goal: stations[3])
        live.wishes.errands[ids[3]] = Errand(id: "three", goal: stations[5])
        live.beats(100)
        #expect(Set(live.help.filter { $0.1 == .twins }.map(\.0)) == [ids[0], ids[1]])
        live.beats(3000) { $0.arrived.count == 2 }
        #expect(Set(live.arrived) == ["two", "three"])
        #expect(live.help.filter { $0.1 == .twins }.count == 2)
    }

    @Test("a lift is not given back while somebody who is held stands in it")
    func inTheLift() throws {
        var live = try LiveSite("onyu-main", vehicles: 1, seed: 5)
        let vehicle = live.vehicleIDs[0], site = live.run.site
        live.beats(4)
        let start = try #require(live.node(vehicle))
        let goal = try #require(
            SiteRunTests.stations(site).first { site.spots[Int($0)].map != site.spots[Int(start)].map })
        live.wishes.errands[vehicle] = Errand(id: "upstairs", goal: goal)
        func isInside(_ live: LiveSite) -> Bool {
            live.node(vehicle).map { site.spots[Int($0)].lift != nil } == true
        }
        live.beats(4000, until: isInside)
        #expect(isInside(live))
        live.wishes.held = [vehicle]
        for _ in 0..<400 {
            live.beat()
            #expect(live.run.gates["lift-1"]?.wish != nil)
        }
        live.wishes.held = []
        live.beats(4000) { !$0.arrived.isEmpty }
        #expect(live.arrived == ["upstairs"])
    }
}
