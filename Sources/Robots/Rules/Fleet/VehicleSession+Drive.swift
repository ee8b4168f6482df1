import Record

extension VehicleSession {
    /// Has the vehicle drive a route; the same order with a longer base is an update, another order begins after the last.
    mutating func drive(_ route: Route, at now: Timestamp) -> [Effect] {
        guard route.fence >= fence else { return [.tell(.refused(vehicle, order: route.order, .outdated))] }
        guard contest == nil else { return [.tell(.refused(vehicle, order: route.order, .contested))] }
        // It was under way while its order ended: begun now it would be driven over nodes that are given back.
        guard !over.contains(route.order) else { return [.tell(.refused(vehicle, order: route.order, .outdated))] }
        guard !route.steps.isEmpty, (1...route.steps.count).contains(route.released) else {
            return [.tell(.refused(vehicle, order: route.order, .notContinuing))]
        }
        guard factsheet?.takes(route) != false else { return [.tell(.refused(vehicle, order: route.order, .unfit))] }
        fence = route.fence
        pending = route
        return advance(at: now)
    }

    /// Calls an order off; what follows waits until the vehicle stands.
    mutating func cancel(_ order: String, at now: Timestamp) -> [Effect] {
        if pending?.order == order { pending = nil }
        close(order)
        guard let sent, sent.id == order else {
            // It never left, or is over: nothing is being driven under that name.
            guard cancelling?.order == order else { return [.tell(.cancelled(vehicle, order: order))] }
            cancelling?.isAsked = true
            return []
        }
        return beginCancel(order, isAsked: true, at: now)
    }

    /// Has the vehicle do something at once; sent again until it shows.
    mutating func instant(_ action: RouteAction, at now: Timestamp) -> [Effect] {
        guard contest == nil else { return [] }
        let action = VDAAction(action)
        // The last word counts: a pause that is taken back is not asked for again.
        if let opposite = ["startPause": "stopPause", "stopPause": "startPause"][action.type] {
            instants = instants.filter { $0.value.action.type != opposite }
            isHeld = action.type == "startPause"
        }
        instants[action.id] = Instant(action: action, sent: now)
        return [sendInstant(action, at: now)]
    }

    /// Asks for what must be known of a vehicle before it is given an order; again where it stays unknown.
    mutating func greet(at now: Timestamp) -> [Effect] {
        guard factsheet == nil, greeted.map({ now.seconds(since: $0) >= patience.greeting }) ?? true else { return [] }
        greeted = now
        instants = instants.filter { $0.value.action.type != "factsheetRequest" }
        return instant(RouteAction(id: "factsheet-\(now.milliseconds)", type: "factsheetRequest"), at: now)
    }

    mutating func sendInstant(_ action: VDAAction, at now: Timestamp) -> Effect {
        .send(.instantActions, VDAAction.message([action], header(.instantActions, at: now), address))
    }

    mutating func beginCancel(_ order: String, isAsked: Bool, at now: Timestamp) -> [Effect] {
        if var running = cancelling {
            running.isAsked = running.isAsked || isAsked
            cancelling = running
            return []
        }
        let action = VDAAction(
            id: "cancel-\(order)-\(now.milliseconds)", type: "cancelOrder",
            parameters: address.version == .v30 ? ["orderId": .string(order)] : [:])
        cancelling = Cancelling(order: order, action: action.id, sent: now, isAsked: isAsked)
        return [sendInstant(action, at: now)]
    }

    /// Publishes what waits, where it may be.
    mutating func advance(at now: Timestamp) -> [Effect] {
        guard let route = pending, takesOrders, cancelling == nil else { return [] }
        // As often as the vehicle can take orders; the next tick comes back to it.
        if let published, let factsheet, now.seconds(since: published) < factsheet.orderInterval { return [] }
        guard let sent else { return begin(route, at: now) }
        guard sent.id == route.order else {
            // Another order is still open: it is called off first, and the new one begins when the vehicle stands.
            return beginCancel(sent.id, isAsked: false, at: now)
        }
        guard sent.isTaken else { return [] }
        return extend(sent, by: route, at: now)
    }

    private mutating func begin(_ route: Route, at now: Timestamp) -> [Effect] {
        guard let state else { return [] }
        if !state.isIdle {
            // It drives something that we did not send, or whose end we missed. Only its route is in the way, not an
            // action at once of somebody else.
            guard state.nodes.isEmpty, state.edges.isEmpty else {
                return beginCancel(state.order, isAsked: false, at: now)
            }
            guard state.actions.allSatisfy({ $0.isInstant || VDAState.isOver($0.status) }) else { return [] }
        }
        var order = SentOrder(
            id: route.order, update: 0, fence: route.fence, site: route.site, steps: route.steps,
            released: route.released, sent: now)
        order.from = state.lastNode
        if let place = state.position, let first = order.steps.first, place.map == first.map {
            let away = SiteGeometry.distance(.init(x: place.x, y: place.y), .init(x: first.x, y: first.y))
            if away > Self.onNode { order.offset = away }
        }
        pending = order.cut(to: factsheet?.nodesInOrder) ? route : nil
        order.remember()
        return publish(order, at: now)
    }

