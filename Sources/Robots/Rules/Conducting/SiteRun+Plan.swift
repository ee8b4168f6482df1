import Record

/// What people and other rooms want of a site's vehicles now.
struct SiteWishes: Sendable {
    /// Who has what to do.
    var errands: [VehicleID: Errand] = [:]
    /// Who stays where it is until a person lifts it.
    var held: Set<VehicleID> = []
    /// Who clears the corridors, then stays.
    var evacuated: Set<VehicleID> = []
    /// Who is too large for this site.
    var unfit: Set<VehicleID> = []
    /// Of whom nobody knows yet how large it is.
    var unmeasured: Set<VehicleID> = []
    /// What nobody may drive over: nodes, and ways between nodes that are open themselves.
    var closed: Set<Int32> = []
    var closedWays: Set<CompiledSite.Way> = []
    /// What is being evacuated: who is inside gets out over it, though it is closed; nobody gets in.
    var clearing: Set<Int32> = []
}

extension SiteRun {
    /// Plans where that is due, releases what may be released, and says what is to be sent.
    mutating func tick(_ wishes: SiteWishes, at now: Timestamp) -> [Effect] {
        var wishes = wishes
        // Whoever clears the way has nothing else to do, though what it had is not forgotten.
        for vehicle in wishes.evacuated { wishes.errands[vehicle] = nil }
        var effects = halt(wishes, at: now)
        if wishes.closedWays != closedWays { cut(wishes.closedWays) }
        if wishes.closed != closed || wishes.clearing != clearing || isCut {
            (closed, clearing, isCut) = (wishes.closed, wishes.clearing, false)
            effects += clear()
            planned = nil
        }
        changeOver()
        guard next == nil, !isClosing else {
            // What is being done at a goal comes to its end; who only drives is stopped where it is.
            for crew in crewed where crew.drive?.isLast == false { effects += cancel(crew.vehicle) }
            return effects + call(wishes, at: now)
        }
        for crew in crews.values where crew.errand != wishes.errands[crew.vehicle]?.work {
            crews[crew.vehicle]?.errand = wishes.errands[crew.vehicle]?.work
            crews[crew.vehicle]?.since = wishes.errands[crew.vehicle] == nil ? nil : now
        }
        let goals = goals(wishes)
        renew(goals, wishes, at: now)
        effects += release(goals, wishes, at: now)
        return effects + call(wishes, at: now)
    }

    /// Takes ways out of the roadmap that lie on something closed, or puts them back. What is held stays held.
    private mutating func cut(_ gone: Set<CompiledSite.Way>) {
        closedWays = gone
        isCut = true
        let ways = Ways(site.roadmap(without: gone))
        execution = Execution(ways, restoring: execution.holds)
        planner = Planner(ways)
    }

    /// Calls off orders that lead into what was closed, or from outside into what is being evacuated.
    private mutating func clear() -> [Effect] {
        var effects: [Effect] = []
        for crew in crewed {
            let nodes = execution.released(crew.index)
            let entersClosed = nodes.dropFirst().contains(where: closed.contains)
            let entersCleared = zip(nodes, nodes.dropFirst()).contains {
                !clearing.contains($0) && clearing.contains($1)
            }
            let drivesClosed = zip(nodes, nodes.dropFirst()).contains {
                closedWays.contains(CompiledSite.Way($0, $1))
            }
            if entersClosed || entersCleared || drivesClosed { effects += cancel(crew.vehicle) }
        }
        return effects
    }

    /// Where everybody is to get now.
    private func goals(_ wishes: SiteWishes) -> [Int32: Int32] {
        var goals: [Int32: Int32] = [:]
        var taken: Set<Int32> = []
        let order = crews.values.sorted {
            ($0.since?.microseconds ?? .max, $0.index) < ($1.since?.microseconds ?? .max, $1.index)
        }
        let turns = turns(order, wishes)
        for crew in order {
            guard let end = execution.end(of: crew.index), execution.holds[crew.index]?.isLost == false else {
                continue
            }
            if let errand = wishes.errands[crew.vehicle], turns[errand.goal] == crew.index {
                goals[crew.index] = errand.goal
                taken.insert(errand.goal)
            } else if site.roadmap.refuges.contains(end), !closed.contains(end), !taken.contains(end) {
                goals[crew.index] = end
                taken.insert(end)
            }
        }
        for crew in order where goals[crew.index] == nil {
            guard let end = execution.end(of: crew.index), execution.holds[crew.index]?.isLost == false else {
                continue
            }
            goals[crew.index] = refuge(from: end, taken) ?? end
            taken.insert(goals[crew.index] ?? end)
        }
        return goals
    }

    /// Whose turn it is at each place where something is to be done: who stands there, else who has waited longest. The others
    /// wait out of the way, for a station may be a dead end that nobody gets out of past somebody who wants in.
    private func turns(_ order: [Crew], _ wishes: SiteWishes) -> [Int32: Int32] {
        var turns: [Int32: Int32] = [:]
        for crew in order where execution.holds[crew.index] != nil {
            for node in execution.released(crew.index) where turns[node] == nil && isStation(node) {
                turns[node] = crew.index
            }
        }
        for crew in order where !wishes.evacuated.contains(crew.vehicle) {
            guard let errand = wishes.errands[crew.vehicle], turns[errand.goal] == nil else { continue }
            turns[errand.goal] = crew.index
        }
        return turns
    }

