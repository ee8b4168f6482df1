/// Makes a plan better while there is time: takes the paths of a few vehicles out, plans them again one after the other among
/// all others, and keeps what came of it where it is no worse (large-neighbourhood search; Li et al., IJCAI 2021). The few are
/// drawn at random, around a vehicle that loses much time, or around a busy place; ways to draw that help are drawn more.
/// For roadmaps without conflicts, where every way takes one step.
struct Neighbourhoods: ~Copyable {
    private let ways: Ways
    private let goals: [Int32]
    private let tables: [Distances.Table]
    private(set) var paths: [[Int32]]
    private var timetable: Timetable
    private var search: SafeIntervals
    private var dice: Dice
    private var weights: [Double] = [1, 1, 1]
    /// Who found no path when paths were planned again last.
    private var failed: Int?
    /// Steps until everybody rests at its goal, summed.
    private(set) var cost: Int

    /// - Parameters:
    ///   - paths: a plan in which everybody ends at its goal.
    ///   - tables: how far it is to each vehicle's goal.
    init(_ ways: Ways, paths: [[Int32]], goals: [Int32], tables: [Distances.Table], seed: UInt64 = 1) {
        self.ways = ways
        self.paths = paths
        self.goals = goals
        self.tables = tables
        timetable = Timetable(nodes: ways.count)
        for (vehicle, path) in paths.enumerated() { timetable.add(Int32(vehicle), path) }
        search = SafeIntervals(ways)
        dice = Dice(seed: seed)
        cost = paths.reduce(0) { $0 + $1.count - 1 }
    }

    /// The steps lost by a vehicle against driving alone.
    private func loss(_ vehicle: Int) -> Int {
        paths[vehicle].count - 1 - Int(tables[vehicle][Int(paths[vehicle][0])])
    }

    /// Improves until the budget is spent. Answers how many neighbourhoods were tried.
    @discardableResult
    mutating func improve(_ budget: Budget) -> Int {
        guard !ways.hasConflicts, ways.isUniform else { return 0 }
        var tried = 0
        // A first plan made for speed is far from good: often all at once fit anew, the long ways first. Who does not fit goes first.
        var order = paths.indices.sorted { tables[$0][Int(paths[$0][0])] > tables[$1][Int(paths[$1][0])] }
        for _ in 0..<12 {
            guard tried < budget.iterations, !budget.isSpent() else { return tried }
            tried += 1
            if replan(order) > 0 { break }
            guard let failed, let index = order.firstIndex(of: failed) else { break }
            order.remove(at: index)
            order.insert(failed, at: 0)
        }
        // Then everybody alone, those who lose most first, as long as that helps much.
        var before = Int.max
        while before - cost > cost / 500 || before == .max {
            before = cost
            let losses = paths.indices.map { loss($0) }
            for vehicle in paths.indices.sorted(by: { (losses[$1], $0) < (losses[$0], $1) }) where losses[vehicle] > 0 {
                guard tried < budget.iterations, !budget.isSpent() else { return tried }
                _ = replan([vehicle])
                tried += 1
            }
        }
        while tried < budget.iterations, !budget.isSpent() {
            let kind = draw()
            let size = 2 << Int.random(in: 0..<4, using: &dice)
            let chosen = kind == 0 ? random(size) : kind == 1 ? around(size) : near(size)
            let gain = replan(chosen)
            weights[kind] = max(0.02, weights[kind] * 0.98 + 0.02 * Double(gain) / Double(chosen.count + 1))
            tried += 1
        }
        return tried
    }

    private mutating func draw() -> Int {
        var value = Double.random(in: 0..<(weights[0] + weights[1] + weights[2]), using: &dice)
        for kind in 0..<2 {
            if value < weights[kind] { return kind }
            value -= weights[kind]
        }
        return 2
    }

    /// Plans these again; answers how many steps were gained.
    private mutating func replan(_ chosen: [Int]) -> Int {
        let old = chosen.map { paths[$0] }
        let before = old.reduce(0) { $0 + $1.count - 1 }
        for vehicle in chosen { timetable.remove(Int32(vehicle), paths[vehicle]) }
        // What the others need at least bounds what each may take.
        var rest = chosen.reduce(0) { $0 + Int(tables[$1][Int(paths[$1][0])]) }
        var spent = 0
        var done = 0
        failed = nil
        for vehicle in chosen {
            rest -= Int(tables[vehicle][Int(paths[vehicle][0])])
            let bound = Int32(before - spent - rest)
            guard
                let path = search.path(
                    from: paths[vehicle][0], to: goals[vehicle], tables[vehicle], timetable, bound: bound)
            else {
                failed = vehicle
                break
            }
            spent += path.count - 1
            timetable.add(Int32(vehicle), path)
            paths[vehicle] = path
            done += 1
        }
        if done == chosen.count {
            cost += spent - before
            return before - spent
        }
        for vehicle in chosen.prefix(done) { timetable.remove(Int32(vehicle), paths[vehicle]) }
        for (index, vehicle) in chosen.enumerated() {
            paths[vehicle] = old[index]
            timetable.add(Int32(vehicle), old[index])
        }
        return 0
    }

    private mutating func random(_ size: Int) -> [Int] {
        var found: Set<Int> = []
        while found.count < min(size, paths.count) { found.insert(Int.random(in: paths.indices, using: &dice)) }
        return found.shuffled(using: &dice)
    }

    /// One that loses time, and those it meets when it tries to drive straight on from somewhere of its path.
    private mutating func around(_ size: Int) -> [Int] {
        var worst = Int.random(in: paths.indices, using: &dice)
        for _ in 0..<8 {
            let other = Int.random(in: paths.indices, using: &dice)
            if loss(other) > loss(worst) { worst = other }
        }
        var found = [worst]
        for _ in 0..<(size * 3) where found.count < size {
            let path = paths[worst]
            var time = Int.random(in: 0..<path.count, using: &dice)
            var node = path[time]
            while time < path.count, found.count < size, node != goals[worst] {
                var options: [Int32] = []
                for way in ways.start[node]..<ways.start[node + 1] {
                    let next = ways.target[way]
                    if Int(tables[worst][Int(next)]) + time + 1 < path.count { options.append(next) }
                }
                guard let next = options.randomElement(using: &dice) else { break }
                time += 1
                let other = Int(timetable.who(next, Int32(time)))
                if other >= 0, !found.contains(other) { found.append(other) }
                node = next
            }
        }
        return found.shuffled(using: &dice)
    }

    /// Those who pass a place that somebody passes.
    private mutating func near(_ size: Int) -> [Int] {
        let one = Int.random(in: paths.indices, using: &dice)
        var queue = [paths[one].randomElement(using: &dice) ?? paths[one][0]]
        var seen = Set(queue)
        var found = [one]
        var head = 0
        while head < queue.count, head < 200, found.count < size {
            let node = queue[head]
            head += 1
            var index = timetable.first(node)
            while index >= 0, found.count < size {
                let stay = timetable.stay(index)
                if !found.contains(Int(stay.vehicle)) { found.append(Int(stay.vehicle)) }
                index = stay.next
            }
            for way in ways.start[node]..<ways.start[node + 1] where seen.insert(ways.target[way]).inserted {
                queue.append(ways.target[way])
            }
        }
        return found.shuffled(using: &dice)
    }
}
