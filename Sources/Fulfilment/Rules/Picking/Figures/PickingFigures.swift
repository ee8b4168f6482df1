/// How short tours are that batches and exact routes make of published instances, beside what others found. Reads no clock and
/// no files itself.
public struct PickingFigures: Sendable {
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

    /// Processor time of the thread that asks, in seconds.
    let cpu: @Sendable () -> Double
    /// The text of a file of the folder with instances, nil where it is not there.
    let text: @Sendable (String) -> String?
    /// Told of what is being measured, and what was left out.
    let say: @Sendable (String) -> Void

    /// - Parameters:
    ///   - cpu: processor time of the thread that asks, in seconds.
    ///   - text: the text of a layout or of orders by its name.
    ///   - say: told of what is being measured, and what was left out.
    public init(
        cpu: @escaping @Sendable () -> Double, text: @escaping @Sendable (String) -> String?,
        say: @escaping @Sendable (String) -> Void
    ) {
        self.cpu = cpu
        self.text = text
        self.say = say
    }

    /// An instance, and what others found for it.
    private struct Published: Sendable {
        let set: String
        let number: Int
        let name: String
        /// What Lorenci's dynamic-programming heuristic found.
        let heuristic: Int
        /// What the first of 30 published runs of Lorenci's genetic algorithm found, and in how many seconds; where looked up.
        var genetic: (length: Int, seconds: Int)?
    }

    /// The 32 instances: orders and capacity in their names. Others' figures: github.com/lorencifelipe/JOBPRP, folders
    /// heuristic/heuristic_results and metaheuristic/results.
    private static let published: [Published] = {
        let names = [
            (29, "40-30"), (30, "40-45"), (31, "40-60"), (32, "40-75"), (37, "60-30"), (38, "60-45"), (39, "60-60"),
            (40, "60-75"), (61, "80-30"), (62, "80-45"), (63, "80-60"), (64, "80-75"), (69, "100-30"), (70, "100-45"),
            (71, "100-60"), (72, "100-75"),
        ]
        let heuristic = [
            "abc1": [
                7_274, 5_046, 4_702, 3_536, 11_554, 8_002, 6_288, 4_738, 15_026, 11_164, 8_002, 7_024, 16_736, 11_976,
                9_806, 8_414,
            ],
            "ran1": [
                9_664, 6_718, 5_868, 4_652, 15_234, 10_106, 8_326, 5_934, 19_948, 14_800, 10_572, 8_662, 22_628, 15_506,
                12_362, 10_270,
            ],
        ]
        let genetic = [
            "abc1-29": (6_554, 237), "abc1-62": (9_966, 510), "abc1-72": (7_186, 589), "ran1-32": (4_372, 149),
            "ran1-71": (11_260, 624),
        ]
        return ["abc1", "ran1"].flatMap { set in
            zip(names, heuristic[set] ?? []).map { name, found in
                Published(
                    set: set, number: name.0, name: name.1, heuristic: found, genetic: genetic["\(set)-\(name.0)"])
            }
        }
    }()

    /// What was found for an instance.
    private struct Found: Sendable {
        let place: Int
        let plan: Batching
        let seconds: Double
    }

    /// All figures: one row an instance and one for the sums; none where no instance is there.
    /// - Parameters:
    ///   - seconds: processor time for each instance.
    ///   - beside: how many instances are planned at the same time, each on its own core.
    ///   - seed: what chances come from.
    public func rows(seconds: Double = 10, beside: Int = 2, seed: UInt64 = 1) async -> [Row] {
        let instances = Self.published.indices.filter { instance(Self.published[$0]) != nil }
        if instances.count < Self.published.count {
            say(
                "… picking: \(Self.published.count - instances.count) of \(Self.published.count) instances are not here, left out"
            )
        }
        var waiting = instances[...]
        let found = await withTaskGroup(of: Found?.self) { group in
            var found: [Found] = []
            func next() {
                guard let place = waiting.popFirst() else { return }
                group.addTask { plan(place, seconds, seed) }
            }
            for _ in 0..<max(1, beside) { next() }
            for await one in group {
                if let one {
                    found.append(one)
                    say("… \(Self.published[one.place].set) \(Self.published[one.place].number): \(one.plan.length)")
                }
                next()
            }
            return found.sorted { $0.place < $1.place }
        }
        return found.isEmpty ? [] : found.map(row) + sums(found)
    }

    private func instance(_ published: Published) -> HennInstance? {
        let stem = "\(published.set)/reduced_warehouse_\(published.number)"
        guard let layout = text("\(stem).lyt"), let orders = text("\(stem)s-\(published.name)-0.ord") else {
            return nil
        }
        return HennInstance(layout: layout, orders: orders)
    }

    private func plan(_ place: Int, _ seconds: Double, _ seed: UInt64) -> Found? {
        guard let instance = instance(Self.published[place]) else { return nil }
        let (cpu, start) = (cpu, cpu())
        let budget = Batching.Budget(steps: .max, used: { (cpu() - start) / seconds })
        let plan = Batching.plan(
            instance.orders, instance.hall, capacity: instance.capacity, budget: budget, seed: seed)
        return Found(place: place, plan: plan, seconds: cpu() - start)
    }

    private func row(_ found: Found) -> Row {
        let published = Self.published[found.place]
        let others = published.genetic.map { "; genetic algorithm, run 1 of 30: \($0.length) in \($0.seconds) s" } ?? ""
        return Row(
            name: "tours, \(published.set) \(published.number), \(published.name)", value: Double(found.plan.length),
            unit: "units",
            how:
                "\(found.plan.batches.count) batches in \(tenth(found.seconds)) CPU-s; savings alone \(found.plan.seed), "
                + "each order alone \(found.plan.single); dynamic-programming heuristic: \(published.heuristic)\(others)"
        )
    }

    private func sums(_ found: [Found]) -> [Row] {
        let ours = found.reduce(0) { $0 + $1.plan.length }
        let heuristic = found.reduce(0) { $0 + Self.published[$1.place].heuristic }
        let both = found.compactMap { one in
            Self.published[one.place].genetic.map { (ours: one.plan.length, theirs: $0.length) }
        }
        var rows = [
            Row(
                name: "tours, sum of \(found.count) instances", value: Double(ours), unit: "units",
                how: "at most \(tenth(found.map(\.seconds).max() ?? 0)) CPU-s each; savings alone "
                    + "\(found.reduce(0) { $0 + $1.plan.seed }); dynamic-programming heuristic \(heuristic) (ours "
                    + "\(percent(ours, heuristic)))")
        ]
        if !both.isEmpty {
            let (mine, theirs) = (both.reduce(0) { $0 + $1.ours }, both.reduce(0) { $0 + $1.theirs })
            rows.append(
                Row(
                    name: "tours, sum of the \(both.count) looked up of the genetic algorithm", value: Double(mine),
                    unit: "units", how: "theirs, run 1 of 30: \(theirs) (ours \(percent(mine, theirs)))"))
        }
        return rows
    }

    private func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private func percent(_ ours: Int, _ theirs: Int) -> String {
        let change = (Double(ours) / Double(theirs) - 1) * 100
        return "\(change > 0 ? "+" : "")\((change * 10).rounded() / 10) %"
    }
}
