/// Finds how a vehicle gets to its goal that priority alone does not bring there, for example because it stands in the only
/// corridor out of the place it wants to enter. First by complete search with a small budget; then by clearing the field:
/// everybody, itself too, drives to places drawn at random for a while, and then it tries again while the others keep to theirs.
struct Rescue {
    let planner: Planner
    let starts: [Int32]
    let goals: [Int32]
    let priorities: [Int32]
    let fixed: Set<Int32>

    /// The shortest manoeuvre found, nil where none was.
    func find(_ first: Int32) -> Configurations? {
        let open = planner.barred.indices.filter { !planner.barred[$0] }.map { Int32($0) }
        guard !open.isEmpty else { return nil }
        var dice = Dice(seed: planner.seed)
        var best = search(first)
        // So that all tries together take some tens of milliseconds.
        let tries = max(15, min(300, 200_000 / max(1, starts.count * starts.count * 4)))
        for round in 0..<tries where best == nil || round < tries / 3 {
            if let found = clear(first, open, 6 << (round % 5), &dice), found.count < (best?.count ?? .max) {
                best = found
            }
        }
        return best
    }

    private func search(_ first: Int32) -> Configurations? {
        let tables = planner.tables(goals)
        var lacam = LaCAM(
            planner.ways, pibt: planner.prepare(goals, tables, fixed), aim: .one(first), seed: planner.seed)
        let rank = priorities.indices.sorted { (priorities[$0], $0) < (priorities[$1], $1) }
        var ranks = [Float](repeating: 0, count: starts.count)
        for (index, vehicle) in rank.enumerated() { ranks[vehicle] = 1 - Float(index + 1) / Float(rank.count + 1) }
        let budget = Budget(iterations: max(100, 8_000 / max(1, starts.count)))
        return try? lacam.solve(starts, ranks: ranks, budget: budget)
    }

    private func clear(
        _ first: Int32, _ open: [Int32], _ retreat: Int, _ dice: inout Dice
    ) -> Configurations? {
        // In a large site tables of new goals are dear, and some of those known are as good.
        let pool = open.count <= 4_096 ? open : goals.filter { !planner.barred[Int($0)] }
        guard !pool.isEmpty else { return nil }
        let places = starts.map { _ in pool.randomElement(using: &dice) ?? pool[0] }
        let tables = planner.tables(places)
        var drive = Drive(
            pibt: planner.prepare(places, tables, fixed), starts: starts, goals: places, priorities: priorities)
        for _ in 0..<retreat { drive.step() }
        let table = planner.tables([goals[Int(first)]], more: true)[0]
        drive.aim(Int(first), at: goals[Int(first)], table)
        let limit = retreat + min(planner.ways.count, 400) * 2
        while drive.found.count < limit, !drive.hasArrived(first) { drive.step(first: first) }
        return drive.hasArrived(first) ? drive.found : nil
    }
}
