import Record

extension SiteRun {
    /// Takes what the fleet tells of a vehicle.
    mutating func hear(_ news: FleetNews, at now: Timestamp) -> [Effect] {
        guard let crew = crews[news.vehicle] else { return [] }
        switch news {
        case .report(let report): return hear(report, crew)
        case .finished(let vehicle, let order, let failed): return finished(vehicle, order, failed)
        case .cancelled(let vehicle, let order): return stopped(vehicle, order)
        case .refused(let vehicle, let order, let why): return refused(vehicle, order, why)
        case .unheeded(let vehicle, _, let type):
            // Who does not pause is called off instead, and a person sees to it.
            guard type == "startPause", crew.isPaused else { return [] }
            crews[vehicle]?.isDeaf = true
            return cancel(vehicle)
        }
    }

    private mutating func hear(_ report: VehicleReport, _ crew: Crew) -> [Effect] {
        let vehicle = report.vehicle
        crews[vehicle]?.report = report
        crews[vehicle]?.discharge.hear(report)
        if report.isPaused { crews[vehicle]?.isDeaf = false }
        guard report.presence == .here else {
            // Unknown is never safe: it may be anywhere on what it holds.
            lose(crew)
            return []
        }
        guard let hold = execution.holds[crew.index] else { return settle(report, crew) }
        let isDriven = crew.drive.map { report.order == $0.id } ?? false
        if let drive = crew.drive, isDriven,
            !execution.reached(crew.index, steps: drive.base + report.lastSequence / 2)
        {
            return stray(crew)
        }
        guard !isAstray(report, crew) else { return stray(crew) }
        if isDriven {
            find(crew)
            return []
        }
        guard crew.drive == nil, let node = site.number(report.lastNode) else { return [] }
        if let place = hold.nodes.firstIndex(of: node) {
            execution.reached(crew.index, steps: hold.steps + place)
            find(crew)
            return []
        }
        // It stands somewhere else than it was left, and nothing is open: somebody moved it by hand.
        return report.isDriving ? [] : settle(report, crew)
    }

    /// A vehicle that is met for the first time, or again after nobody knew where it was: believed where it stands on a node.
    private mutating func settle(_ report: VehicleReport, _ crew: Crew) -> [Effect] {
        guard !report.isDriving, report.drivesItself, report.position?.isLocalised != false else { return [] }
        guard let node = site.number(report.lastNode), site.isAt(report, node) else { return stray(crew) }
        return place(crew, at: node)
    }

    /// Puts it where it is; whoever was on the way there is stopped.
    private mutating func place(_ crew: Crew, at node: Int32) -> [Effect] {
        let disturbed = execution.place(crew.index, at: node)
        crews[crew.vehicle]?.drive = nil
        crews[crew.vehicle]?.cancelling = nil
        crews[crew.vehicle]?.isAstray = false
        return disturbed.flatMap { index in vehicle(index).map { cancel($0) } ?? [] }
    }

    /// It is not where it was left: nobody comes near what it holds, and a person is called.
    private mutating func stray(_ crew: Crew) -> [Effect] {
        crews[crew.vehicle]?.isAstray = true
        lose(crew)
        return []
    }

    private mutating func lose(_ crew: Crew) {
        if execution.holds[crew.index]?.isLost == false { execution.lose(crew.index) }
    }

    private mutating func find(_ crew: Crew) {
        crews[crew.vehicle]?.isAstray = false
        execution.find(crew.index)
    }

    /// Whether it is off what it holds, is moved by hand, or does not know where it is.
    private func isAstray(_ report: VehicleReport, _ crew: Crew) -> Bool {
        guard let position = report.position else { return false }
        if !position.isLocalised || report.isSteered { return true }
        return site.distance(position, to: execution.released(crew.index)) > max(Self.astray, 3 * site.plan.footprint)
    }

    /// Calls off what a vehicle drives; it keeps all it holds until it says that it stands.
    mutating func cancel(_ vehicle: VehicleID) -> [Effect] {
        guard let crew = crews[vehicle], let drive = crew.drive, crew.cancelling == nil else { return [] }
        crews[vehicle]?.cancelling = drive.id
        crews[vehicle]?.cancelled = nil
        return [.cancel(vehicle, order: drive.id)]
    }

