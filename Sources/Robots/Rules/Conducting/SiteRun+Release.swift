import Record

extension SiteRun {
    /// Releases what may be driven now, and makes routes of it.
    mutating func release(_ goals: [Int32: Int32], _ wishes: SiteWishes, at now: Timestamp) -> [Effect] {
        let barred = Set(
            crews.values.filter {
                !$0.isReady || wishes.held.contains($0.vehicle) || wishes.unfit.contains($0.vehicle)
                    || wishes.unmeasured.contains($0.vehicle)
            }.map(\.index))
        let (site, gates, clearing) = (site, gates, clearing)
        var wanted = using()
        let added = execution.release(upTo: Self.ahead, closed: closed) { vehicle, from, to in
            guard !barred.contains(vehicle), !clearing.contains(to) || clearing.contains(from) else { return false }
            for (gate, stop) in site.gates(from, to) {
                guard gates[gate]?.isOpen(at: stop, now) == true, wanted[gate] == nil || wanted[gate] == stop else {
                    if wanted[gate] == nil { wanted[gate] = stop }
                    return false
                }
                wanted[gate] = stop
            }
            return true
        }
        for (gate, stop) in riding() where wanted[gate] == nil { wanted[gate] = stop }
        var effects: [Effect] = []
        for gate in self.gates.keys.sorted() {
            effects += (self.gates[gate]?.want(wanted[gate], at: now) ?? []).map { .gate(gate, $0) }
        }
        for crew in crewed {
            effects += route(crew.vehicle, goals[crew.index], isExtended: added[crew.index] != nil, wishes, at: now)
        }
        return effects
    }

    /// The lifts in whose cabins somebody stands, whatever keeps it there: they are not given back with it.
    private func riding() -> [(gate: String, stop: String)] {
        execution.holds.values.compactMap { hold in
            guard let node = hold.nodes.first, let lift = site.spots[Int(node)].lift else { return nil }
            return (lift, site.name(node))
        }
    }

    /// The lifts and doors that somebody is passing: they stay where they are until it is through.
    private func using() -> [String: String] {
        var using: [String: String] = [:]
        for hold in execution.holds.values {
            for (from, to) in zip(hold.nodes, hold.nodes.dropFirst()) {
                for (gate, stop) in site.gates(from, to) { using[gate] = stop }
            }
        }
        return using
    }

    /// The route of a vehicle that has more to drive, or something to do where it stands.
    private mutating func route(
        _ vehicle: VehicleID, _ goal: Int32?, isExtended: Bool, _ wishes: SiteWishes, at now: Timestamp
    ) -> [Effect] {
        guard let crew = crews[vehicle], crew.isReady, let hold = execution.holds[crew.index], !hold.isLost else {
            return []
        }
        let errand = wishes.evacuated.contains(vehicle) ? nil : wishes.errands[vehicle]
        let isThere = hold.nodes.last == errand?.goal
        let mayBegin =
            crew.drive == nil && !wishes.held.contains(vehicle) && !wishes.unfit.contains(vehicle)
            && !wishes.unmeasured.contains(vehicle)
        let begins = mayBegin && isThere && crew.done != errand?.id
        // It was stopped between two nodes, or what was released to it never left: it drives what it holds already.
        let resumes = mayBegin && hold.nodes.count > 1 && hold.nodes.last.map { !closed.contains($0) } == true
        guard isExtended || begins || resumes else {
            // An order that was to lead on ends here, for here is something else to be done.
            let isOther = crew.drive != nil && isThere && crew.drive?.errand != errand?.id && hold.nodes.count == 1
            return isOther && crew.report?.isDriving == false ? cancel(vehicle) : []
        }
        if crew.drive == nil {
            crews[vehicle]?.orders += 1
            crews[vehicle]?.drive = Crew.Drive(
                id: "\(vehicle.thing)-\(crew.orders + 1)", base: hold.steps, errand: errand?.id)
        }
        guard var drive = crews[vehicle]?.drive else { return [] }
        // An order that was begun for something else ends where it stands, and the errand gets one of its own.
        let isOwn = drive.errand == errand?.id
        drive.isLast = isOwn && isThere && errand != nil
        crews[vehicle]?.drive = drive
        let ahead = isThere && drive.isLast ? [] : way(execution.horizon(crew.index), to: errand?.goal)
        var steps: [Route.Step] = []
        for (place, node) in (hold.nodes + ahead).enumerated() {
            let from = place == 0 ? nil : (hold.nodes + ahead)[place - 1]
            steps.append(step(node, from, sequence: 2 * (hold.steps + place - drive.base)))
        }
        if let errand, isOwn, steps.last.map({ site.number($0.node) == errand.goal }) == true {
            steps[steps.count - 1].actions = errand.actions.map { action in
                var action = action
                action.id = "\(drive.id)-\(action.type)"
                return action
            }
        }
        return [
            .drive(
                vehicle,
                Route(order: drive.id, site: site.plan.id, steps: steps, released: hold.nodes.count, fence: 0))
        ]
    }

    /// The horizon, up to where the errand is done.
    private func way(_ horizon: [Int32], to goal: Int32?) -> [Int32] {
        guard let goal, let end = horizon.firstIndex(of: goal) else { return horizon }
        return Array(horizon[...end])
    }

    private func step(_ node: Int32, _ from: Int32?, sequence: Int) -> Route.Step {
        let spot = site.spots[Int(node)]
        let passage = from.flatMap { site.passage($0, node) }
        return Route.Step(
            sequence: sequence, node: spot.name, edge: passage?.edge, map: spot.map, x: spot.x, y: spot.y,
            speed: passage?.speed)
    }
}

extension CompiledSite {
    /// The lifts and doors that must be open to get from one node to the next, each with the stop it must be at.
    func gates(_ from: Int32, _ to: Int32) -> [(gate: String, stop: String)] {
        var gates: [(String, String)] = []
        if let lift = spots[Int(to)].lift { gates.append((lift, name(to))) }
        if let lift = spots[Int(from)].lift, spots[Int(to)].lift == nil { gates.append((lift, name(from))) }
        if let door = passage(from, to)?.door { gates.append((door, door)) }
        return gates
    }
}
