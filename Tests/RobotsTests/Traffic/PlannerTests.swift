import Testing

@testable import Robots

@Suite struct PlannerTests {
    @Test(arguments: 0..<12) func plansNeverMeetAndCanBeAdopted(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let roadmap =
            seed % 3 == 0 ? Ground.building() : try Ground.grid(9, 8, walls: 0.2, seed: UInt64(seed))
        let count = seed % 3 == 0 ? 9 : 6 + seed * 3
        let starts = Ground.places(roadmap, count, &dice)
        let goals = starts.map { _ in Int32.random(in: 0..<Int32(roadmap.count), using: &dice) }
        let planner = Planner(roadmap, seed: UInt64(seed))
        let plan = try planner.window(
            starts: starts, goals: goals, priorities: starts.indices.map(Int32.init), steps: 25)
        #expect(plan.paths.map(\.first) == starts)
        #expect(plan.paths.allSatisfy { plan.isWhole ? $0.count == plan.paths[0].count : $0.count == 26 })
        #expect(Ground.wrong(roadmap, plan.paths, rotation: false) == nil)
        // The execution refuses meetings, swaps and circles by a judgement of its own.
        var execution = Execution(roadmap: roadmap)
        for (vehicle, node) in starts.enumerated() { execution.place(Int32(vehicle), at: node) }
        try execution.adopt(Dictionary(uniqueKeysWithValues: plan.paths.enumerated().map { (Int32($0), $1) }))
    }

    @Test func theFirstGetsThereEvenThroughAnother() throws {
        // A corridor of five nodes with one bay at the third: the two must change places.
        let roadmap = Roadmap(next: [[1], [0, 2], [1, 3, 5], [2, 4], [3], [2]])
        let planner = Planner(roadmap)
        var at: [Int32] = [0, 4]
        let goals: [Int32] = [4, 0]
        for _ in 0..<6 where at != goals {
            let plan = try planner.window(starts: at, goals: goals, priorities: [0, 1], steps: 6)
            #expect(Ground.wrong(roadmap, plan.paths, rotation: false) == nil)
            at = plan.paths.compactMap(\.last)
        }
        #expect(at == goals)
    }

    @Test func nobodyDelaysTheMostUrgent() throws {
        let roadmap = try Ground.grid(12, 3, walls: 0, seed: 1)
        let planner = Planner(roadmap)
        for urgent in 0..<3 {
            var priorities: [Int32] = [5, 5, 5]
            priorities[urgent] = 0
            let plan = try planner.window(starts: [0, 1, 2], goals: [30, 30, 30], priorities: priorities, steps: 30)
            let alone = try #require(planner.cost(from: Int32(urgent), to: 30))
            #expect(plan.paths[urgent].firstIndex(of: 30) == Int(alone))
        }
    }

    @Test func closedNodesAreNotEntered() throws {
        let roadmap = Ground.building()
        let planner = Planner(roadmap)
        let plan = try planner.window(
            starts: [2, 22], goals: [7, 2], priorities: [0, 1], closed: [4], steps: 20)
        #expect(plan.unreachable == [0])
        #expect(!plan.paths.contains { $0.contains(4) })
        // Beyond the closed node lies no other way to the cabin, and the ring leads past it one way only.
        #expect(plan.paths[1].last == 2)
        #expect(!planner.leads(from: 2, to: 7, closed: [4]))
        #expect(planner.leads(from: 7, to: 2, closed: [4]))
        #expect(planner.cost(from: 2, to: 7) == 5)
    }

    @Test func fixedVehiclesStay() throws {
        let roadmap = try Ground.grid(6, 6, walls: 0, seed: 1)
        let plan = try Planner(roadmap).window(
            starts: [0, 7, 14], goals: [30, 3, 0], priorities: [0, 1, 2], fixed: [1], steps: 15)
        #expect(Set(plan.paths[1]) == [7])
        #expect(plan.paths[0].last == 30)
    }

    @Test func wrongQuestionsAreRefused() throws {
        let roadmap = try Ground.grid(4, 4, walls: 0, seed: 1)
        let planner = Planner(roadmap)
        #expect(throws: TrafficFault.start(vehicle: 0, other: 1)) {
            try planner.window(starts: [3, 3], goals: [1, 2], priorities: [0, 0], steps: 3)
        }
        #expect(throws: TrafficFault.lengths) {
            try planner.window(starts: [3, 4], goals: [1], priorities: [0, 0], steps: 3)
        }
        #expect(throws: TrafficFault.node(16)) {
            try planner.window(starts: [3], goals: [16], priorities: [0], steps: 3)
        }
        #expect(throws: TrafficFault.goal(vehicle: 0, other: 1)) {
            try Instance(Ways(roadmap), starts: [0, 1], goals: [5, 5])
        }
        #expect(throws: TrafficFault.start(vehicle: 0, other: 1)) {
            try Instance(Ways(Ground.building()), starts: [10, 30], goals: [1, 5])
        }
    }
}
