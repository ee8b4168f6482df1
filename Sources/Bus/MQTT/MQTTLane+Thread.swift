import Foundation
import Logging
import Synchronization

/// What the network thread asks of its lane.
extension MQTTLane {
    /// Connects whenever something is wanted, serves, and connects again, until stopped.
    func drive() {
        let clock = ContinuousClock()
        var pause = configuration.firstRetry
        while waitUntilWanted() {
            let begin = clock.now
            do throws(BusError) {
                try MQTTConnection(self).run()
                break
            } catch {
                lost(error)
            }
            // A connection that lasted earns a quick return; two clients of one name, which throw each other out, do not.
            if clock.now - begin > .milliseconds(pause) { pause = configuration.firstRetry }
            wait(until: clock.now + .milliseconds(pause))
            pause = min(pause * 2, configuration.lastRetry)
        }
        let ended = state.withLock { state in
            state.counters.connected = false
            state.counters.dropped += Int64(state.inbox.held.count { $0.qos == .atMostOnce })
            return state.whenEnded.take()
        }
        ended?.resume()
    }

    private func waitUntilWanted() -> Bool {
        while true {
            let (wanted, stopping) = state.withLock { ($0.wanted, $0.stopping) }
            if stopping { return false }
            if wanted { return true }
            wake.wait()
        }
    }

    private func wait(until end: ContinuousClock.Instant) {
        while !state.withLock({ $0.stopping }) {
            let left = (end - ContinuousClock().now) / .milliseconds(1)
            guard left > 0 else { return }
            wake.wait(milliseconds: Int32(left.rounded(.up)))
        }
    }

    /// Notes that the thread enters or leaves a call that may block for long.
    func opening(_ opening: Bool) { state.withLock { $0.opening = opening } }

    /// Notes that the broker welcomed us.
    func welcomed() {
        state.withLock { state in
            state.counters.connected = true
            if state.everConnected { state.counters.reconnects += 1 }
            state.everConnected = true
        }
        logger.info(
            "connected", metadata: ["client": "\(clientID)", "broker": "\(configuration.host):\(configuration.port)"])
    }

    /// What to send now: subscriptions not yet asked for, and as many messages as there is room for; nil when stopping.
    func work(room: Int, asked: Set<UInt64>) -> Work? {
        state.withLock { state in
            if state.stopping { return nil }
            let outgoing = Array(state.outbox.prefix(room))
            state.outbox.removeFirst(outgoing.count)
            return Work(subscriptions: state.subscriptions.filter { !asked.contains($0.ticket) }, outgoing: outgoing)
        }
    }

    /// A message is with the broker.
    func published(_ outgoing: Outgoing) {
        state.withLock { state in
            state.counters.published += 1
            return state.waiters.removeValue(forKey: outgoing.ticket)
        }?.resume()
    }

    /// A message cannot be published.
    func failed(_ outgoing: Outgoing, _ error: BusError) {
        state.withLock { $0.waiters.removeValue(forKey: outgoing.ticket) }?.resume(throwing: error)
    }

    /// The broker granted a subscription, or refused it: then it is given up if its caller still waits to hear so.
    func answered(_ subscription: Subscription, _ error: BusError?) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: subscription.ticket)
            if error != nil, waiter != nil { state.subscriptions.removeAll { $0.ticket == subscription.ticket } }
            return waiter
        }
        switch (waiter, error) {
        case (let waiter?, let error?): waiter.resume(throwing: error)
        case (let waiter?, nil): waiter.resume()
        case (nil, let error?): logger.error("subscription lost", metadata: ["error": "\(error)"])
        case (nil, nil): break
        }
    }

    /// Hands received messages to the consumer and waits until they are released; false when stopped instead.
    func hold(_ messages: [BusMessage]) -> Bool {
        let (consumer, batch) = state.withLock { state in
            state.counters.received += Int64(messages.count)
            state.inbox.offer(messages)
            let consumer = state.consumer.take()
            return (consumer, consumer == nil ? nil : state.inbox.take())
        }
        consumer?.resume(returning: batch)
        while true {
            let (released, stopping, subscribers) = state.withLock { state in
                // Until the release nothing is written, no subscription either: whoever waits for one is not kept, for
                // it may be the very consumer that has not begun yet.
                let subscribers = state.subscriptions.compactMap { state.waiters.removeValue(forKey: $0.ticket) }
                return (state.inbox.emptied(), state.stopping, subscribers)
            }
            for subscriber in subscribers { subscriber.resume() }
            if released { return true }
            if stopping { return false }
            wake.wait()
        }
    }

    /// What was under way when the connection broke: level 1 goes out again first, level 0 is reported as unsure.
    func takeBack(_ flight: [Outgoing]) {
        let unsure = state.withLock { state in
            let again = flight.filter { $0.message.qos == .atLeastOnce && state.waiters[$0.ticket] != nil }
            state.outbox.insert(contentsOf: again.sorted { $0.ticket < $1.ticket }, at: 0)
            return flight.filter { $0.message.qos == .atMostOnce }.map { state.waiters.removeValue(forKey: $0.ticket) }
        }
        for waiter in unsure {
            waiter?.resume(throwing: BusError(.disconnected, "the connection broke while the message was being sent"))
        }
    }

    /// A connection broke or did not come about. Absence is waited out; a refusal is an answer, and callers get it.
    private func lost(_ error: BusError) {
        let refused = [.notAuthorised, .tls, .refused, .configuration].contains(error.code)
        let waiters = state.withLock { state in
            state.counters.connected = false
            guard refused else { return [CheckedContinuation<Void, any Error>]() }
            state.outbox = []
            state.subscriptions.removeAll { state.waiters[$0.ticket] != nil }
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        logger.log(level: refused ? .error : .warning, "not connected", metadata: ["error": "\(error)"])
        for waiter in waiters { waiter.resume(throwing: error) }
    }
}