    private func isStation(_ node: Int32) -> Bool { site.spots[Int(node)].kind == .station }

    /// The nearest place out of everybody's way that is free.
    private func refuge(from node: Int32, _ taken: Set<Int32>) -> Int32? {
        site.roadmap.refuges.lazy.filter { !taken.contains($0) && !self.closed.contains($0) }
            .compactMap { refuge in
                planner.cost(from: node, to: refuge, closed: self.closed).map { (cost: $0, node: refuge) }
            }.min { ($0.cost, $0.node) < ($1.cost, $1.node) }?.node
    }

    /// Makes a new plan where somebody needs one.
    private mutating func renew(_ goals: [Int32: Int32], _ wishes: SiteWishes, at now: Timestamp) {
        // Two on one place cannot be planned for; they are in everybody's way until a person parts them.
        let twins = twins()
        let vehicles = execution.planned.filter { !twins.contains($0) }
        guard !vehicles.isEmpty else { return }
        let isRunningOut = vehicles.contains { vehicle in
            execution.end(of: vehicle) != goals[vehicle] && execution.horizon(vehicle).count < Self.ahead
        }
        let isOld = planned.map { now.seconds(since: $0) >= (isWhole ? Self.renewal * 12 : Self.renewal) } ?? true
        let isWaiting = vehicles.contains { execution.end(of: $0) != goals[$0] }
        // A manoeuvre that was planned as a whole is driven as a whole: begun anew each time it would never come to its end.
        let isDone = !isWhole || vehicles.allSatisfy { execution.horizon($0).isEmpty }
        guard
            execution.needsPlan || goals != self.goals || (isRunningOut && isWaiting && isDone) || (isOld && isWaiting)
        else { return }
        let starts = vehicles.compactMap { execution.end(of: $0) }
        let fixed = Set(vehicles.indices.filter { stays(vehicles[$0], starts[$0], wishes) }.map { Int32($0) })
        let ranks = vehicles.map { rank($0, wishes, at: now) }
        let targets = vehicles.indices.map {
            fixed.contains(Int32($0)) ? starts[$0] : goals[vehicles[$0]] ?? starts[$0]
        }
        do {
            let plan = try planner.window(
                starts: starts, goals: targets, priorities: ranks, fixed: fixed,
                closed: closed.union(execution.lost).union(execution.reach(of: twins)), steps: Self.window)
            let length = length(plan.paths, vehicles, wishes)
            let paths = Dictionary(
                zip(vehicles, plan.paths.map { Array($0.prefix(length)) }), uniquingKeysWith: { one, _ in one })
            try execution.adopt(paths)
            self.goals = goals
            planned = now
            isWhole = plan.isWhole
            unreachable = Set(
                plan.unreachable.compactMap { vehicle(vehicles[Int($0)]) }.filter { wishes.errands[$0] != nil })
        } catch {
            // No plan is safe; the next tick tries again, with whatever has changed by then.
            planned = now
        }
    }

    /// Who must not be moved: held, not ready, or at its goal with something being done there.
    private func stays(_ index: Int32, _ end: Int32, _ wishes: SiteWishes) -> Bool {
        guard let vehicle = vehicle(index), let crew = crews[vehicle] else { return true }
        if wishes.held.contains(vehicle) || !crew.isReady { return true }
        if crew.drive?.isLast == true { return true }
        return wishes.errands[vehicle]?.goal == end
    }

    /// Clinical before food; whose errand is older before whose is younger; who has nothing to do makes way. An errand's rank
    /// never falls while it lasts: so the first of all always gets on, and everybody becomes the first in the end.
    private func rank(_ index: Int32, _ wishes: SiteWishes, at now: Timestamp) -> Int32 {
        guard let vehicle = vehicle(index), let crew = crews[vehicle] else { return 1_000_000 }
        let class_ = wishes.evacuated.contains(vehicle) ? 0 : wishes.errands[vehicle]?.rank ?? 9
        let waited = crew.since.map { min(99_999, max(0, Int32(clamping: Int64(now.seconds(since: $0))))) } ?? 0
        return class_ * 100_000 - waited
    }

    /// How many steps of a plan are taken over: up to where somebody would leave a goal where it has something to do.
    private func length(_ paths: [[Int32]], _ vehicles: [Int32], _ wishes: SiteWishes) -> Int {
        var length = paths.first?.count ?? 0
        for (index, path) in zip(vehicles, paths) {
            guard let vehicle = vehicle(index), let errand = wishes.errands[vehicle],
                let there = path.firstIndex(of: errand.goal),
                let leaves = path[there...].firstIndex(where: { $0 != errand.goal })
            else { continue }
            length = min(length, max(1, leaves))
        }
        return length
    }
}
