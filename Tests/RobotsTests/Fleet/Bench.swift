import District
import Foundation
import Record

@testable import Robots

/// A session under test with its clock, and a vehicle that says what the test has it say.
struct Bench {
    static let vehicle = VehicleID(manufacturer: "narae", serial: "nr-01")
    var session: VehicleSession
    var now = Timestamp(microseconds: 1_764_000_000_000_000)
    /// The vehicle's next state and its count; its clock stands behind by so many seconds.
    var said = Bench.state()
    var count: Int64 = 100
    var behind = 0.1
    let address: VDAAddress

    init(_ version: VDAVersion = .v21, resuming sent: SentOrder? = nil) {
        session = VehicleSession(Self.vehicle, version: version, resuming: sent)
        address = VDAAddress(Self.vehicle, version: version)
    }

    /// A vehicle that stands on `a`, half charged.
    static func state() -> VDAState {
        var state = VDAState()
        state.lastNode = "a"
        state.charge = 50
        state.speed = 0
        state.position = .init(map: "1", x: 0, y: 0, heading: 0)
        return state
    }

    static func way(_ nodes: [String], from sequence: Int = 0, x: Int = 0) -> [Route.Step] {
        nodes.enumerated().map { index, node in
            Route.Step(
                sequence: sequence + 2 * index, node: node, edge: index == 0 ? nil : "to-\(node)", map: "1",
                x: Double(x + sequence / 2 + index), y: 0, speed: 1)
        }
    }

    static func route(
        _ nodes: [String], released: Int, fence: Int64 = 1, order: String = "o-1", from sequence: Int = 0, x: Int = 0
    ) -> Route {
        Route(order: order, site: "site", steps: way(nodes, from: sequence, x: x), released: released, fence: fence)
    }

    /// The vehicle speaks, after some seconds.
    mutating func speak(after seconds: Double = 1, _ change: (inout VDAState) -> Void = { _ in }) -> [VehicleSession
        .Effect]
    {
        now = now.advanced(bySeconds: seconds)
        change(&said)
        count += 1
        return hear(count, now.advanced(bySeconds: -behind))
    }

    mutating func hear(_ id: Int64, _ at: Timestamp, _ state: VDAState? = nil) -> [VehicleSession.Effect] {
        session.hear(
            .state, (state ?? said).json(VDAHeader(id: id, said: at), address), from: address, at: now)
    }

    mutating func connect(_ word: VDAConnection, id: Int64) -> [VehicleSession.Effect] {
        session.hear(
            .connection, word.json(VDAHeader(id: id, said: now), address), from: address, at: now)
    }

    mutating func tick(after seconds: Double) -> [VehicleSession.Effect] {
        now = now.advanced(bySeconds: seconds)
        return session.tick(at: now)
    }

    /// The vehicle takes the order it was sent last, and has all of it before it.
    mutating func take(after seconds: Double = 1) -> [VehicleSession.Effect] {
        let sent = session.sent
        return speak(after: seconds) { said in
            guard let sent else { return }
            said.order = sent.id
            said.update = sent.update
            let steps = sent.steps.filter { $0.sequence > said.lastSequence || sent.update == 0 && $0.sequence > 0 }
            said.nodes = steps.map { step in
                .init(id: step.node, sequence: step.sequence, isReleased: step.sequence <= sent.end?.sequence ?? 0)
            }
            said.edges = steps.map { step in
                .init(
                    id: step.edge ?? "", sequence: step.sequence - 1,
                    isReleased: step.sequence <= sent.end?.sequence ?? 0)
            }
            if sent.update == 0 {
                said.lastNode = sent.steps[0].node
                said.lastSequence = sent.steps[0].sequence
            }
            for action in sent.steps.flatMap(\.actions) where !said.actions.contains(where: { $0.id == action.id }) {
                said.actions.append(.init(id: action.id, type: action.type, status: "WAITING"))
            }
        }
    }

    /// The vehicle reaches a node of its order.
    mutating func reach(_ node: String, after seconds: Double = 1) -> [VehicleSession.Effect] {
        speak(after: seconds) { said in
            guard let at = said.nodes.first(where: { $0.id == node }) else { return }
            said.lastNode = node
            said.lastSequence = at.sequence
            said.nodes.removeAll { $0.sequence <= at.sequence }
            said.edges.removeAll { $0.sequence <= at.sequence }
        }
    }
}

extension [VehicleSession.Effect] {
    /// The orders sent.
    var orders: [VDAOrder] { sent(.order).map { VDAOrder($0) } }
    /// The actions at once that were sent.
    var instants: [VDAAction] { sent(.instantActions).flatMap { $0["actions"]?.elements ?? [] }.map { VDAAction($0) } }
    var refusals: [RouteRefusal] { compactMap { if case .tell(.refused(_, _, let why)) = $0 { why } else { nil } } }
    var finished: [String] { compactMap { if case .tell(.finished(_, let order, _)) = $0 { order } else { nil } } }
    var cancelled: [String] { compactMap { if case .tell(.cancelled(_, let order)) = $0 { order } else { nil } } }
    var reports: [VehicleReport] { compactMap { if case .tell(.report(let report)) = $0 { report } else { nil } } }
    var unheeded: [String] { compactMap { if case .tell(.unheeded(_, let action, _)) = $0 { action } else { nil } } }
    var faulted: [String] { compactMap { if case .faulted(let type, _, _) = $0 { type } else { nil } } }
    var recovered: [String] { compactMap { if case .recovered(let type) = $0 { type } else { nil } } }

    func sent(_ topic: VDATopic) -> [JSON] {
        compactMap { effect in
            guard case .send(topic, let json) = effect else { return nil }
            return json
        }
    }
}
