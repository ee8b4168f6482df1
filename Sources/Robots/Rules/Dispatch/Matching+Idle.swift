import Record

extension Matching {
    /// A vehicle with less (per cent) charges, whatever is expected.
    static let low = 30.0
    /// A vehicle with more does not go to a charger.
    static let full = 80.0

    /// Whoever has nothing to do charges ahead of need, the emptiest first, or waits out of everybody's way.
    mutating func settleIdle() {
        let idle = tails.filter { $0.vehicle.isAvailable && $0.vehicle.freeIn <= 0 && $0.queue.isEmpty }
            .map(\.vehicle)
        // What others stand at or drive to is taken.
        let others = Set(state.vehicles.map(\.id)).subtracting(idle.map(\.id))
        var taken = Set(
            state.vehicles.filter { others.contains($0.id) }.flatMap { [$0.goal, $0.isCharging ? $0.node : nil] }
                .compactMap { $0 })
        for vehicle in state.vehicles where vehicle.isCharging { taken.insert(vehicle.goal ?? vehicle.node) }
        let wanting = idle.filter { !$0.isCharging && wantsCharge($0) }
            .sorted { ($0.charge ?? -1, $0.id) < ($1.charge ?? -1, $1.id) }
        // Whoever is full gives up its charger where others need one.
        var crowd = 0
        for vehicle in wanting {
            guard let charger = nearest(state.chargers, to: vehicle, taken) else {
                if !state.chargers.isEmpty, toCharger(vehicle, from: vehicle.node) == nil {
                    decision.stranded.append(vehicle.id)
                } else {
                    crowd += 1
                }
                continue
            }
            let way = way(vehicle.id, [vehicle.node, charger], state.travel) ?? 0
            if let charge = vehicle.charge, charge - vehicle.drain * way <= 0 {
                decision.stranded.append(vehicle.id)
                continue
            }
            decision.charge[vehicle.id] = charger
            taken.insert(charger)
        }
        let done = idle.filter { $0.isCharging && ($0.charge ?? 0) >= Self.full }
            .sorted { ($1.charge ?? 0, $0.id) < ($0.charge ?? 0, $1.id) }.prefix(crowd).map(\.id)
        for vehicle in idle
        where (!vehicle.isCharging || done.contains(vehicle.id)) && decision.charge[vehicle.id] == nil
            && !decision.stranded.contains(vehicle.id)
        {
            // Where it waits already, it stays: whoever moves without need is in the way.
            if state.refuges.contains(vehicle.node), !taken.contains(vehicle.node) {
                taken.insert(vehicle.node)
                continue
            }
            guard let refuge = nearest(state.refuges, to: vehicle, taken) else { continue }
            decision.park[vehicle.id] = refuge
            taken.insert(refuge)
        }
    }

    /// Whether it should charge while there is nothing to do: little is left, or little would be after the next hour.
    private func wantsCharge(_ vehicle: DispatchVehicle) -> Bool {
        guard let charge = vehicle.charge else { return true }
        if charge < Self.low { return true }
        guard charge < Self.full else { return false }
        // Whoever is on the way there does not turn round.
        if let goal = vehicle.goal, state.chargers.contains(goal) { return true }
        let working = Double(max(1, tails.filter(\.vehicle.isAvailable).count))
        let share = min(1, max(0, state.forecast) * meanWork / 3600 / working)
        let rush = charge - vehicle.drain * 3600 * share < Dispatch.reserve + 10
        // Going there now costs nothing: a charger is free and nobody asks for the vehicle.
        return rush || state.jobs.isEmpty
    }

    /// How long a mission takes, in seconds: the mean of those known, else five minutes.
    private var meanWork: Double {
        let known = tails.flatMap { $0.queue.map { $0.end - $0.begin } }
        return known.isEmpty ? 300 : known.reduce(0, +) / Double(known.count)
    }

    /// The nearest that is free; the one it goes to already where that is still free.
    private func nearest(_ nodes: [String], to vehicle: DispatchVehicle, _ taken: Set<String>) -> String? {
        let free = nodes.filter { !taken.contains($0) }
        if let goal = vehicle.goal, free.contains(goal), way(vehicle.id, [vehicle.node, goal], state.travel) != nil {
            return goal
        }
        return free.compactMap { node in
            way(vehicle.id, [vehicle.node, node], state.travel).map { (node: node, seconds: $0) }
        }.min { ($0.seconds, $0.node) < ($1.seconds, $1.node) }?.node
    }
}