    private mutating func finished(_ vehicle: VehicleID, _ order: String, _ failed: [String]) -> [Effect] {
        guard let crew = crews[vehicle], let drive = crew.drive, drive.id == order else { return [] }
        // What it says of another order tells nothing of where this one ended: it is put where it stands.
        guard let report = crew.report, report.order == order, let hold = execution.holds[crew.index] else {
            return stopped(vehicle, order)
        }
        let steps = drive.base + report.lastSequence / 2
        execution.reached(crew.index, steps: steps)
        // More may have been released while it came to its end, and may be on its way to it: that is called off first.
        if hold.steps + hold.nodes.count - 1 > steps { return cancel(vehicle) }
        crews[vehicle]?.drive = nil
        crews[vehicle]?.cancelling = nil
        crews[vehicle]?.refusals = 0
        guard drive.isLast, let errand = drive.errand else { return [.stands(vehicle)] }
        crews[vehicle]?.done = errand
        crews[vehicle]?.failed = failed.isEmpty ? nil : errand
        return [failed.isEmpty ? .arrived(vehicle, errand: errand) : .failed(vehicle, errand: errand, actions: failed)]
    }

    /// An order was called off and the vehicle stands: what it did not drive is free again. It may have stopped between two
    /// nodes (VDA 5050 leaves that to it): then the next one stays its own.
    private mutating func stopped(_ vehicle: VehicleID, _ order: String) -> [Effect] {
        guard let crew = crews[vehicle], let drive = crew.drive, drive.id == order else { return [] }
        crews[vehicle]?.drive = nil
        crews[vehicle]?.cancelling = nil
        guard let report = crew.report, let node = site.number(report.lastNode) else {
            return stray(crew) + [.stands(vehicle)]
        }
        let steps = drive.base + report.lastSequence / 2
        if report.order == order, let hold = execution.holds[crew.index] {
            let end = hold.steps + hold.nodes.count - 1
            let kept = min(end, steps + (site.isAt(report, node) ? 0 : 1))
            if execution.retract(crew.index, steps: kept) {
                execution.reached(crew.index, steps: steps)
                return [.stands(vehicle)]
            }
        }
        return settle(report, crew) + [.stands(vehicle)]
    }

    private mutating func refused(_ vehicle: VehicleID, _ order: String, _ why: RouteRefusal) -> [Effect] {
        guard let crew = crews[vehicle], crew.drive?.id == order else { return [] }
        switch why {
        case .outdated: return []
        case .moved:
            crews[vehicle]?.drive = nil
            guard let report = crew.report else { return stray(crew) }
            return settle(report, crew) + [.stands(vehicle)]
        case .contested:
            lose(crew)
            return []
        case .notContinuing, .notTaken:
            crews[vehicle]?.refusals += 1
            return cancel(vehicle)
        case .noWay, .unfit, .lost:
            crews[vehicle]?.refusals += 1
            return stopped(vehicle, order)
        }
    }
}

extension CompiledSite {
    /// Whether a vehicle's body is on a node, as far as it says where it is.
    func isAt(_ report: VehicleReport, _ node: Int32) -> Bool {
        guard let position = report.position else { return true }
        return distance(position, to: [node]) <= max(0.25, plan.footprint / 2)
    }

    /// How far a place is from a way, in metres; infinite where it is on another floor.
    func distance(_ position: VehicleReport.Position, to nodes: [Int32]) -> Double {
        let here = SitePlan.Point(x: position.x, y: position.y)
        var least = Double.infinity
        var before: Spot?
        for node in nodes {
            let spot = spots[Int(node)]
            defer { before = spot }
            guard spot.map == position.map else { continue }
            let end = SitePlan.Point(x: spot.x, y: spot.y)
            let start = before.flatMap { $0.map == spot.map ? SitePlan.Point(x: $0.x, y: $0.y) : nil } ?? end
            least = min(least, SiteGeometry.distance(here, SiteGeometry.Segment(from: start, to: end)))
        }
        return least
    }
}
