/// Steps of all vehicles one after the other by ``PIBT``, the urgent first and those at their goals last.
struct Drive: ~Copyable {
    private var pibt: PIBT
    private var at: [Int32]
    private var goals: [Int32]
    private let priorities: [Int32]
    private let order: Flat<Int32>
    var found: Configurations

    init(pibt: consuming PIBT, starts: [Int32], goals: [Int32], priorities: [Int32]) {
        self.pibt = pibt
        at = starts
        self.goals = goals
        self.priorities = priorities
        order = Flat(starts.count, 0)
        found = Configurations(vehicles: starts.count)
        found.append(starts)
    }

    /// Whether a vehicle is at its goal.
    func hasArrived(_ vehicle: Int32) -> Bool { at[Int(vehicle)] == goals[Int(vehicle)] }

    /// Gives a vehicle another goal.
    mutating func aim(_ vehicle: Int, at node: Int32, _ table: Distances.Table) {
        goals[vehicle] = node
        pibt.aim(Int32(vehicle), at: node, table)
    }

    /// One step more. - Parameter first: who goes before all others, where somebody does.
    mutating func step(first: Int32 = -1) {
        let turn = at.indices.sorted { one, other in
            (at[one] == goals[one] ? 1 : one == Int(first) ? -1 : 0, priorities[one], one)
                < (at[other] == goals[other] ? 1 : other == Int(first) ? -1 : 0, priorities[other], other)
        }
        for (index, vehicle) in turn.enumerated() { order[index] = Int32(vehicle) }
        pibt.stand(at)
        _ = pibt.decide(UnsafePointer(order.base))
        for vehicle in at.indices { at[vehicle] = pibt.to[vehicle] }
        pibt.clear()
        found.append(at)
    }
}
