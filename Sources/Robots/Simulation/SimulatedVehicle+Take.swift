import Foundation
import Record

extension SimulatedVehicle {
    var cosine: Double { cos(position.heading) }
    var sine: Double { sin(position.heading) }

    /// Takes an order or an update, or says why not, as the standard has it.
    mutating func take(_ order: VDAOrder) {
        guard order.faults.isEmpty else { return refuse(order, "validationError", "VALIDATION_FAILURE") }
        guard state.drivesItself else { return refuse(order, "orderError", "MOBILE_ROBOT_NOT_AVAILABLE") }
        let types = order.nodes.flatMap(\.actions).map(\.type)
        guard types.allSatisfy(VehicleBuild.actions.contains) else {
            return refuse(order, "orderError", "INVALID_ORDER_ACTION")
        }
        guard !isBarred(order) else { return refuse(order, "noRouteError", "NO_ROUTE_TO_TARGET") }
        if order.id == state.order, !state.order.isEmpty { update(order) } else { begin(order) }
    }

    private mutating func begin(_ order: VDAOrder) {
        guard way.isEmpty, work.isEmpty, cancelling == nil else {
            return refuse(order, "orderError", "OTHER_ORDER_ACTIVE")
        }
        guard let first = order.nodes.first, isAt(first) else {
            return refuse(order, "noRouteError", "START_NODE_OUT_OF_RANGE")
        }
        state.order = order.id
        state.update = order.update
        state.actions.removeAll { !$0.isInstant }
        state.lastNode = first.id
        state.lastSequence = first.sequence
        cancelled = ""
        accept(order)
        work = first.actions
        busy = 0
    }

    private mutating func update(_ order: VDAOrder) {
        guard order.id != cancelled else { return refuse(order, "orderUpdateError", "ORDER_UPDATE_FOLLOWING_CANCEL") }
        if order.update == state.update { return }
        guard order.update > state.update else { return refuse(order, "orderUpdateError", "OUTDATED_ORDER_UPDATE") }
        guard let first = order.nodes.first, let end, first.id == end.id, first.sequence == end.sequence else {
            return refuse(order, "orderUpdateError", "NO_ROUTE_TO_TARGET")
        }
        state.update = order.update
        accept(order)
    }

    /// Lays what an order brings behind what is released already; the horizon is replaced.
    private mutating func accept(_ order: VDAOrder) {
        let base = way.filter(\.node.isReleased)
        way =
            base
            + zip(order.nodes.dropFirst(), order.edges).map { node, edge in Leg(node: node, edge: edge) }
        end = order.nodes.last { $0.isReleased }
        let known = Set(state.actions.map(\.id))
        for action in order.nodes.flatMap(\.actions) where !known.contains(action.id) {
            state.actions.append(.init(id: action.id, type: action.type, status: "WAITING"))
        }
        // Actions of a horizon that is no more are forgotten with it.
        let kept = Set((way.map(\.node) + order.nodes.prefix(1)).flatMap(\.actions).map(\.id) + work.map(\.id))
        state.actions.removeAll { $0.status == "WAITING" && !$0.isInstant && !kept.contains($0.id) }
        state.errors.removeAll { OrderError($0.type) != nil }
        state.nodes = way.map { .init(id: $0.node.id, sequence: $0.node.sequence, isReleased: $0.node.isReleased) }
        state.edges = way.map { .init(id: $0.edge.id, sequence: $0.edge.sequence, isReleased: $0.edge.isReleased) }
    }

    private func isAt(_ node: VDAOrder.Node) -> Bool {
        if node.id == state.lastNode { return true }
        guard let place = node.place, place.map == position.map else { return node.place == nil }
        let (x, y) = (place.x - position.x, place.y - position.y)
        return (x * x + y * y).squareRoot() < (place.deviation ?? 1)
    }

    private mutating func refuse(_ order: VDAOrder, _ old: String, _ new: String) {
        let type = version == .v30 ? new : old
        state.errors.removeAll { $0.type == type }
        state.errors.append(
            .init(
                type: type, level: "WARNING", text: new,
                references: ["orderId": order.id, "orderUpdateId": "\(order.update)"]))
    }

    /// Does something at once.
    mutating func act(_ action: VDAAction) {
        guard !state.actions.contains(where: { $0.id == action.id }) else { return }
        let spent = state.actions.filter { $0.isInstant && VDAState.isOver($0.status) }.dropLast(8).map(\.id)
        state.actions.removeAll { spent.contains($0.id) }
        func say(_ status: String) {
            state.actions.append(.init(id: action.id, type: action.type, status: status, isInstant: true))
        }
        switch action.type {
        case "cancelOrder":
            let named = action.parameters["orderId"]?.text ?? state.order
            guard named == state.order, !(way.isEmpty && work.isEmpty), cancelling == nil else {
                say("FAILED")
                state.errors.removeAll { OrderError($0.type) == .nothingToCancel }
                state.errors.append(
                    .init(
                        type: version == .v30 ? "NO_ORDER_TO_CANCEL" : "noOrderToCancel", level: "WARNING",
                        references: ["actionId": action.id]))
                return
            }
            say("RUNNING")
            cancelling = action.id
        case "startPause":
            state.isPaused = true
            say("FINISHED")
        case "stopPause":
            state.isPaused = false
            say("FINISHED")
        case "startCharging", "stopCharging":
            state.isCharging = action.type == "startCharging"
            say("FINISHED")
        case "factsheetRequest":
            wantsFactsheet = true
            say("FINISHED")
        case "stateRequest": say("FINISHED")
        case "enableZoneSet", "deleteZoneSet":
            let set = action.parameters["zoneSetId"]?.text ?? ""
            say((action.type == "enableZoneSet" ? enableZones(set) : deleteZones(set)) ? "FINISHED" : "FAILED")
        case "trigger":
            if let waiting = work.first, waiting.type == "waitForTrigger" { set(waiting.id, "FINISHED") }
            say("FINISHED")
        case "initPosition":
            position = .init(
                map: action.parameters["mapId"]?.text ?? position.map, x: action.parameters["x"]?.double ?? position.x,
                y: action.parameters["y"]?.double ?? position.y,
                heading: action.parameters["theta"]?.double ?? position.heading)
            state.lastNode = action.parameters["lastNodeId"]?.text ?? state.lastNode
            say("FINISHED")
        default: say("FAILED")
        }
    }
}
