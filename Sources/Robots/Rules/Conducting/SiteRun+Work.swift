import Record

/// How a mission moves on.
enum MissionMove: Sendable, Hashable {
    /// It is given to a vehicle; expected to be done in so many seconds.
    case assign(String, VehicleID, seconds: Double)
    /// Its vehicle sets out for a stop.
    case start(String, leg: Int)
    /// Its vehicle stands at the stop and what it does there by itself is done.
    case arrive(String, leg: Int)
    case complete(String)
    /// Its vehicle cannot do it any more; it waits for another.
    case giveBack(String, MissionReason)
    /// Nobody drives it yet, for a reason.
    case wait(String, DispatchDecision.Wait)
    /// It can never be done here.
    case refuse(String, MissionReason)
    /// It is expected in so many seconds.
    case expect(String, seconds: Double)
}

extension SiteRun {
    /// After how many seconds work is given out again, and expectations are looked at.
    static let rounds = 2.0
    /// By how many seconds an expectation must move before anybody is told.
    static let slip = 10.0

    /// What the tables say, as wishes for each vehicle and as moves of missions.
    mutating func work(_ work: SiteWork, at now: Timestamp) -> (wishes: SiteWishes, moves: [MissionMove]) {
        var wishes = SiteWishes()
        wishes.clearing = work.clearing(site)
        wishes.closed = work.closedNodes(of: site).subtracting(wishes.clearing)
        wishes.closedWays = work.closedWays(of: site)
        wishes.unfit = Set(
            crews.keys.filter { work.builds[$0].map { $0.footprint > site.plan.footprint + 0.001 } == true })
        wishes.unmeasured = Set(crews.keys.filter { work.builds[$0] == nil })
        halt(work, &wishes)
        var moves: [MissionMove] = []
        for crew in crewed {
            guard let kept = active(crew.vehicle, work) else { continue }
            let (errand, move) = errand(kept, crew)
            if let errand { wishes.errands[crew.vehicle] = errand }
            if let move { moves.append(move) }
        }
        if dispatched.map({ now.seconds(since: $0) >= Self.rounds }) ?? true {
            dispatched = now
            moves += dispatch(work, wishes, at: now)
        }
        for (vehicle, node) in charging where wishes.errands[vehicle] == nil {
            guard let goal = site.number(node) else { continue }
            wishes.errands[vehicle] = Errand(
                id: "charge/\(node)/\(chargeRound[vehicle] ?? 0)", goal: goal,
                actions: [RouteAction(id: "", type: "startCharging")], rank: 4)
        }
        for (vehicle, node) in parking where wishes.errands[vehicle] == nil {
            guard let goal = site.number(node) else { continue }
            wishes.errands[vehicle] = Errand(id: "park/\(node)", goal: goal, rank: 8)
        }
        return (wishes, moves)
    }

    private func halt(_ work: SiteWork, _ wishes: inout SiteWishes) {
        // People leave over every corridor: an emergency anywhere on the site clears all of it.
        if !wishes.clearing.isEmpty { wishes.evacuated = Set(crews.keys) }
        for crew in crews.values {
            let nodes = Array(execution.released(crew.index).prefix(2))
            for hold in work.holds where hold.cause == .person {
                if work.reaches(hold, crew.vehicle, at: nodes, in: site) { wishes.held.insert(crew.vehicle) }
            }
        }
    }

    /// The mission a vehicle is on: the one under way, else the most urgent that was given to it.
    private func active(_ vehicle: VehicleID, _ work: SiteWork) -> MissionCase? {
        let own = work.missions.filter { $0.mission.vehicle == vehicle }
        if let begun = own.first(where: { $0.mission.state == .underway || $0.mission.state == .waiting }) {
            return begun
        }
        let given = own.filter { $0.mission.state == .assigned }
        for id in queues[vehicle] ?? [] {
            if let first = given.first(where: { $0.id == id }) { return first }
        }
        return given.min { ($0.mission.priority, $0.mission.asked) < ($1.mission.priority, $1.mission.asked) }
    }

