import Bus
import District
import Logging
import Robots

/// The broker of this house, and how the house itself reaches it.
struct StartedBroker: Sendable {
    private let broker: RunningBroker
    let account: MQTTAccount

    /// Credentials: the house reads and writes all; a gateway of the factories writes readings and reads alarms; vehicles
    /// say how they stand and read orders; lifts and doors say where they stand and read calls.
    static func accounts() throws(BusError) -> [BrokerAccount] {
        [
            try BrokerAccount("slipway", reads: ["#"], writes: ["#"]),
            try BrokerAccount("gateway", reads: ["slipway-events/#"], writes: ["slipway/#"]),
            try BrokerAccount(
                "vehicles", reads: BusAccess.vehicles.reads, writes: BusAccess.vehicles.writes),
            try BrokerAccount(
                "buildings", reads: BusAccess.buildings.reads, writes: BusAccess.buildings.writes),
        ]
    }

    init(folder: String, port: Int, logger: Logger) async throws {
        broker = try await Self.start(in: folder, port: port, logger: logger)
        guard let credential = broker.credential(for: "slipway") else {
            throw BusError(.configuration, "the broker has no account for the house")
        }
        account = MQTTAccount(
            host: "127.0.0.1", port: broker.port, username: credential.name, password: credential.password)
    }

    /// On the port asked for, or on a free one where another program has it.
    private static func start(in folder: String, port: Int, logger: Logger) async throws -> RunningBroker {
        func attempt(_ port: Int?) async throws -> RunningBroker {
            try await LocalBroker.start(in: folder, port: port, accounts: accounts(), logger: logger)
        }
        if port == 0 { return try await attempt(nil) }
        do {
            return try await attempt(port)
        } catch let error as BusError where error.code == .portInUse {
            logger.warning("the broker takes another port", metadata: ["error": "\(error)"])
            return try await attempt(nil)
        }
    }

    func stop() async { await broker.stop() }
}
