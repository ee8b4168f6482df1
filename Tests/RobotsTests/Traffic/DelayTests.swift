import Testing

@testable import Robots

/// Vehicles that are late at random, drive on planned windows, and lose, close and restart things in the middle.
@Suite struct DelayTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var late: Double
        var isBuilding: Bool
        var seed: UInt64
        var testDescription: String { "late \(late), \(isBuilding ? "building" : "grid"), seed \(seed)" }
    }

    static let cases = [0.1, 0.5].flatMap { late in
        [true, false].flatMap { building in (1...2).map { Case(late: late, isBuilding: building, seed: UInt64($0)) } }
    }

    @Test(arguments: cases) func nobodyMeetsAndEverybodyArrives(_ one: Case) throws {
        var dice = Dice(seed: one.seed)
        let roadmap = one.isBuilding ? Ground.building() : try Ground.grid(8, 8, walls: 0.15, seed: one.seed)
        let count = one.isBuilding ? 7 : 14
        var execution = Execution(roadmap: roadmap)
        let planner = Planner(execution.ways, seed: one.seed)
        for (vehicle, node) in Ground.places(roadmap, count, &dice).enumerated() {
            execution.place(Int32(vehicle), at: node)
        }
        let stops = (0..<Int32(roadmap.count)).filter { !execution.barred[Int($0)] }
        var goals = (0..<count).map { _ in stops.randomElement(using: &dice) ?? 0 }
        var since = [Int](repeating: 0, count: count)
        var arrivals = 0
        var closed: Set<Int32> = []
        var isWhole = false
        var longest = 0
        for tick in 0..<420 {
            for vehicle in execution.planned {
                guard let at = execution.released(vehicle).first, at == goals[Int(vehicle)] else { continue }
                arrivals += 1
                longest = max(longest, tick - since[Int(vehicle)])
                since[Int(vehicle)] = tick
                goals[Int(vehicle)] = stops.randomElement(using: &dice) ?? 0
            }
            if tick % 97 == 40 {
                // A place closes that nobody stands at or is sent to, and that cuts nobody off.
                closed = [stops.randomElement(using: &dice) ?? 0]
                let barred = execution.ways.barred(closed)
                let bad = execution.holds.values.contains { hold in hold.nodes.contains { barred[Int($0)] } }
                if bad || goals.contains(where: { barred[Int($0)] }) { closed = [] }
            }
            if tick % 97 == 90 { closed = [] }
            if tick == 200 { execution.lose(1) }
            if tick == 260, let node = execution.released(1).last { execution.place(1, at: node) }
            if tick == 300 { execution = Execution(roadmap: roadmap, restoring: execution.holds) }
            // A manoeuvre is driven to its end; else plans are made again and again.
            let isStopped = !closed.isEmpty && !execution.blocked.isEmpty
            if execution.needsPlan || isStopped || (isWhole ? execution.isExhausted : tick % 5 == 0) {
                let vehicles = execution.planned
                let ends = vehicles.compactMap { execution.end(of: $0) }
                let plan = try planner.window(
                    starts: ends, goals: vehicles.map { goals[Int($0)] },
                    priorities: vehicles.map { Int32(since[Int($0)]) }, closed: closed.union(execution.lost), steps: 12)
                isWhole = plan.isWhole
                try execution.adopt(Dictionary(uniqueKeysWithValues: zip(vehicles, plan.paths)))
            }
            for (_, nodes) in execution.release(upTo: 3, closed: closed) {
                #expect(closed.isDisjoint(with: nodes))
            }
            #expect(execution.isSafe())
            #expect(execution.hasRefuges(closed: closed))
            for vehicle in execution.planned where Double.random(in: 0..<1, using: &dice) >= one.late {
                guard let hold = execution.holds[vehicle], hold.nodes.count > 1 else { continue }
                let seen1 = execution.reached(vehicle, steps: hold.steps + 1)
                #expect(seen1)
            }
        }
        for vehicle in execution.planned { longest = max(longest, 420 - since[Int(vehicle)]) }
        // Nobody waits for ever, whatever was closed or lost meanwhile, and work goes on.
        #expect(longest < 350)
        #expect(arrivals > count * 2)
    }
}
