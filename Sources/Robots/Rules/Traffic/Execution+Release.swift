extension Execution {
    /// Why a vehicle does not get its next node.
    enum Waiting: Sendable, Hashable {
        /// It has come to the end of its plan.
        case planned
        /// The node is closed, or no refuge can be reached from it.
        case closed(Int32)
        /// Another vehicle holds it, or one in conflict with it.
        case held(Int32, by: Int32)
        /// Another vehicle comes first.
        case behind(Int32, of: Int32)
    }

    /// Replaces all that is not released by these plans, made for all at once from the ends of the released prefixes. Whoever has
    /// no path stays where its prefix ends.
    /// - Parameter paths: for each vehicle where it is at each step, beginning at the end of its released prefix; to wait is to
    ///   repeat a node.
    /// - Throws: ``TrafficFault`` where a path does not begin there, leaves the roads, meets another, or where vehicles would have
    ///   to move in a circle at once; then nothing has changed.
    mutating func adopt(_ paths: [Int32: [Int32]]) throws(TrafficFault) {
        var plans: [Int32: [Visit]] = [:]
        for (vehicle, path) in paths {
            guard let end = end(of: vehicle), holds[vehicle]?.isLost == false else { throw .vehicle(vehicle) }
            guard path.first == end else { throw .beginning(vehicle: vehicle) }
            var plan: [Visit] = []
            for index in path.indices.dropFirst() where path[index] != path[index - 1] {
                guard path[index] >= 0, path[index] < Int32(ways.count) else { throw .node(path[index]) }
                guard ways.leads(path[index - 1], path[index]) else {
                    throw .noWay(vehicle: vehicle, from: path[index - 1], to: path[index])
                }
                plan.append(Visit(vehicle: vehicle, node: path[index], time: Int32(index)))
            }
            plans[vehicle] = plan
        }
        try check(paths)
        planned(plans)
    }

    /// Extends every vehicle's prefix by those steps of its plan whose turn it is.
    /// - Parameters:
    ///   - ahead: how many nodes a vehicle may have before it at most.
    ///   - closed: nodes nobody is sent to, nor to where no refuge can be reached without them.
    ///   - pass: asked last, of a vehicle and the way it would take: lifts, doors, places for so many at once, holds.
    /// - Returns: the nodes added for each vehicle that got any.
    mutating func release(
        upTo ahead: Int, closed: Set<Int32> = [], pass: (Int32, Int32, Int32) -> Bool = { _, _, _ in true }
    ) -> [Int32: [Int32]] {
        close(closed)
        var added: [Int32: [Int32]] = [:]
        let order = plans.keys.sorted()
        var goesOn = true
        while goesOn {
            goesOn = false
            for vehicle in order {
                while let hold = holds[vehicle], hold.nodes.count - 1 < ahead, waiting(vehicle) == nil,
                    let plan = plans[vehicle], let index = next[vehicle]
                {
                    let node = plan[index].node
                    guard let end = hold.nodes.last, pass(vehicle, end, node) else { break }
                    self.hold(node, vehicle)
                    passed[node, default: 0] += 1
                    next[vehicle] = index + 1
                    added[vehicle, default: []].append(node)
                    goesOn = true
                }
            }
        }
        return added
    }

    /// Why a vehicle's next node cannot be released, by what was closed at the last release; nil where it can.
    func waiting(_ vehicle: Int32) -> Waiting? {
        guard let plan = plans[vehicle], let index = next[vehicle], index < plan.count else { return .planned }
        let visit = plan[index]
        if barred[Int(visit.node)] { return .closed(visit.node) }
        if let other = earlier(visit.node, visit) ?? holder(visit.node, vehicle) { return other }
        for index in ways.conflictStart[visit.node]..<ways.conflictStart[visit.node + 1] {
            let node = ways.conflict[index]
            if let other = earlier(node, visit) ?? holder(node, vehicle) { return other }
        }
        return nil
    }

    /// Vehicles whose plan cannot go on because its next node is closed: new plans are needed.
    var blocked: [Int32] {
        plans.keys.filter { vehicle in
            if case .closed = waiting(vehicle) { return true }
            return false
        }.sorted()
    }

    /// Whether from the end of every released prefix a refuge can be reached over open nodes.
    func hasRefuges(closed: Set<Int32> = []) -> Bool {
        let barred = ways.barred(closed)
        return holds.values.allSatisfy { hold in
            hold.isLost || hold.nodes.count < 2 || hold.nodes.last.map { !barred[Int($0)] } == true
        }
    }

    private mutating func close(_ nodes: Set<Int32>) {
        guard nodes != closed else { return }
        closed = nodes
        barred = ways.barred(nodes)
    }

    /// Somebody whose visit to a node comes before this one and is not released yet.
    private func earlier(_ node: Int32, _ visit: Visit) -> Waiting? {
        guard let list = visits[node] else { return nil }
        let index = passed[node] ?? 0
        guard index < list.count, list[index].time < visit.time else { return nil }
        return .behind(visit.node, of: list[index].vehicle)
    }

    private func holder(_ node: Int32, _ vehicle: Int32) -> Waiting? {
        guard let other = holders[node]?.first(where: { $0 != vehicle }) else { return nil }
        return .held(node, by: other)
    }

    /// Refuses paths that meet or that could only be driven all at once.
    private func check(_ paths: [Int32: [Int32]]) throws(TrafficFault) {
        let last = paths.values.map(\.count).max() ?? 0
        let moving = paths.keys.sorted()
        // Where everybody is at a step; who stays has the end of its prefix all the time, who is lost all its nodes.
        var here: [Int32: [Int32]] = [:]
        for (vehicle, hold) in holds {
            if hold.isLost {
                for node in hold.nodes { here[node, default: []].append(vehicle) }
            } else if let end = hold.nodes.last {
                here[end, default: []].append(vehicle)
            }
        }
        for step in 1..<max(1, last) {
            var movers: [Int32] = []
            var there = here
            for vehicle in moving {
                guard let path = paths[vehicle], step < path.count, path[step] != path[step - 1] else { continue }
                movers.append(vehicle)
                there[path[step - 1]]?.removeAll { $0 == vehicle }
                there[path[step], default: []].append(vehicle)
            }
            // For each who moves, those who must have moved before.
            var before: [Int32: [Int32]] = [:]
            for vehicle in movers {
                guard let path = paths[vehicle] else { continue }
                if let other = others(path[step], vehicle, there).first {
                    throw .meeting(vehicle: vehicle, other: other, step: step)
                }
                before[vehicle] = others(path[step], vehicle, here)
            }
            var open = Set(movers)
            while !open.isEmpty {
                let gone = open.filter { vehicle in (before[vehicle] ?? []).allSatisfy { !open.contains($0) } }
                guard !gone.isEmpty else { throw .circle(vehicle: open.min() ?? 0, step: step) }
                open.subtract(gone)
            }
            here = there
        }
    }

    private func others(_ node: Int32, _ vehicle: Int32, _ at: [Int32: [Int32]]) -> [Int32] {
        var found = (at[node] ?? []).filter { $0 != vehicle }
        for index in ways.conflictStart[node]..<ways.conflictStart[node + 1] {
            found += (at[ways.conflict[index]] ?? []).filter { $0 != vehicle }
        }
        return found
    }
}