    private func errand(_ kept: MissionCase, _ crew: Crew) -> (Errand?, MissionMove?) {
        let mission = kept.mission
        switch mission.state {
        case .assigned: return (errand(mission, mission.leg), .start(kept.id, leg: mission.leg))
        case .underway where mission.isAtStop && mission.isServed:
            let isLast = mission.leg == mission.stops.count - 1
            return isLast
                ? (errand(mission, mission.leg), .complete(kept.id))
                : (errand(mission, mission.leg + 1), .start(kept.id, leg: mission.leg + 1))
        case .underway where !mission.isAtStop:
            guard let errand = errand(mission, mission.leg) else { return (nil, nil) }
            guard crew.done == errand.id else { return (errand, nil) }
            // Told again until it stands in the tables.
            return (
                errand, crew.failed == errand.id ? .refuse(kept.id, .vehicle) : .arrive(kept.id, leg: mission.leg)
            )
        case .underway, .waiting: return (errand(mission, mission.leg), nil)
        default: return (nil, nil)
        }
    }

    private func errand(_ mission: Mission, _ leg: Int) -> Errand? {
        guard mission.stops.indices.contains(leg), let goal = site.number(mission.stops[leg].node) else { return nil }
        let stop = mission.stops[leg]
        // Where somebody hands over or is visited, people act and the vehicle only waits.
        let type: String? =
            stop.needsSomebody ? nil : stop.task == .pick ? "pick" : stop.task == .drop ? "drop" : nil
        return Errand(
            id: "\(mission.id)#\(leg)", goal: goal, actions: type.map { [RouteAction(id: "", type: $0)] } ?? [],
            rank: Int32(mission.priority.rawValue))
    }

    private mutating func dispatch(_ work: SiteWork, _ wishes: SiteWishes, at now: Timestamp) -> [MissionMove] {
        guard work.mayDispatch else {
            (charging, parking, queues) = ([:], [:], [:])
            return []
        }
        let vehicles = crewed.compactMap { vehicle($0, work, wishes) }
        let jobs = work.missions.compactMap { DispatchJob($0) }
        let chargers = site.spots.filter { $0.kind == .charger }.map(\.name)
        let refuges = site.spots.filter { $0.kind.isRefuge && $0.kind != .charger }.map(\.name)
        var places = Set(chargers + refuges + vehicles.map(\.node))
        for job in jobs { places.formUnion(job.nodes) }
        let ever = travel(places, by: atlas, closed: [])
        let open =
            wishes.closed.isEmpty && closedWays.isEmpty ? ever : travel(places, by: planner, closed: wishes.closed)
        let decision = Dispatch.decide(
            DispatchState(
                now: now, vehicles: vehicles, jobs: jobs, chargers: chargers, refuges: refuges, forecast: work.forecast,
                memory: memory,
                travel: { _, from, to in open[from]?[to] }, ever: { _, from, to in ever[from]?[to] }))
        memory = decision.memory
        queues = decision.queues
        stranded = Set(decision.stranded)
        for (vehicle, node) in decision.charge where charging[vehicle] != node { chargeRound[vehicle, default: 0] += 1 }
        (charging, parking) = (decision.charge, decision.park)
        var moves: [MissionMove] = decision.refused.map { .refuse($0.mission, $0.reason) }
        let occupied = Set(vehicles.filter(\.isOccupied).map(\.id))
        moves += decision.released.map { id in
            let holder = work.missions.first { $0.id == id }?.mission.vehicle
            return .giveBack(id, holder.map(occupied.contains) == true ? .occupied : .vehicle)
        }
        moves += waits(decision, work, at: now)
        moves += decision.assignments.map { .assign($0.mission, $0.vehicle, seconds: $0.seconds) }
        let given = Set(decision.assignments.map(\.mission) + decision.released)
        for kept in work.missions where kept.mission.vehicle != nil && !given.contains(kept.id) {
            // Of what is held nobody knows when it comes; it is said anew once it may go on.
            if let vehicle = kept.mission.vehicle, wishes.held.union(wishes.evacuated).contains(vehicle) { continue }
            guard let seconds = decision.estimates[kept.id] ?? remaining(kept, wishes) else { continue }
            let due = now.advanced(bySeconds: seconds)
            guard expected[kept.id].map({ abs(due.seconds(since: $0)) >= Self.slip }) ?? true else { continue }
            expected[kept.id] = due
            moves.append(.expect(kept.id, seconds: seconds))
        }
        let known = Set(work.missions.map(\.id))
        expected = expected.filter { known.contains($0.key) }
        return moves
    }

