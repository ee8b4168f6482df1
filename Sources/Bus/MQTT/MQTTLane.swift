import Foundation
import Logging
import Synchronization

/// One connection that is kept up: what callers want of it, and the thread that does it.
///
/// Callers only write wishes into the state and wake the thread; libmosquitto is touched by that thread alone. A lane
/// connects when something is first wanted of it.
final class MQTTLane: Sendable {
    /// A message on its way out.
    struct Outgoing: Sendable {
        let ticket: UInt64
        let message: BusMessage
    }

    /// A filter that is subscribed on every connection.
    struct Subscription: Sendable {
        let ticket: UInt64
        let filter: TopicFilter
        let qos: QoS
    }

    /// What the thread is to do next.
    struct Work: Sendable {
        var subscriptions: [Subscription] = []
        var outgoing: [Outgoing] = []
    }

    struct State {
        var tickets: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        var outbox: [Outgoing] = []
        var subscriptions: [Subscription] = []
        var inbox = Inbox()
        var consumer: CheckedContinuation<Inbox.Batch?, Never>?
        var counters = BusCounters()
        var wanted = false
        var everConnected = false
        var started = false
        var stopping = false
        /// Inside a library call that may block for minutes.
        var opening = false
        var whenEnded: CheckedContinuation<Void, Never>?
    }

    let configuration: MQTTConfiguration
    let clientID: String
    let cleanSession: Bool
    let logger: Logger
    let wake: Wake
    let state = Mutex(State())

    init(
        _ configuration: MQTTConfiguration, clientID: String, cleanSession: Bool, logger: Logger
    ) throws(BusError) {
        self.configuration = configuration
        self.clientID = clientID
        self.cleanSession = cleanSession
        self.logger = logger
        wake = try Wake()
    }

    var counters: BusCounters {
        state.withLock { state in
            var counters = state.counters
            counters.held = state.inbox.held.count
            counters.connected = counters.connected || !state.wanted
            return counters
        }
    }

    // MARK: - Life

    /// Keeps the connection up until the task is cancelled.
    func run() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    precondition(!state.started, "run() is called once")
                    state.started = true
                    state.whenEnded = continuation
                }
                let thread = Thread { self.drive() }
                thread.name = "mqtt \(clientID)"
                thread.start()
            }
        } onCancel: {
            stop()
        }
    }

    private func stop() {
        let (waiters, consumer, ended) = state.withLock { state in
            state.stopping = true
            // A thread stuck in a library call ends by itself later; nobody need wait for it.
            let ended = state.opening ? state.whenEnded.take() : nil
            state.outbox = []
            defer { state.waiters = [:] }
            return (Array(state.waiters.values), state.consumer.take(), ended)
        }
        for waiter in waiters { waiter.resume(throwing: BusError(.stopped, "\(clientID) was stopped")) }
        consumer?.resume(returning: nil)
        ended?.resume()
        wake.signal()
    }

    // MARK: - Wishes

    /// Returns when the message is acknowledged (level 1) or written to the network (level 0).
    func publish(_ message: BusMessage) async throws {
        try await request { state, ticket in
            state.outbox.append(Outgoing(ticket: ticket, message: message))
        } withdraw: { state, ticket in
            state.outbox.removeAll { $0.ticket == ticket }
        }
    }

    /// Returns when the broker has granted the subscription.
    func subscribe(_ filter: TopicFilter, _ qos: QoS) async throws {
        try await request { state, ticket in
            state.subscriptions.append(Subscription(ticket: ticket, filter: filter, qos: qos))
        } withdraw: { state, ticket in
            state.subscriptions.removeAll { $0.ticket == ticket }
        }
    }

    private func request(
        _ enter: @escaping @Sendable (inout State, UInt64) -> Void,
        withdraw: @escaping @Sendable (inout State, UInt64) -> Void
    ) async throws {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let refusal: (any Error)? = state.withLock { state in
                    if state.stopping { return BusError(.stopped, "\(clientID) was stopped") }
                    if Task.isCancelled { return CancellationError() }
                    state.waiters[ticket] = continuation
                    state.wanted = true
                    enter(&state, ticket)
                    return nil
                }
                if let refusal { continuation.resume(throwing: refusal) } else { wake.signal() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                // An answered request stands; only one still waiting is withdrawn.
                let waiter = state.waiters.removeValue(forKey: ticket)
                if waiter != nil { withdraw(&state, ticket) }
                return waiter
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    // MARK: - Consumer

    /// Releases the batch of that number, then waits for the next; nil when the lane stops or the task is cancelled.
    func nextBatch(releasing number: UInt64?) async -> Inbox.Batch? {
        if let number, state.withLock({ $0.inbox.release(number) }) { wake.signal() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (batch, waits, earlier) = state.withLock { state in
                    if state.stopping || Task.isCancelled { return (Inbox.Batch?.none, false, state.consumer.take()) }
                    if let batch = state.inbox.take() { return (batch, false, nil) }
                    defer { state.consumer = continuation }
                    return (nil, true, state.consumer.take())
                }
                earlier?.resume(returning: nil)
                if !waits { continuation.resume(returning: batch) }
            }
        } onCancel: {
            state.withLock { $0.consumer.take() }?.resume(returning: nil)
        }
    }
}
