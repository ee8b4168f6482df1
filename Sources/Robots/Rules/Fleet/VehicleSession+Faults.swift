import Record

extension VehicleSession {
    /// Faults that are there now, by type: what the vehicle says, and what its silence and standing still say.
    private func presentFaults(at now: Timestamp) -> [String: (level: String, text: String?)] {
        var present: [String: (level: String, text: String?)] = [:]
        func add(_ type: String, _ level: String, _ text: String? = nil) { present[type] = (level, text) }
        if let contest { add("contested", "CRITICAL", contest.rawValue) }
        let isBusy = sent != nil || pending != nil
        switch presence {
        case .silent, .broken: add("lost", isBusy ? "CRITICAL" : "URGENT")
        case .offline, .asleep: if isBusy { add("lost", "CRITICAL") }
        case .here, .unheard, .contested: break
        }
        if wasMoved { add("moved", "URGENT") }
        if wasIgnored { add("orderNotTaken", "URGENT") }
        if let cancelling, cancelling.attempts >= patience.attempts - 1 { add("cancelNotTaken", "CRITICAL") }
        guard presence == .here, let state else { return present }
        for error in state.errors where OrderError(error.type) == nil {
            add(error.type.isEmpty ? "unnamed" : error.type, error.level, error.text)
        }
        if state.emergencyStop != "NONE" { add("emergencyStop", "CRITICAL", state.emergencyStop) }
        if !state.drivesItself, isBusy { add("manual", "URGENT", state.mode) }
        if state.position?.isLocalised == false { add("notLocalised", "URGENT") }
        if ignoresZones { add("zonesNotTaken", "WARNING") }
        if skews.count >= 3, abs(skew) > patience.skew { add("clockSkew", "WARNING") }
        if let progressed, let sent, sent.isTaken, state.drivesItself, !state.isDriving, !state.isPaused,
            state.nodes.contains(where: \.isReleased), state.lastSequence < sent.end?.sequence ?? 0,
            !state.actions.contains(where: { !VDAState.isOver($0.status) && $0.status != "WAITING" }),
            now.seconds(since: progressed) > patience.standstill
        {
            add("blocked", "URGENT")
        }
        return present
    }

    /// Tells faults that have come and gone, each once; one that is back within seconds was never over.
    mutating func judgeFaults(at now: Timestamp) -> [Effect] {
        var effects: [Effect] = []
        let present = presentFaults(at: now)
        for (type, fault) in present.sorted(by: { $0.key < $1.key }) {
            if faults[type]?.level != fault.level {
                effects.append(.faulted(type, level: fault.level, text: fault.text))
            }
            faults[type] = OpenFault(level: fault.level, text: fault.text, seen: now)
        }
        for (type, fault) in faults.sorted(by: { $0.key < $1.key }) where present[type] == nil {
            // What a vehicle reported cannot be over while nothing is heard of it.
            guard presence == .here || type == "lost" || type == "contested",
                now.seconds(since: fault.seen) >= patience.relapse
            else { continue }
            faults[type] = nil
            effects.append(.recovered(type))
        }
        return effects
    }
}