    /// What people are told of missions that nobody drives yet: what holds for a round longer, lest they are told of every turn.
    private mutating func waits(_ decision: DispatchDecision, _ work: SiteWork, at now: Timestamp) -> [MissionMove] {
        let open = work.missions.filter { $0.mission.state == .asked }
        var known: [String: DispatchDecision.Wait] = [:]
        var moves: [MissionMove] = []
        for kept in open {
            guard let wait = decision.waiting[kept.id] else { continue }
            known[kept.id] = wait
            if waiting[kept.id] == wait, kept.waits != wait.rawValue { moves.append(.wait(kept.id, wait)) }
        }
        waiting = known
        return moves
    }

    private func vehicle(_ crew: Crew, _ work: SiteWork, _ wishes: SiteWishes) -> DispatchVehicle? {
        guard let end = execution.end(of: crew.index) else { return nil }
        var vehicle = DispatchVehicle(id: crew.vehicle, node: site.name(end))
        vehicle.isAvailable =
            crew.isReady && execution.holds[crew.index]?.isLost == false && !wishes.held.contains(crew.vehicle)
            && !work.laden.contains(crew.vehicle) && !wishes.evacuated.contains(crew.vehicle)
            && !wishes.unfit.contains(crew.vehicle)
            && !wishes.unmeasured.contains(crew.vehicle)
        vehicle.isLost = execution.holds[crew.index]?.isLost == true
        vehicle.drain = crew.discharge.rate ?? Discharge.usual
        vehicle.charge = crew.report?.charge
        vehicle.isCharging = crew.report?.isCharging ?? false
        vehicle.load = work.builds[crew.vehicle]?.load
        vehicle.actions = work.builds[crew.vehicle]?.actions
        vehicle.goal = charging[crew.vehicle] ?? parking[crew.vehicle]
        if let kept = active(crew.vehicle, work), kept.mission.state != .assigned, let last = kept.mission.stops.last {
            vehicle.freeIn = remaining(kept, wishes) ?? 600
            vehicle.node = last.node
            // Whoever did not come in time may come in a minute or never: nobody is promised this one meanwhile.
            vehicle.isOccupied = kept.isStuckAtStop
        }
        if work.laden.contains(crew.vehicle) { vehicle.isOccupied = true }
        if vehicle.isOccupied { vehicle.isAvailable = false }
        return vehicle
    }

    /// How long a mission under way still takes, in seconds; nil where that is unknown.
    private func remaining(_ kept: MissionCase, _ wishes: SiteWishes) -> Double? {
        let mission = kept.mission
        guard let crew = mission.vehicle.flatMap({ crews[$0] }), var at = execution.end(of: crew.index) else {
            return nil
        }
        var seconds = 0.0
        for stop in mission.stops[min(mission.leg, mission.stops.count)...] {
            guard let goal = site.number(stop.node) else { return nil }
            guard let way = planner.cost(from: at, to: goal, closed: wishes.closed) else { return nil }
            seconds += way + 30
            at = goal
        }
        return seconds
    }

    /// How long it takes from each place to each other.
    private func travel(_ places: Set<String>, by planner: Planner, closed: Set<Int32>) -> [String: [String: Double]] {
        var times: [String: [String: Double]] = [:]
        let known = places.compactMap { name in site.number(name).map { (name, $0) } }
        for (to, goal) in known {
            for (from, start) in known {
                if let seconds = planner.cost(from: start, to: goal, closed: closed) {
                    times[from, default: [:]][to] = seconds
                }
            }
        }
        return times
    }
}
