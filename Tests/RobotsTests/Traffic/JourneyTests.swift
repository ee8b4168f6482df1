import Testing

@testable import Robots

@Suite struct JourneyTests {
    /// All paths, resting at their ends, as long as the longest.
    private func levelled(_ paths: [[Int32]]) -> [[Int32]] {
        let length = paths.map(\.count).max() ?? 0
        return paths.map { path in path + Array(repeating: path.last ?? 0, count: length - path.count) }
    }

    @Test(arguments: 1...8, [true, false]) func everybodyArrivesAndNobodyMeets(seed: Int, rotation: Bool) throws {
        var dice = Dice(seed: UInt64(seed))
        let isBuilding = seed == 1
        let roadmap = isBuilding ? Ground.building() : try Ground.grid(10, 10, walls: 0.1, seed: UInt64(seed))
        let count = isBuilding ? 4 : 10 + 3 * seed
        let (starts, goals) = (Ground.places(roadmap, count, &dice), Ground.places(roadmap, count, &dice))
        let journeys = try Journeys(Ways(roadmap), starts: starts, goals: goals)
        let plan = try journeys.first(rotation: rotation, seed: UInt64(seed), budget: Budget(iterations: 300_000))
        let paths = plan.paths
        #expect(paths.map(\.first) == starts && paths.map(\.last) == goals)
        #expect(Ground.wrong(roadmap, levelled(paths), rotation: rotation) == nil)
        #expect(Journeys.cost(paths) >= journeys.bound)
        if !rotation {
            var execution = Execution(roadmap: roadmap)
            for (vehicle, node) in starts.enumerated() { execution.place(Int32(vehicle), at: node) }
            try execution.adopt(Dictionary(uniqueKeysWithValues: paths.enumerated().map { (Int32($0), $1) }))
        }
    }

    @Test(arguments: 1...4) func timeMakesPlansBetterAndNeverWrong(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let roadmap = try Ground.grid(14, 12, walls: 0.1, seed: UInt64(seed))
        let (starts, goals) = (Ground.places(roadmap, 30, &dice), Ground.places(roadmap, 30, &dice))
        let journeys = try Journeys(Ways(roadmap), starts: starts, goals: goals)
        let plan = try journeys.first(rotation: true)
        let (few, many) = (
            journeys.better(plan, budget: Budget(iterations: 20)),
            journeys.better(plan, budget: Budget(iterations: 400))
        )
        for paths in [few, many] {
            #expect(paths.map(\.first) == starts && paths.map(\.last) == goals)
            #expect(Ground.wrong(roadmap, levelled(paths), rotation: true) == nil)
        }
        #expect(Journeys.cost(few) <= Journeys.cost(plan.paths))
        #expect(Journeys.cost(many) <= Journeys.cost(few) && Journeys.cost(many) < Journeys.cost(plan.paths))
        #expect(journeys.better(plan, budget: Budget(iterations: 0)) == plan.paths)
    }

    @Test func thePocketInACorridorIsFound() throws {
        // Two in a dead corridor with one bay change places; without the bay there is no solution, and the search says so.
        let bay = Roadmap(next: [[1], [0, 2], [1, 3, 4], [2], [2]])
        let plan = try Journeys(Ways(bay), starts: [0, 3], goals: [3, 0]).first(rotation: false)
        #expect(Ground.wrong(bay, levelled(plan.paths), rotation: false) == nil)
        let line = Roadmap(next: [[1], [0, 2], [1, 3], [2]])
        #expect(throws: TrafficFault.unsolvable) {
            try Journeys(Ways(line), starts: [0, 3], goals: [3, 0]).first(rotation: false)
        }
        #expect(throws: TrafficFault.spent) {
            try Journeys(Ways(line), starts: [0, 3], goals: [3, 0]).first(
                rotation: false, budget: Budget(iterations: 2))
        }
    }

    @Test func unreachableGoalsAreRefusedAtOnce() throws {
        // One way from 0 to 1 and no way back; 2 is apart.
        let roadmap = Roadmap(next: [[1], [], []])
        #expect(throws: TrafficFault.unreachable(vehicle: 0)) {
            _ = try Journeys(Ways(roadmap), starts: [1], goals: [0])
        }
        #expect(throws: TrafficFault.unreachable(vehicle: 1)) {
            _ = try Journeys(Ways(roadmap), starts: [0, 2], goals: [1, 0])
        }
        #expect(throws: TrafficFault.goal(vehicle: 0, other: 1)) {
            _ = try Journeys(Ways(roadmap), starts: [0, 1], goals: [1, 1])
        }
    }

    @Test(arguments: [false, true]) func lifelongWorkGoesOn(isGuided: Bool) throws {
        let roadmap = try Ground.grid(12, 12, walls: 0.1, seed: 4)
        var dice = Dice(seed: 4)
        var at = Ground.places(roadmap, 40, &dice)
        var goals = at.map { _ in Int32.random(in: 0..<Int32(roadmap.count), using: &dice) }
        var planner = Lifelong(Ways(roadmap), count: 40, rotation: true, isGuided: isGuided, bytes: 1 << 12)
        var (history, done) = (at.map { [$0] }, [Int](repeating: 0, count: 40))
        for _ in 0..<200 {
            at = planner.step(at, goals: goals, classes: at.indices.map { $0 == 7 ? 0 : 1 })
            for vehicle in at.indices {
                history[vehicle].append(at[vehicle])
                guard at[vehicle] == goals[vehicle] else { continue }
                done[vehicle] += 1
                goals[vehicle] = Int32.random(in: 0..<Int32(roadmap.count), using: &dice)
            }
        }
        #expect(Ground.wrong(roadmap, history, rotation: true) == nil)
        #expect(done.allSatisfy { $0 > 0 } && done.reduce(0, +) > 300)
        // The clinical one goes before all others.
        #expect(done[7] * 40 > done.reduce(0, +))
    }

    @Test func tablesStayWithinTheirMemory() throws {
        let roadmap = try Ground.grid(10, 10, walls: 0, seed: 1)
        var distances = Distances(Ways(roadmap), bytes: 2 * 100 * 8)
        for goal in 0..<Int32(100) {
            distances.begin()
            #expect(distances.table(goal)[Int(goal)] == 0)
        }
        #expect(distances.kept <= 8 && distances.made == 100)
        // What one question needs stays, however little memory there is.
        distances.begin()
        let tables = (0..<Int32(20)).map { distances.table($0) }
        #expect(tables.indices.allSatisfy { tables[$0][$0] == 0 })
    }

    @Test func costsAreHeeded() throws {
        // Straight on costs 10, the way around 1 + 1.
        let roadmap = Roadmap(next: [[1, 2], [], [1]], cost: [[10, 1], [], [1]])
        let plan = try Planner(roadmap).window(starts: [0], goals: [1], priorities: [0], steps: 3)
        #expect(plan.paths == [[0, 2, 1, 1]])
        #expect(Planner(roadmap).cost(from: 0, to: 1) == 2)
    }
}
