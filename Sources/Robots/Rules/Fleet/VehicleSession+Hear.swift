import Record

extension VehicleSession {
    /// Takes in a message that was checked.
    mutating func hear(
        _ topic: VDATopic, _ json: JSON, from address: VDAAddress, at now: Timestamp
    ) -> [Effect] {
        guard contest == nil else {
            count("contested")
            return []
        }
        switch topic {
        case .state: return hearState(json, address, at: now)
        case .connection: return hearConnection(json, at: now)
        case .factsheet:
            factsheet = VDAFactsheet(json)
            instants = instants.filter { $0.value.action.type != "factsheetRequest" }
            return []
        default: return []
        }
    }

    private mutating func hearState(_ json: JSON, _ address: VDAAddress, at now: Timestamp) -> [Effect] {
        guard let header = VDAHeader(json) else { return [] }
        let said = VDAState(json)
        switch watch.judge(header, said.position, came: now) {
        case .duplicate:
            count("duplicate")
            return []
        case .late:
            count("late")
            return []
        case .contested(let contest): return contested(contest, at: now)
        case .restarted: count("restarted")
        case .fresh: break
        }
        self.address = address
        if state?.lastSequence != said.lastSequence || state?.order != said.order || said.isDriving { progressed = now }
        skews = Array((skews + [now.seconds(since: header.said)]).suffix(8))
        state = said
        presence = .here
        let followed = followOrder(said, at: now)
        let report = makeReport(said, header, at: now)
        self.report = report
        let unheeded = followInstants(said)
        // Whoever hears that an order is over reads of the very state that ended it where the vehicle stands.
        var effects: [Effect] = [.tell(.report(report))] + followed + unheeded
        effects += tellZones(at: now)
        effects += advance(at: now)
        return effects + judgeFaults(at: now)
    }

    private mutating func contested(_ how: SenderWatch.Contest, at now: Timestamp) -> [Effect] {
        contest = how
        count("contested")
        var effects = become(.contested)
        if let order = pending?.order ?? sent?.id { effects.append(.tell(.refused(vehicle, order: order, .contested))) }
        pending = nil
        return effects + judgeFaults(at: now)
    }

    private mutating func hearConnection(_ json: JSON, at now: Timestamp) -> [Effect] {
        guard let header = VDAHeader(json), let state = VDAConnection(json) else { return [] }
        guard watch.connect(state, header, wasOnline: presence == .here || presence == .silent, came: now) else {
            count("duplicate")
            return []
        }
        let effects: [Effect] =
            switch state {
            // Connected says nothing of how it stands: the next state does.
            case .online: []
            case .offline: become(.offline)
            case .broken: become(.broken)
            case .hibernating: become(.asleep)
            }
        return effects + judgeFaults(at: now)
    }

    mutating func become(_ next: VehicleReport.Presence) -> [Effect] {
        guard presence != next else { return [] }
        presence = next
        guard var report else { return [] }
        report.presence = next
        self.report = report
        return [.tell(.report(report))]
    }

    // MARK: - The order

    /// What a state says of the order that was sent.
    private mutating func followOrder(_ said: VDAState, at now: Timestamp) -> [Effect] {
        var effects: [Effect] = []
        if let running = cancelling { effects += followCancel(running, said, at: now) }
        guard var order = sent, cancelling == nil else { return effects }
        if !order.isTaken {
            guard said.order == order.id, said.update >= order.update else {
                return effects + followRefusal(order, said, at: now)
            }
            order.isTaken = true
            wasMoved = false
            wasIgnored = false
            if said.update > order.update { order.update = said.update }
            sent = order
        }
        if said.order != order.id { return effects + drop(order, .lost) }
        if isOffCourse(order, said) {
            wasMoved = true
            return effects + drop(order, .moved)
        }
        if order.known[said.lastSequence] == said.lastNode, said.lastSequence > order.reached {
            order.reached = said.lastSequence
            sent = order
        }
        guard said.nodes.isEmpty, said.edges.isEmpty, said.update == order.update, let end = order.end else {
            return effects
        }
        let status = Dictionary(said.actions.map { ($0.id, $0.status) }, uniquingKeysWith: { $1 })
        let isOver = order.actions.allSatisfy { VDAState.isOver(status[$0] ?? report?.actions[$0] ?? "WAITING") }
        if said.lastSequence < end.sequence {
            // It has no way left and is not at its end: somebody ended the order at the vehicle.
            return said.isDriving ? effects : effects + drop(order, .lost)
        }
        guard isOver, order.isWhole, !said.isDriving, pending?.order != order.id else { return effects }
        sent = nil
        close(order.id)
        let failed = order.actions.filter { status[$0] == "FAILED" }.sorted()
        return effects + [.keep(nil), .tell(.finished(vehicle, order: order.id, failed: failed))]
    }

