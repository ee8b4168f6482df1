import Foundation

/// One connection from greeting to loss, on the network thread of its lane.
///
/// Each turn: send what callers want, read what is there, and where messages came, hold still until the consumer has
/// released them. Only the next turn writes, so their acknowledgements leave after that and never before.
final class MQTTConnection {
    /// How long a broker may take to answer the greeting.
    private static let patience = Duration.seconds(10)

    private let lane: MQTTLane
    private let wire: MQTTWire
    private var flight: [Int32: MQTTLane.Outgoing] = [:]
    private var subscribing: [Int32: MQTTLane.Subscription] = [:]
    private var asked: Set<UInt64> = []

    init(_ lane: MQTTLane) throws(BusError) {
        self.lane = lane
        wire = try MQTTWire(lane.configuration, clientID: lane.clientID, cleanSession: lane.cleanSession)
    }

    /// Returns when the lane is stopping.
    /// - Throws: why the connection broke or did not come about.
    func run() throws(BusError) {
        do throws(BusError) {
            if try greet() { try serve() }
        } catch {
            lane.takeBack(Array(flight.values))
            throw error
        }
    }

    /// False when the lane stops meanwhile.
    private func greet() throws(BusError) -> Bool {
        let (host, port) = (lane.configuration.host, lane.configuration.port)
        lane.opening(true)
        defer { lane.opening(false) }
        try wire.connect(host: host, port: port)
        let end = ContinuousClock().now + Self.patience
        while wire.greeting == nil {
            if lane.work(room: 0, asked: asked) == nil { return false }
            guard ContinuousClock().now < end else {
                throw BusError(.unreachable, "\(host):\(port) does not answer the greeting")
            }
            do throws(BusError) {
                try turn(milliseconds: 100)
            } catch  where wire.greeting != nil {
                // The refusal says more than the hang-up behind it.
            }
        }
        if let error = MQTTReason.greetingError(wire.greeting ?? 0, "\(host):\(port)") { throw error }
        lane.welcomed()
        return true
    }

    private func serve() throws(BusError) {
        // A kept session delivers right behind the welcome: nothing may be written before that is released.
        guard deliver() else { return }
        while let work = lane.work(room: lane.configuration.window - flight.count, asked: asked) {
            for subscription in work.subscriptions {
                subscribing[try wire.subscribe(subscription.filter, subscription.qos)] = subscription
                asked.insert(subscription.ticket)
            }
            var broken: BusError?
            for outgoing in work.outgoing { broken = send(outgoing) ?? broken }
            do throws(BusError) {
                if broken == nil { try turn(milliseconds: 1000) }
            } catch {
                broken = error
            }
            settle()
            // What was read counts even where the connection broke behind it: the consumer gets it.
            guard deliver() else { return }
            if let broken { throw broken }
        }
        // Nothing is held here, so that the goodbye carries no acknowledgement but those released.
        try wire.disconnect()
        try wire.write()
    }

    /// Gives what was received to the consumer and waits for its release; false when the lane stops instead, and then
    /// nothing may be written any more.
    private func deliver() -> Bool {
        let messages = wire.takeReceived()
        return messages.isEmpty || lane.hold(messages)
    }

    /// Hands a message to the library; the error only where the connection is at fault and not the message.
    private func send(_ outgoing: MQTTLane.Outgoing) -> BusError? {
        do throws(BusError) {
            flight[try wire.publish(outgoing.message)] = outgoing
        } catch  where error.code == .disconnected {
            lane.takeBack([outgoing])
            return error
        } catch {
            lane.failed(outgoing, error)
        }
        return nil
    }

    /// Writes what is queued, waits for the network or a wish, and reads what has come, up to the window.
    private func turn(milliseconds: Int32) throws(BusError) {
        if wire.wantsWrite { try wire.write() }
        let events = Int16(wire.wantsWrite ? POLLIN | POLLOUT : POLLIN)
        var waiting = [
            pollfd(fd: wire.socket, events: events, revents: 0),
            pollfd(fd: lane.wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&waiting, 2, milliseconds)
        if waiting[1].revents != 0 { lane.wake.clear() }
        guard waiting[0].revents & ~Int16(POLLOUT) != 0 else { return try wire.keepUp() }
        repeat {
            try wire.read()
        } while wire.received.count < lane.configuration.window
            && wire.receivedBytes < lane.configuration.windowBytes && more()
    }

    private func more() -> Bool {
        var waiting = pollfd(fd: wire.socket, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) > 0
    }

    /// Tells callers what the broker answered.
    private func settle() {
        for (id, reason) in wire.takePublished() {
            guard let outgoing = flight.removeValue(forKey: id) else { continue }
            if let error = MQTTReason.error(reason, "publish to \(outgoing.message.topic)") {
                lane.failed(outgoing, error)
            } else {
                lane.published(outgoing)
            }
        }
        for (id, granted) in wire.takeSubscribed() {
            guard let subscription = subscribing.removeValue(forKey: id) else { continue }
            var error = MQTTReason.error(granted, "subscribe to \(subscription.filter)")
            if error == nil, granted < subscription.qos.rawValue {
                error = BusError(.refused, "\(subscription.filter): the broker grants level \(granted) only")
            }
            lane.answered(subscription, error)
        }
    }
}
