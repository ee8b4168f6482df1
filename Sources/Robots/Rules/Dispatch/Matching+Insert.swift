import Record

extension Matching {
    /// What giving a mission to a vehicle would cost.
    private struct Option {
        var cost: Double
        var begin: Double
        var end: Double
        var charge: Double
    }

    /// Why a vehicle cannot have a mission now.
    private enum Obstacle { case busy, battery, closed }

    /// Matches one class: by turns the mission that would lose most by not getting its best vehicle, among those whose turn it is.
    mutating func match(_ priority: Mission.Priority) {
        var open = jobs.filter { $0.priority == priority }.map { (job: $0, turn: turn($0)) }
        open.sort { ($0.turn, $0.job.id) < ($1.turn, $1.job.id) }
        let most = max(4, 2 * tails.count)
        // One row a mission in the window, one column a vehicle; only the column of who got something changes.
        var rows: [String: [Option?]] = [:]
        while let first = open.first {
            let window = open.prefix(most).prefix { $0.turn <= first.turn + Dispatch.slack }
            var best: (index: Int, vehicle: Int, option: Option, regret: Double)?
            var blocked: [Int] = []
            for (index, entry) in window.enumerated() {
                let row = rows[entry.job.id] ?? tails.indices.map { option(entry.job, $0) }
                rows[entry.job.id] = row
                let costs = row.indices.compactMap { vehicle in row[vehicle].map { (vehicle, $0) } }
                    .sorted { ($0.1.cost, $0.0) < ($1.1.cost, $1.0) }
                guard let (vehicle, option) = costs.first else {
                    blocked.append(index)
                    continue
                }
                let regret = costs.dropFirst().prefix(2).reduce(costs.count == 1 ? 1e6 : 0) {
                    $0 + $1.1.cost - option.cost
                }
                if regret > best?.regret ?? -1 { best = (index, vehicle, option, regret) }
            }
            guard let best else {
                for index in blocked { hold(open[index].job) }
                open.removeSubrange(0..<window.count)
                continue
            }
            let job = open[best.index].job
            give(job, to: best.vehicle, best.option)
            open.remove(at: best.index)
            for index in blocked.reversed() {
                hold(open[index < best.index ? index : index - 1].job)
                open.remove(at: index < best.index ? index : index - 1)
            }
            rows[job.id] = nil
            for (id, row) in rows {
                guard let other = open.first(where: { $0.job.id == id })?.job else { continue }
                var changed = row
                changed[best.vehicle] = option(other, best.vehicle)
                rows[id] = changed
            }
        }
    }

    private mutating func give(_ job: DispatchJob, to vehicle: Int, _ option: Option) {
        tails[vehicle].queue.append((job, option.begin, option.end))
        tails[vehicle].time = option.end
        tails[vehicle].node = job.nodes.last ?? tails[vehicle].node
        tails[vehicle].charge = option.charge
        decision.estimates[job.id] = option.end
    }

    /// What it costs a vehicle to do a mission after all it has; nil where it cannot.
    private func option(_ job: DispatchJob, _ index: Int) -> Option? {
        guard case .success(let option) = weigh(job, tails[index]) else { return nil }
        return option
    }

    private func weigh(_ job: DispatchJob, _ tail: Tail) -> Result<Option, Unable> {
        let vehicle = tail.vehicle
        // What a person chose is nobody else's, and the person answers for the charge.
        guard !job.isChosen || job.holder == vehicle.id else { return .failure(Unable(.busy)) }
        guard vehicle.isAvailable, Self.isAble(vehicle, job) else { return .failure(Unable(.busy)) }
        guard let drive = way(vehicle.id, [tail.node] + job.nodes, state.travel) else {
            return .failure(Unable(.closed))
        }
        let service = job.service * Double(job.nodes.count)
        // Standing and handing over takes a fifth of what driving does.
        let left = (tail.charge ?? 0) - vehicle.drain * (drive + service * 0.2)
        let end = tail.time + drive + service
        if job.isChosen { return .success(Option(cost: end, begin: tail.time, end: end, charge: left)) }
        guard let charge = tail.charge, charge.isFinite else { return .failure(Unable(.battery)) }
        if vehicle.isCharging, tail.queue.isEmpty, charge < Dispatch.leaves, job.priority != .clinical {
            return .failure(Unable(.battery))
        }
        guard let back = toCharger(vehicle, from: job.nodes.last ?? tail.node),
            left - vehicle.drain * back >= Dispatch.reserve
        else { return .failure(Unable(.battery)) }
        var cost = end
        if let deadline = job.deadline { cost += 2 * max(0, end - deadline.seconds(since: state.now)) }
        // Who has it keeps it, unless another is clearly better.
        if job.holder == vehicle.id {
            let moved = decision.memory.moved[job.id].map { state.now.seconds - $0 < Dispatch.settles } ?? false
            cost -= moved ? 86_400 : max(Dispatch.gain.seconds, Dispatch.gain.share * end)
        }
        return .success(Option(cost: cost, begin: tail.time, end: end, charge: left))
    }

    private struct Unable: Error {
        let why: Obstacle
        init(_ why: Obstacle) { self.why = why }
    }

    /// Seconds to the nearest charger; nil where none can be reached.
    func toCharger(_ vehicle: DispatchVehicle, from node: String) -> Double? {
        state.chargers.compactMap { way(vehicle.id, [node, $0], state.travel) }.min()
    }

    /// Why a mission waits though nobody stands before it.
    private mutating func hold(_ job: DispatchJob) {
        let obstacles = tails.map { tail -> Obstacle in
            if case .failure(let unable) = weigh(job, tail) { return unable.why }
            return .busy
        }
        decision.waiting[job.id] =
            !tails.contains { $0.vehicle.isAvailable }
            ? (tails.contains { $0.vehicle.isOccupied } ? .occupied : .nobody)
            : obstacles.contains(.battery) ? .battery : obstacles.contains(.closed) ? .closed : .nobody
        if job.holder != nil, !job.isChosen { decision.released.append(job.id) }
    }

    /// What changes hands: the next of each vehicle, and the one after, where they begin soon.
    mutating func emit() {
        for tail in tails {
            decision.queues[tail.vehicle.id] = tail.queue.map(\.job.id)
            for (position, entry) in tail.queue.enumerated() {
                let isNear = position < Dispatch.depth && entry.begin <= Dispatch.ahead
                if entry.job.holder == tail.vehicle.id { continue }
                // Another vehicle is to have it: it moves even where it waits, lest its old one begin it.
                if isNear || (entry.job.holder != nil && position < Dispatch.depth) {
                    if entry.job.holder != nil { decision.memory.moved[entry.job.id] = state.now.seconds }
                    decision.assignments.append(
                        .init(
                            vehicle: tail.vehicle.id, mission: entry.job.id, position: position, seconds: entry.end))
                } else {
                    decision.waiting[entry.job.id] = .turn
                }
            }
        }
        decision.assignments.sort { ($0.vehicle, $0.position) < ($1.vehicle, $1.position) }
    }
}