    /// Whether it is on a node that its way does not lead to, or back on one that it has left: then somebody moved it.
    private func isOffCourse(_ order: SentOrder, _ said: VDAState) -> Bool {
        guard !said.lastNode.isEmpty else { return false }
        if order.known[said.lastSequence] == said.lastNode { return said.lastSequence < order.reached }
        return said.lastNode != order.from && !order.known.values.contains(said.lastNode)
    }

    private mutating func drop(_ order: SentOrder, _ why: RouteRefusal) -> [Effect] {
        sent = nil
        close(order.id)
        if pending?.order == order.id { pending = nil }
        return [.keep(nil), .tell(.refused(vehicle, order: order.id, why))]
    }

    /// A vehicle that has not taken an order and says why.
    private mutating func followRefusal(_ order: SentOrder, _ said: VDAState, at now: Timestamp) -> [Effect] {
        let words = said.errors.filter { error in
            guard OrderError(error.type) != nil else { return false }
            if let about = error.references["orderId"], about != order.id { return false }
            if let about = error.references["orderUpdateId"], about != "\(order.update)" { return false }
            return true
        }
        guard let word = words.lazy.compactMap({ OrderError($0.type) }).first(where: { $0 != .sameZones }) else {
            // A vehicle that lost what it had says so by its silence about it.
            if order.update > 0, said.order != order.id { return drop(order, .lost) }
            return []
        }
        switch word {
        case .unfit: return drop(order, .unfit)
        case .noWay: return drop(order, .noWay)
        case .outdated:
            guard said.order == order.id, said.update >= order.update else { return drop(order, .lost) }
            return []
        case .notContinuing:
            // Its base does not end where we believe: nothing may be built on it.
            return [.tell(.refused(vehicle, order: order.id, .notContinuing))]
                + beginCancel(order.id, isAsked: false, at: now)
        case .otherOrder:
            // Older vehicles have one word for every refusal: one that has nothing to do cannot mean another order.
            if said.nodes.isEmpty, said.edges.isEmpty { return drop(order, .noWay) }
            guard said.order != order.id else { return [] }
            return beginCancel(said.order, isAsked: false, at: now)
        case .unavailable, .nothingToCancel, .sameZones: return []
        }
    }

    private mutating func followCancel(_ running: Cancelling, _ said: VDAState, at now: Timestamp) -> [Effect] {
        let status = said.actions.first { $0.id == running.action }?.status
        let stands = said.nodes.isEmpty && said.edges.isEmpty && !said.isDriving
        switch status {
        case "FINISHED" where stands, "FAILED" where stands: break
        case "FAILED":
            // It goes on driving: asked again under another name, for this one is spent.
            cancelling = nil
            return beginCancel(running.order, isAsked: running.isAsked, at: now)
        default: return []
        }
        cancelling = nil
        var effects: [Effect] = []
        if let order = sent, order.id == running.order || !order.isTaken {
            if order.id == running.order {
                sent = nil
                close(order.id)
                effects.append(.keep(nil))
            } else {
                // The other order is out of the way: ours is sent again by itself.
                sent?.sent = now.advanced(bySeconds: -patience.answer * 32)
            }
        }
        if running.isAsked { effects.append(.tell(.cancelled(vehicle, order: running.order))) }
        return effects
    }

    private func makeReport(_ said: VDAState, _ header: VDAHeader, at now: Timestamp) -> VehicleReport {
        var report = VehicleReport(vehicle: vehicle, said: header.said, came: now)
        report.order = said.order
        report.orderUpdate = said.update
        report.lastNode = said.lastNode
        report.lastSequence = said.lastSequence
        report.position = said.position
        report.isDriving = said.isDriving
        report.isPaused = said.isPaused
        report.isPauseKnown = said.isPauseKnown
        report.nodesAhead = said.nodes.count
        report.actions = Dictionary(said.actions.map { ($0.id, $0.status) }, uniquingKeysWith: { $1 })
        report.charge = said.charge
        report.isCharging = said.isCharging
        report.mode = said.mode
        report.emergencyStop = said.emergencyStop != "NONE"
        report.errors = said.errors.map { .init(type: $0.type, level: $0.level, text: $0.text) }
        report.speed = said.speed
        report.presence = presence
        report.skew = skew
        report.isOrderDone = sent == nil && cancelling == nil && said.isIdle
        return report
    }

    /// How far the vehicle's clock stands behind ours: the smallest difference, for the network only adds to it.
    var skew: Double { skews.min { abs($0) < abs($1) } ?? 0 }
}
