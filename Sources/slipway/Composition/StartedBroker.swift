import Bus
import District
import Logging

/// The broker of this house, and how the house itself reaches it.
struct StartedBroker: Sendable {
    private let broker: LocalBroker
    let account: MQTTAccount

    /// Credentials: the house reads and writes all; a gateway of the factories writes readings and reads alarms.
    static let accounts = [
        LocalBroker.Account("slipway", rules: ["readwrite #"]),
        LocalBroker.Account("gateway", rules: ["write slipway/#", "read slipway-events/#"]),
    ]

    init(folder: String, port: Int, logger: Logger) async throws {
        broker = try await LocalBroker.start(in: folder, port: port, accounts: Self.accounts, logger: logger)
        account = MQTTAccount(
            host: "127.0.0.1", port: broker.port, username: "slipway", password: broker.password(of: "slipway"))
    }

    func stop() async { await broker.stop() }
}
