/// What planning and execution cost and how good their plans are, on maps that others measured on too. Reads no clock and no
/// files itself.
public struct TrafficFigures {
    /// One measured figure.
    public struct Row: Sendable {
        /// What was measured.
        public let name: String
        /// How much it is.
        public let value: Double
        /// What it is counted in.
        public let unit: String
        /// On what it was measured, and what others reach.
        public let how: String
    }

    /// Processor time of this process in seconds.
    let cpu: () -> Double
    /// Memory of this process in bytes.
    let memory: () -> Int
    /// The text of a file of the folder with maps, nil where it is not there.
    let text: (String) -> String?
    /// Told of what is being measured, and what was left out.
    let say: (String) -> Void

    /// - Parameters:
    ///   - cpu: processor time of this process in seconds.
    ///   - memory: memory of this process in bytes.
    ///   - text: the text of a map or scenario by its name.
    ///   - say: told of what is being measured, and what was left out.
    public init(
        cpu: @escaping () -> Double, memory: @escaping () -> Int, text: @escaping (String) -> String?,
        say: @escaping (String) -> Void
    ) {
        self.cpu = cpu
        self.memory = memory
        self.text = text
        self.say = say
    }

    /// A map, how many vehicles, and what LaCAM3 (C++) needs for it: CPU-seconds, sum of costs, its bound, makespan, memory.
    private static let firsts: [(map: String, vehicles: Int, peer: String)] = [
        ("random-64-64-10", 1_000, "0.27 CPU-s, 76,957 (42,544), 117, 31 MB"),
        ("warehouse-10-20-10-2-1", 1_000, "0.58 CPU-s, 263,951 (82,019), 435, 49 MB"),
        ("den520d", 1_000, "2.2 CPU-s, 239,658 (174,569), 438, 140 MB"),
        ("warehouse-20-40-10-2-2", 1_000, "3.6 CPU-s, 249,689 (181,424), 473, 184 MB"),
        ("warehouse-20-40-10-2-2", 4_000, "15.0 CPU-s, 1,237,531 (715,242), 473, 707 MB"),
        ("warehouse-20-40-10-2-2", 10_000, "54.8 CPU-s, 4,250,438 (1,788,251), 551, 1.78 GB"),
    ]

    /// All figures. A first plan is made of a map's text: reading, tables and search.
    /// - Parameters:
    ///   - seconds: processor time for the plan that is made better.
    ///   - hours: simulated hours of the execution.
    public func rows(seconds: Double = 60, hours: Double = 24) throws -> [Row] {
        var rows: [Row] = []
        for (map, vehicles, peer) in Self.firsts { rows += try first(map, vehicles, peer) }
        rows += try anytime("warehouse-20-40-10-2-2", 1_000, seconds)
        for vehicles in [1_000, 5_000] { rows += try lifelong("warehouse-20-40-10-2-2", vehicles, steps: 1_000) }
        rows += try execution("warehouse-10-20-10-2-1", 200, hours)
        return rows
    }

    /// A map's grid and whence whither on it: its scenario's where there is one, else drawn from a seed.
    func question(_ map: String, _ vehicles: Int) throws -> (Grid, Ways, [Int32], [Int32], String)? {
        guard let picture = text("\(map).map") else {
            say("… \(map): no such map here, left out")
            return nil
        }
        let grid = try Grid(picture)
        let ways = Ways(grid.roadmap)
        if let lines = text("\(map)-10000agents-1.scen") {
            let scenario = try Scenario(lines, grid: grid, limit: vehicles)
            return (grid, ways, scenario.starts, scenario.goals, "scenario 1")
        }
        let (starts, goals) = Self.draw(ways, vehicles, seed: 7)
        return (grid, ways, starts, goals, "starts and goals drawn from seed 7, not the peers' scenario")
    }

    /// Distinct starts and distinct goals in the largest part of a map that hangs together.
    static func draw(_ ways: Ways, _ count: Int, seed: UInt64) -> ([Int32], [Int32]) {
        var seen = [Bool](repeating: false, count: ways.count)
        var largest: [Int32] = []
        for root in 0..<Int32(ways.count) where !seen[Int(root)] {
            var part = [root]
            seen[Int(root)] = true
            var head = 0
            while head < part.count {
                let node = part[head]
                head += 1
                for way in ways.start[node]..<ways.start[node + 1] where !seen[Int(ways.target[way])] {
                    seen[Int(ways.target[way])] = true
                    part.append(ways.target[way])
                }
            }
            if part.count > largest.count { largest = part }
        }
        var dice = Dice(seed: seed)
        let starts = largest.shuffled(using: &dice).prefix(count)
        return (Array(starts), Array(largest.shuffled(using: &dice).prefix(count)))
    }

