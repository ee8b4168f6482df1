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
        var arena = Arena(site, vehicles: vehicles, seed: 7, delay: delay)
        var random = SeededGenerator(seed: 11)
        var given = 0
        for _ in 0..<6000 where arena.arrived.count < 40 {
            for vehicle in arena.vehicles where arena.wishes.errands[vehicle] == nil && given < 40 {
                let taken = Set(arena.wishes.errands.values.map(\.goal))
                let free = stations.filter { !taken.contains($0) }
                guard let goal = free.randomElement(using: &random) else { continue }
                given += 1
                arena.wishes.errands[vehicle] = Errand(
                    id: "errand-\(given)", goal: goal, actions: [RouteAction(id: "", type: "drop")])
            }
            arena.beat()
            #expect(arena.run.execution.isSafe())
            #expect(arena.run.execution.hasRefuges(closed: arena.run.closed))
        }
        #expect(arena.arrived.count == 40)
        #expect(Set(arena.arrived.map(\.1)).count == 40)
        #expect(arena.help.isEmpty)
    }

    /// An arena in which everybody is on its way somewhere.
    private func busy(_ id: String = "haesol-center", vehicles: Int = 6, beats: Int = 12) throws -> Arena {
        let site = try Self.site(id)
        let stations = Self.stations(site)
        var arena = Arena(site, vehicles: vehicles, seed: 3, delay: 0.1)
        for (number, vehicle) in arena.vehicles.enumerated() {
            arena.wishes.errands[vehicle] = Errand(id: "far-\(number)", goal: stations[stations.count - 1 - number])
        }
        for _ in 0..<beats { arena.beat() }
        return arena
    }

    @Test("who is held is paused at once, gets nothing more, and goes on when the hold is lifted")
    func holds() throws {
        var arena = try busy()
        let held = try #require(arena.vehicles.first)
        arena.wishes.held = [held]
        arena.beat()
        #expect(arena.bodies.bodies[held]?.isPaused == true)
        let node = arena.bodies.bodies[held]?.node
        let holds = arena.run.execution.holds[try #require(arena.run.crews[held]).index]?.nodes.last
        for _ in 0..<200 { arena.beat() }
        #expect(arena.bodies.bodies[held]?.node == node)
        #expect(arena.run.execution.holds[try #require(arena.run.crews[held]).index]?.nodes.last == holds)
        #expect(arena.arrived.count == arena.vehicles.count - 1)
        arena.wishes.held = []
        for _ in 0..<400 where arena.arrived.count < arena.vehicles.count { arena.beat() }
        #expect(arena.arrived.count == arena.vehicles.count)
    }

    @Test("a closed place is never entered: orders into it are called off, and who was to go there goes round or waits")
    func closure() throws {
        var arena = try busy()
        let route = try #require(
            arena.vehicles.lazy.compactMap { arena.bodies.bodies[$0]?.route }.first { $0.steps.count > 6 })
        let closed = Set(route.steps.suffix(3).dropLast().compactMap { arena.run.site.number($0.node) })
        let inside = Set(arena.bodies.bodies.values.compactMap { arena.run.site.number($0.node) })
        try #require(closed.isDisjoint(with: inside))
        arena.wishes.closed = closed
        for _ in 0..<300 {
            arena.beat()
            let there = Set(arena.bodies.bodies.values.compactMap { arena.run.site.number($0.node) })
            #expect(there.isDisjoint(with: closed))
        }
        arena.wishes.closed = []
        for _ in 0..<600 where arena.arrived.count < arena.vehicles.count { arena.beat() }
        #expect(arena.arrived.count == arena.vehicles.count)
    }

    @Test("an evacuation clears the corridors: everybody ends on a refuge, and no errand goes on")
    func evacuation() throws {
        var arena = try busy()
        arena.wishes.evacuated = Set(arena.vehicles)
        for _ in 0..<600 { arena.beat() }
        for vehicle in arena.vehicles {
            let node = try #require(arena.bodies.bodies[vehicle].flatMap { arena.run.site.number($0.node) })
            #expect(arena.run.site.roadmap.refuges.contains(node))
        }
        #expect(arena.arrived.isEmpty)
    }

    @Test("a vehicle that falls silent keeps what it holds; the others go round it; it goes on when it speaks again")
    func lost() throws {
        var arena = try busy()
        let lost = try #require(arena.vehicles.first)
        arena.bodies.bodies[lost]?.isSilent = true
        arena.bodies.tell(lost, arena.now)
        arena.beat()
        let index = try #require(arena.run.crews[lost]).index
        let kept = try #require(arena.run.execution.holds[index]?.nodes)
        for _ in 0..<300 {
            arena.beat()
            #expect(arena.run.execution.holds[index]?.nodes == kept)
            for (other, body) in arena.bodies.bodies where other != lost {
                #expect(arena.run.site.number(body.node).map(kept.contains) == false)
            }
        }
        arena.bodies.bodies[lost]?.isSilent = false
        arena.bodies.tell(lost, arena.now)
        for _ in 0..<600 where arena.arrived.count < arena.vehicles.count { arena.beat() }
        #expect(arena.arrived.count == arena.vehicles.count)
    }

    @Test("a vehicle moved by hand is taken from where it stands")
    func moved() throws {
        var arena = try busy(vehicles: 2)
        let moved = try #require(arena.vehicles.first)
        let order = try #require(arena.bodies.bodies[moved]?.order)
        let other = try #require(Self.stations(arena.run.site).dropFirst(3).first)
        arena.bodies.bodies[moved]?.route = nil
        arena.bodies.bodies[moved]?.node = arena.run.site.name(other)
        arena.bodies.bodies[moved]?.order = ""
        arena.bodies.tell(moved, arena.now)
        arena.bodies.news.append(.refused(moved, order: order, .moved))
        arena.beat()
        let index = try #require(arena.run.crews[moved]).index
        #expect(arena.run.execution.released(index).first == other)
        for _ in 0..<600 where arena.arrived.count < 2 { arena.beat() }
        #expect(arena.arrived.count == 2)
    }

    @Test("after a restart the same nodes are held before anything is released, and everybody goes on")
    func restart() throws {
        var arena = try busy()
        var run = SiteRun(arena.run.site)
        for vehicle in arena.vehicles {
            let memory = try #require(arena.run.memory(of: vehicle))
            #expect(CrewMemory(memory.json) == memory)
            run.enrol(vehicle, memory)
            let index = try #require(run.crews[vehicle]).index
            let old = try #require(arena.run.crews[vehicle]).index
            #expect(run.execution.released(index) == arena.run.execution.released(old))
        }
        // Nobody was heard yet: nothing may be released.
        #expect(!run.tick(arena.wishes, at: arena.now).contains { if case .drive = $0 { true } else { false } })
        arena.run = run
        for vehicle in arena.vehicles { arena.bodies.tell(vehicle, arena.now) }
        for _ in 0..<600 where arena.arrived.count < arena.vehicles.count {
            arena.beat()
            #expect(arena.run.execution.isSafe())
        }
        #expect(arena.arrived.count == arena.vehicles.count)
    }

    @Test("a lift that is stuck calls a person; who waits for it goes on when it moves again")
    func stuckLift() throws {
        let site = try Self.site("onyu-main")
        var arena = Arena(site, vehicles: 1, seed: 5, delay: 0)
        let vehicle = try #require(arena.vehicles.first)
        let start = try #require(arena.bodies.bodies[vehicle].flatMap { site.number($0.node) })
        let goal = try #require(
            Self.stations(site).first { site.spots[Int($0)].map != site.spots[Int(start)].map })
        arena.lifts["lift-1"]?.isStuck = true
        arena.wishes.errands[vehicle] = Errand(id: "upstairs", goal: goal)
        for _ in 0..<600 { arena.beat() }
        #expect(arena.stuck == ["lift-1"])
        #expect(arena.arrived.isEmpty)
        arena.lifts["lift-1"]?.isStuck = false
        for _ in 0..<1200 where arena.arrived.isEmpty { arena.beat() }
        #expect(arena.arrived.count == 1)
    }

    @Test("a new edition of the site takes over when all stand, and nobody is released meanwhile")
    func edition() throws {
        var arena = try busy()
        arena.run.change(to: arena.run.site)
        let before = arena.released
        for _ in 0..<60 where arena.run.next != nil {
            #expect(arena.released == before)
            arena.beat()
        }
        #expect(arena.run.next == nil)
        for _ in 0..<600 where arena.arrived.count < arena.vehicles.count { arena.beat() }
        #expect(arena.arrived.count == arena.vehicles.count)
    }

    @Test("two that want to one dead end take turns, and the first gets out past the second")
    func turns() throws {
        let site = try Self.site("onyu-main")
        var arena = Arena(site, vehicles: 2, seed: 2, delay: 0.1)
        let (first, second) = (arena.vehicles[0], arena.vehicles[1])
        let pharmacy = try #require(site.number("pharmacy"))
        let lab = try #require(site.number("lab"))
        for (number, vehicle) in [first, second].enumerated() {
            arena.wishes.errands[vehicle] = Errand(id: "mission/\(number)#0", goal: pharmacy, rank: 0)
        }
        for _ in 0..<1500 where Set(arena.arrived.map(\.1)).count < 4 {
            arena.beat()
            for (number, vehicle) in [first, second].enumerated() {
                let done = arena.arrived.filter { $0.0 == vehicle }.map(\.1)
                guard done == ["mission/\(number)#0"], arena.wishes.errands[vehicle] == nil else { continue }
                arena.wishes.errands[vehicle] = Errand(id: "mission/\(number)#1", goal: lab, rank: 0)
            }
        }
        #expect(Set(arena.arrived.map(\.1)).count == 4)
    }
}
