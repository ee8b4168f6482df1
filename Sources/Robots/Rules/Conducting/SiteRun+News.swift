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
        }
    }

    private mutating func hear(_ report: VehicleReport, _ crew: Crew) -> [Effect] {
        let vehicle = report.vehicle
        crews[vehicle]?.report = report
        guard report.presence == .here else {
            // Unknown is never safe: it may be anywhere on what it holds.
            if execution.holds[crew.index]?.isLost == false { execution.lose(crew.index) }
            return []
        }
        guard execution.holds[crew.index] != nil else { return settle(report, crew) }
        if let drive = crew.drive, report.order == drive.id {
            execution.find(crew.index)
            let steps = drive.base + report.lastSequence / 2
            guard execution.reached(crew.index, steps: steps) else { return help(vehicle, .moved) }
            if report.isDriving { crews[vehicle]?.called = nil }
            return []
        }
        guard crew.drive == nil else { return [] }
        guard let node = site.number(report.lastNode) else { return [] }
        if execution.released(crew.index) == [node] {
            execution.find(crew.index)
            return []
        }
        // It stands somewhere else than it was left, and nothing is open: somebody moved it by hand.
        return report.isDriving ? [] : place(crew, at: node)
    }

    /// A vehicle that is met for the first time, or again after nobody knew where it was.
    private mutating func settle(_ report: VehicleReport, _ crew: Crew) -> [Effect] {
        guard !report.isDriving, let node = site.number(report.lastNode) else { return [] }
        return place(crew, at: node)
    }

    /// Puts it where it is; whoever was on the way there is stopped.
    private mutating func place(_ crew: Crew, at node: Int32) -> [Effect] {
        let disturbed = execution.place(crew.index, at: node)
        crews[crew.vehicle]?.drive = nil
        crews[crew.vehicle]?.cancelling = nil
        if crew.called == .moved { crews[crew.vehicle]?.called = nil }
        return disturbed.flatMap { index in vehicle(index).map { cancel($0) } ?? [] }
    }

    /// Calls off what a vehicle drives; it keeps all it holds until it says that it stands.
    mutating func cancel(_ vehicle: VehicleID) -> [Effect] {
        guard let crew = crews[vehicle], let drive = crew.drive, crew.cancelling == nil else { return [] }
        crews[vehicle]?.cancelling = drive.id
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
        guard drive.isLast, let errand = drive.errand else { return [] }
        crews[vehicle]?.done = errand
        return [failed.isEmpty ? .arrived(vehicle, errand: errand) : .failed(vehicle, errand: errand, actions: failed)]
    }

    /// An order was called off and the vehicle stands: what it did not drive is free again.
    private mutating func stopped(_ vehicle: VehicleID, _ order: String) -> [Effect] {
        guard let crew = crews[vehicle], let drive = crew.drive, drive.id == order else { return [] }
        crews[vehicle]?.drive = nil
        crews[vehicle]?.cancelling = nil
        guard let report = crew.report, let node = site.number(report.lastNode) else {
            execution.lose(crew.index)
            return help(vehicle, .moved)
        }
        if report.order == order, execution.retract(crew.index, steps: drive.base + report.lastSequence / 2) {
            execution.reached(crew.index, steps: drive.base + report.lastSequence / 2)
            return []
        }
        return place(crew, at: node)
    }

    private mutating func refused(_ vehicle: VehicleID, _ order: String, _ why: RouteRefusal) -> [Effect] {
        guard let crew = crews[vehicle], crew.drive?.id == order else { return [] }
        switch why {
        case .outdated: return []
        case .moved:
            crews[vehicle]?.drive = nil
            guard let node = crew.report.flatMap({ site.number($0.lastNode) }) else {
                execution.lose(crew.index)
                return help(vehicle, .moved)
            }
            return place(crew, at: node)
        case .contested:
            execution.lose(crew.index)
            return []
        case .notContinuing, .notTaken:
            crews[vehicle]?.refusals += 1
            return crew.cancelling == nil ? cancel(vehicle) + tired(vehicle) : []
        case .noWay, .unfit, .lost:
            crews[vehicle]?.refusals += 1
            return stopped(vehicle, order) + tired(vehicle)
        }
    }

    private mutating func tired(_ vehicle: VehicleID) -> [Effect] {
        crews[vehicle]?.refusals == Crew.patience ? help(vehicle, .refused) : []
    }

    /// Calls a person to a vehicle, once for each need: its reports come every second.
    mutating func help(_ vehicle: VehicleID, _ need: Crew.Need) -> [Effect] {
        guard let crew = crews[vehicle], crew.called != need else { return [] }
        crews[vehicle]?.called = need
        return [.help(vehicle, need)]
    }
}