    /// So near a node a vehicle stands on it, in metres.
    static let onNode = 0.1

    private mutating func extend(_ sent: SentOrder, by route: Route, at now: Timestamp) -> [Effect] {
        guard let end = sent.end,
            let place = route.steps.firstIndex(where: { $0.sequence == end.sequence && $0.node == end.node }),
            place < route.released
        else {
            pending = nil
            return [.tell(.refused(vehicle, order: route.order, .notContinuing))]
        }
        var next = sent
        next.steps = Array(route.steps[place...])
        // What was released with it stays as it was: a vehicle refuses a stitching node that has changed.
        next.steps[0] = end
        next.released = route.released - place
        pending = next.cut(to: factsheet?.nodesInOrder) ? route : nil
        guard next.steps != Array(sent.steps.dropFirst(sent.released - 1)) || next.released > 1 else { return [] }
        next.update += 1
        next.fence = route.fence
        next.isTaken = false
        next.sent = now
        next.attempts = 1
        next.remember()
        return publish(next, at: now)
    }

    private mutating func publish(_ order: SentOrder, at now: Timestamp) -> [Effect] {
        sent = order
        progressed = now
        published = now
        return [.keep(order), .send(.order, order.order.json(header(.order, at: now), address))]
    }

    /// Does what the time demands: sends again, gives up, notices silence.
    /// - Parameter canSend: whether the broker is there; while it is not, nothing is sent and nothing given up.
    mutating func tick(at now: Timestamp, canSend: Bool = true) -> [Effect] {
        var effects: [Effect] = []
        if let report, presence == .here, now.seconds(since: report.came) > patience.silence {
            effects += become(.silent)
        }
        if canSend, presence == .here, contest == nil {
            effects += remind(at: now)
            effects += advance(at: now)
            effects += tellZones(at: now)
        }
        return effects + judgeFaults(at: now)
    }

    private mutating func remind(at now: Timestamp) -> [Effect] {
        var effects: [Effect] = []
        func isDue(_ sent: Timestamp, _ attempts: Int) -> Bool {
            now.seconds(since: sent) >= patience.answer * Double(1 << min(attempts - 1, 4))
        }
        if var order = sent, !order.isTaken, !isHeld, cancelling == nil, isDue(order.sent, order.attempts) {
            if order.attempts >= patience.attempts {
                wasIgnored = true
                // It may still arrive: it is called off before the vehicle is asked for anything else.
                effects += [.tell(.refused(vehicle, order: order.id, .notTaken))]
                effects += beginCancel(order.id, isAsked: false, at: now)
            } else {
                order.attempts += 1
                order.sent = now
                sent = order
                effects.append(.send(.order, order.order.json(header(.order, at: now), address)))
            }
        }
        if var running = cancelling, isDue(running.sent, running.attempts) {
            running.attempts += 1
            running.sent = now
            cancelling = running
            if state?.actions.contains(where: { $0.id == running.action }) != true {
                let action = VDAAction(
                    id: running.action, type: "cancelOrder",
                    parameters: address.version == .v30 ? ["orderId": .string(running.order)] : [:])
                effects.append(sendInstant(action, at: now))
            }
        }
        for (id, instant) in instants.sorted(by: { $0.key < $1.key })
        where !instant.isShown && isDue(instant.sent, instant.attempts) {
            guard instant.attempts < patience.attempts else {
                effects += unheed(instant)
                continue
            }
            instants[id]?.attempts += 1
            instants[id]?.sent = now
            effects.append(sendInstant(instant.action, at: now))
        }
        return effects
    }

    /// What a state says of what was asked for at once.
    mutating func followInstants(_ said: VDAState) -> [Effect] {
        var effects: [Effect] = []
        let status = Dictionary(said.actions.map { ($0.id, $0.status) }, uniquingKeysWith: { $1 })
        for (id, instant) in instants.sorted(by: { $0.key < $1.key }) {
            switch status[id] {
            case "FAILED": effects += unheed(instant)
            case "FINISHED": instants[id] = nil
            // A vehicle may drop from its list what is done.
            case nil: if instant.isShown { instants[id] = nil }
            default: instants[id]?.isShown = true
            }
        }
        return effects
    }

    private mutating func unheed(_ instant: Instant) -> [Effect] {
        instants[instant.action.id] = nil
        // A factsheet is asked for again by itself.
        guard instant.action.type != "factsheetRequest" else { return [] }
        return [.tell(.unheeded(vehicle, action: instant.action.id, type: instant.action.type))]
    }

    /// What leaves when a person has withdrawn the vehicle: whatever it still has open is called off, and nothing of it is
    /// remembered but how far its fences had come.
    mutating func dismiss(at now: Timestamp) -> [Effect] {
        let open = cancelling == nil ? sent?.id : nil
        (sent, pending, cancelling, instants) = (nil, nil, nil, [:])
        guard let open, presence == .here, contest == nil else { return [.keep(nil)] }
        return beginCancel(open, isAsked: false, at: now) + [.keep(nil)]
    }
}
