public import Logging

/// A client of an MQTT 5 broker that reconnects by itself and acknowledges only what is stored.
///
/// ```swift
/// let client = try MQTTClient(MQTTConfiguration(clientID: "slipway", credential: credential), logger: logger)
/// async let running: Void = client.run()
/// try await client.subscribe(TopicFilter("slipway/#"), qos: .atLeastOnce)
/// for await batch in client.batches { try await store(batch) }
/// ```
///
/// **What is guaranteed.** With level 1 and a kept session (`cleanSession` false), every message that the broker
/// acknowledged to its publisher after our subscription was granted reaches the consumer at least once, whatever happens
/// to this process at whatever moment, as long as the broker keeps its session data. Our acknowledgement leaves only
/// after the consumer asked for the next batch, which it does when the last is durable; whatever was not acknowledged
/// the broker delivers again, on the next connection or to the next process of the same client ID. Duplicates are
/// possible after every broken connection and every stop; the store must be idempotent.
///
/// **What is not.** A level 0 message lives in memory alone. A broker that crashes loses what it had acknowledged and
/// not yet written down (``LocalBroker`` writes every few seconds and when it is stopped). Messages of one topic keep
/// their order on one connection; redelivered ones come late.
///
/// **Back-pressure.** At most `window` messages (and about `windowBytes`) are received and not released. While the
/// consumer is busy the connection is neither read nor written, and the broker queues. A consumer that holds a batch
/// longer than one and a half times `keepAlive` loses the connection, no message.
///
/// **How.** libmosquitto puts its acknowledgement of a level 1 message into its queue of packets while it handles the
/// message, before or after the callback depending on its release; there is no manual acknowledgement. So the client
/// drives the library from a thread of its own, in the mode in which queued packets are written by one call and by
/// nothing else, and makes that call only when everything received has been released. Since that holds back every
/// packet of the connection, publishing uses a second connection (client ID with `-out`): the consumer may publish and
/// wait for the acknowledgement while it holds a batch. Each connection is opened when first needed.
public final class MQTTClient: Sendable {
    private let receiving: MQTTLane
    private let sending: MQTTLane

    /// A client; it does nothing before ``run()``.
    /// - Throws: ``BusError/Code/configuration`` naming the field that is out of bounds.
    public init(_ configuration: MQTTConfiguration, logger: Logger) throws(BusError) {
        try configuration.validate()
        var silent = configuration
        // The will belongs to the connection that publishes: it speaks for whoever hears us, not for what we hear.
        silent.will = nil
        receiving = try MQTTLane(
            silent, clientID: configuration.clientID, cleanSession: configuration.cleanSession, logger: logger)
        sending = try MQTTLane(
            configuration, clientID: configuration.clientID + "-out", cleanSession: true, logger: logger)
    }

    /// Connects when something is wanted and reconnects, with growing pauses, until the task is cancelled.
    ///
    /// It never fails: a broker that is away is waited for, one that refuses us is asked again, and ``subscribe(_:qos:)``
    /// and ``publish(_:_:qos:retain:)`` throw the refusal to their callers. Runs once.
    public func run() async {
        async let receiving: Void = receiving.run()
        async let sending: Void = sending.run()
        _ = await (receiving, sending)
    }

    /// What subscriptions bring, in batches to be stored and released.
    public var batches: MQTTBatches { MQTTBatches(lane: receiving) }

    /// What was done so far, for `/metrics`.
    public var counters: BusCounters { receiving.counters + sending.counters }

    /// Publishes a message, as soon as the broker is there.
    ///
    /// At level 1 it returns when the broker has acknowledged the message, and repeats it over as many connections as
    /// that takes; at level 0 when it was written to the network. Waits while the broker is away: cancel the task to
    /// give up, after which the message may still have arrived.
    /// - Throws: ``BusError``: the topic is invalid, the payload too large, we are not authorised, the client stopped, or
    ///   at level 0 the connection broke meanwhile; `CancellationError`.
    public func publish(
        _ topic: String, _ payload: [UInt8], qos: QoS = .atLeastOnce, retain: Bool = false
    ) async throws {
        try TopicName.validate(topic)
        try await sending.publish(BusMessage(topic: topic, payload: payload, qos: qos, retained: retain))
    }

    /// Subscribes now and on every later connection; returns when the broker has granted it.
    ///
    /// Waits while the broker is away. While a batch is held, or a kept session has brought one that no consumer has
    /// taken yet, it returns at once: the broker is asked after the release, and a refusal is logged. Overlapping filters
    /// may deliver a message more than once. A kept session also keeps the filters of earlier processes.
    /// - Throws: ``BusError`` where the broker refuses us or the filter, or grants a lower level; `CancellationError`.
    public func subscribe(_ filter: TopicFilter, qos: QoS = .atLeastOnce) async throws {
        try await receiving.subscribe(filter, qos)
    }
}
