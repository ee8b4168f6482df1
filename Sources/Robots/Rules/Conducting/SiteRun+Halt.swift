import Record

extension SiteRun {
    /// Has those pause who are held, and those go on who no longer are. What is not confirmed is said again a few times: a
    /// vehicle that began anew may have forgotten it. Who still does not pause has its order called off, and a person is called.
    mutating func halt(_ wishes: SiteWishes, at now: Timestamp) -> [Effect] {
        var effects: [Effect] = []
        for crew in crewed {
            let isHeld = wishes.held.contains(crew.vehicle)
            if isHeld != crew.isPaused {
                crews[crew.vehicle]?.pauses = 0
                crews[crew.vehicle]?.isDeaf = false
                crews[crew.vehicle]?.refusals = 0
                crews[crew.vehicle]?.isPaused = isHeld
            } else if isHeld && crew.pauseSent == nil {
                // It was held before this process began: it may have begun anew as well.
            } else {
                // Nobody but us lets go on whom a person stopped at the vehicle itself.
                guard let report = crew.report, report.presence == .here, report.isPauseKnown,
                    report.isPaused != isHeld, let sent = crew.pauseSent, now.seconds(since: sent) >= Self.renewal
                else { continue }
                guard crew.pauses < Crew.patience else {
                    if isHeld { effects += cancel(crew.vehicle) }
                    continue
                }
            }
            crews[crew.vehicle]?.pauses += 1
            crews[crew.vehicle]?.pauseSent = now
            crews[crew.vehicle]?.orders += 1
            effects.append(
                .instant(
                    crew.vehicle,
                    RouteAction(
                        id: "\(crew.vehicle.thing)-\(isHeld ? "pause" : "go")-\(crew.orders)",
                        type: isHeld ? "startPause" : "stopPause")))
        }
        return effects + unplug(wishes)
    }

    /// Has those leave the charger who have something else to do.
    private mutating func unplug(_ wishes: SiteWishes) -> [Effect] {
        var effects: [Effect] = []
        for crew in crewed {
            let errand = wishes.errands[crew.vehicle]
            guard crew.report?.isCharging == true, let errand,
                !errand.actions.contains(where: { $0.type == "startCharging" }),
                crew.unplugged != errand.id, !crew.isPaused
            else { continue }
            crews[crew.vehicle]?.unplugged = errand.id
            crews[crew.vehicle]?.orders += 1
            effects.append(
                .instant(
                    crew.vehicle, RouteAction(id: "\(crew.vehicle.thing)-unplug-\(crew.orders)", type: "stopCharging")))
        }
        return effects
    }

    /// Calls a person to whoever needs one, once, and says when the need is over.
    mutating func call(_ wishes: SiteWishes, at now: Timestamp) -> [Effect] {
        let twins = twins()
        var effects: [Effect] = []
        for crew in crewed {
            if crew.cancelling != nil, crew.cancelled == nil { crews[crew.vehicle]?.cancelled = now }
            let need = need(crew, wishes, twins, at: now)
            guard need != crew.called else { continue }
            crews[crew.vehicle]?.called = need
            effects.append(need.map { .help(crew.vehicle, $0) } ?? .resumed(crew.vehicle))
        }
        return effects
    }

    private func need(_ crew: Crew, _ wishes: SiteWishes, _ twins: Set<Int32>, at now: Timestamp) -> Crew.Need? {
        if crew.isAstray { return .moved }
        if crew.refusals >= Crew.patience { return .refused }
        if crew.isPaused, crew.isDeaf || (crew.pauses >= Crew.patience && crew.report?.isPaused == false) {
            return .notPaused
        }
        if crew.cancelling != nil, let since = crew.cancelled, now.seconds(since: since) >= Crew.grace {
            return .unanswered
        }
        if wishes.unfit.contains(crew.vehicle) { return .unfit }
        if twins.contains(crew.index) { return .twins }
        if let node = execution.released(crew.index).first, closed.contains(node) { return .inside }
        if stranded.contains(crew.vehicle) { return .stranded }
        return unreachable.contains(crew.vehicle) ? .unreachable : nil
    }

    /// Those who stand where another says that it stands.
    func twins() -> Set<Int32> {
        var found: Set<Int32> = []
        for crew in crews.values {
            guard let node = execution.released(crew.index).first else { continue }
            let others = execution.clashing(node, crew.index).filter {
                execution.released($0).first.map { execution.ways.clash($0, node) } == true
            }
            if !others.isEmpty { found.formUnion(others + [crew.index]) }
        }
        return found
    }
}