    private func first(_ map: String, _ vehicles: Int, _ peer: String) throws -> [Row] {
        say("… first plan, \(map), \(vehicles) vehicles")
        let begin = cpu()
        guard let (_, ways, starts, goals, source) = try question(map, vehicles) else { return [] }
        let journeys = try Journeys(ways, starts: starts, goals: goals)
        let plan = try journeys.first(rotation: true)
        let spent = cpu() - begin
        let cost = Journeys.cost(plan.paths)
        let name = "first plan, \(map), \(vehicles)"
        let how = "\(source); LaCAM3: \(peer)"
        return [
            Row(name: "\(name): processor", value: spent, unit: "CPU-s", how: "map read, tables and search; \(how)"),
            Row(
                name: "\(name): sum of costs", value: Double(cost), unit: "steps",
                how: "lower bound \(journeys.bound), makespan \(plan.count - 1)"),
            Row(
                name: "\(name): memory", value: Double(memory()) / 1e6, unit: "MB",
                how: "of the process after the plan, the largest so far"),
        ]
    }

    private func anytime(_ map: String, _ vehicles: Int, _ seconds: Double) throws -> [Row] {
        say("… \(Int(seconds)) s of making better, \(map), \(vehicles) vehicles")
        let begin = cpu()
        guard let (_, ways, starts, goals, source) = try question(map, vehicles) else { return [] }
        let journeys = try Journeys(ways, starts: starts, goals: goals)
        let plan = try journeys.first(rotation: true)
        let cpu = cpu
        let paths = journeys.better(plan, budget: Budget(isSpent: { cpu() - begin > seconds }))
        let cost = Journeys.cost(paths)
        let over = (Double(cost) / Double(journeys.bound) - 1) * 100
        return [
            Row(
                name: "plan after \(Int(seconds)) CPU-s, \(map), \(vehicles): sum of costs", value: Double(cost),
                unit: "steps", how: "\(source); after 60 s LaCAM3 181,840, MAPF-LNS2 205,579"),
            Row(
                name: "plan after \(Int(seconds)) CPU-s, \(map), \(vehicles): over the bound", value: over, unit: "%",
                how: "bound \(journeys.bound); LaCAM3 0.23 %"),
        ]
    }

    private func lifelong(_ map: String, _ vehicles: Int, steps: Int) throws -> [Row] {
        say("… lifelong, \(map), \(vehicles) vehicles")
        guard let (_, ways, _, _, _) = try question(map, vehicles) else { return [] }
        var (at, _) = Self.draw(ways, vehicles, seed: 3)
        var dice = Dice(seed: 9)
        func goal() -> Int32 { Int32.random(in: 0..<Int32(ways.count), using: &dice) }
        var goals = at.map { _ in goal() }
        var planner = Lifelong(ways, count: vehicles, rotation: true)
        let begin = cpu()
        var (done, worst) = (0, 0.0)
        for _ in 0..<steps {
            let before = cpu()
            at = planner.step(at, goals: goals)
            worst = max(worst, cpu() - before)
            for vehicle in at.indices where at[vehicle] == goals[vehicle] {
                done += 1
                goals[vehicle] = goal()
            }
        }
        let peer =
            "League of Robot Runners on its own map warehouse_large: default 2.6 at 1,000, winner of 2024 18.8 at 5,000"
        return [
            Row(
                name: "lifelong, \(map), \(vehicles): tasks", value: Double(done) / Double(steps), unit: "tasks/step",
                how: "\(steps) steps, goals drawn over the whole map, one thread; \(peer)"),
            Row(
                name: "lifelong, \(map), \(vehicles): processor", value: (cpu() - begin) / Double(steps) * 1000,
                unit: "ms/step", how: "slowest step \(Int(worst * 1000)) ms (the first, with everybody's table)"),
        ]
    }
}
