import Bus
import District
import Logging
import Record

/// One simulated vehicle at a broker, with its last will.
struct VehicleRun: Sendable {
    let vehicle: SimulatedVehicle
    let desk: VDADesk
    let account: MQTTAccount
    let clock: TimeSource

    /// How often it lives, in seconds, and how much time passes at most in one go where the machine stood still.
    static let step = 0.25
    static let longest = 5.0

    /// Until the task is cancelled.
    func run() async throws {
        var voice = VehicleVoice(vehicle)
        let address = voice.address
        let will = VDAConnection.broken.json(VDAHeader(id: 0, said: clock()), address)
        var logger = Logger(label: "slipway.vehicle")
        logger.logLevel = .error
        let client = try MQTTClient(
            MQTTConfiguration(
                host: account.host, port: account.port, clientID: "vehicle-\(vehicle.vehicle)",
                credential: BusCredential(name: account.username, password: account.password), keepAlive: 10,
                cleanSession: true, lastRetry: 2000,
                will: BusMessage(
                    topic: address.topic(.connection), payload: will.canonical, qos: .atLeastOnce, retained: true)),
            logger: logger)
        let (heard, continuation) = AsyncStream.makeStream(of: BusMessage.self)
        // The connection outlives the driving, so that the vehicle can sign off.
        let connection = Task { await client.run() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let zones: [VDATopic] = address.version == .v30 ? [.zoneSet, .responses] : []
                for topic in [VDATopic.order, .instantActions] + zones {
                    try await client.subscribe(try TopicFilter(address.topic(topic)))
                }
                for await batch in client.batches {
                    for message in batch { continuation.yield(message) }
                }
            }
            let inbox = Inbox()
            group.addTask {
                for await message in heard { await inbox.put(message) }
            }
            try await say(voice.connection(.online, at: clock()), client, address, retain: true)
            var last = ContinuousClock.now
            while !Task.isCancelled {
                // As much time as passed: a machine under load calls late, and a vehicle must not become slower by that.
                let now = ContinuousClock.now
                let passed = min((now - last) / .seconds(1), Self.longest)
                last = now
                for message in await inbox.take() {
                    if let (_, topic) = VDAAddress.read(message.topic) { voice.hear(topic, message.payload, desk) }
                }
                do {
                    for saying in voice.live(passed, at: clock()) { try await say(saying, client, address) }
                    try await Task.sleep(for: .seconds(Self.step))
                } catch is CancellationError {
                    break
                }
            }
            group.cancelAll()
        }
        let goodbye = voice.connection(.offline, at: clock())
        let signing = Task { try await say(goodbye, client, address, retain: true) }
        let patience = Task {
            try await Task.sleep(for: .seconds(5))
            signing.cancel()
        }
        _ = await signing.result
        patience.cancel()
        connection.cancel()
        await connection.value
    }

    private func say(
        _ saying: VehicleVoice.Saying, _ client: MQTTClient, _ address: VDAAddress, retain: Bool = false
    ) async throws {
        do {
            try await client.publish(
                address.topic(saying.topic), saying.payload, qos: retain ? .atLeastOnce : .atMostOnce, retain: retain)
        } catch is BusError {
            // The connection broke: a vehicle drives on with what it has, and speaks when it can.
        }
    }

    private actor Inbox {
        private var messages: [BusMessage] = []
        func put(_ message: BusMessage) { messages.append(message) }
        func take() -> [BusMessage] {
            defer { messages = [] }
            return messages
        }
    }
}
