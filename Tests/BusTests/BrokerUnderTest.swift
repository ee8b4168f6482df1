import Bus
import Foundation
import Logging
import TestKit

/// What the tests of the bus share: a broker of their own with a few accounts, and clients that stop with the test.
enum BrokerUnderTest {
    static let logger = {
        var logger = Logger(label: "bus-tests")
        logger.logLevel = .critical
        return logger
    }()

    static func accounts() throws -> [BrokerAccount] {
        [
            try BrokerAccount("slipway", reads: ["#"], writes: ["#"]),
            try BrokerAccount("press", reads: ["press/orders"], writes: ["press/state"]),
        ]
    }

    static func start(in folder: URL, port: Int? = nil, tls: BrokerTLS? = nil) async throws -> RunningBroker {
        try await LocalBroker.start(in: folder.path, port: port, accounts: accounts(), tls: tls, logger: logger)
    }

    /// Runs a body with a broker, which is stopped afterwards.
    static func with<T>(_ body: (RunningBroker) async throws -> T) async throws -> T {
        try await withTemporaryFolder { folder in
            let broker = try await start(in: folder)
            do {
                let result = try await body(broker)
                await broker.stop()
                return result
            } catch {
                await broker.stop()
                throw error
            }
        }
    }

    static func configuration(
        _ broker: RunningBroker, _ clientID: String, account: String = "slipway", window: Int = 1000
    ) -> MQTTConfiguration {
        MQTTConfiguration(
            port: broker.port, clientID: clientID, credential: broker.credential(for: account), window: window,
            firstRetry: 20, lastRetry: 200)
    }

    /// Runs a body with a running client, which is stopped afterwards.
    static func client<T: Sendable>(
        _ configuration: MQTTConfiguration, _ body: @Sendable @escaping (MQTTClient) async throws -> T
    ) async throws -> T {
        let client = try MQTTClient(configuration, logger: logger)
        let running = Task { await client.run() }
        let outcome: Result<T, any Error>
        do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
        running.cancel()
        await running.value
        return try outcome.get()
    }
}

/// A deadline: a test that waits for what never comes fails instead of hanging.
func within<T: Sendable>(
    seconds: Double = 60, _ body: @Sendable @escaping () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: T.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            throw Late()
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw Late() }
        return first
    }
}

struct Late: Error {}

extension MQTTClient {
    /// Messages until there are so many, each batch released but the last.
    func first(_ count: Int) async -> [BusMessage] {
        var all: [BusMessage] = []
        for await batch in batches {
            all += batch
            if all.count >= count { break }
        }
        return all
    }

    func publish(_ topic: String, _ text: String, qos: QoS = .atLeastOnce, retain: Bool = false) async throws {
        try await publish(topic, Array(text.utf8), qos: qos, retain: retain)
    }
}

extension BusMessage {
    var text: String { String(decoding: payload, as: UTF8.self) }
}
