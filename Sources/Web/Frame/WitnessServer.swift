import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
public import Record
public import Store

/// A witness's HTTP interface (C2SP tlog-witness), and what it can show for itself.
public struct WitnessServer: Sendable {
    private let witness: Witness
    private let logs: [VerifierKey]
    private let store: Store

    /// Serves a witness of some logs, whose memory is a store of its own.
    public init(witness: Witness, logs: [VerifierKey], store: Store) {
        self.witness = witness
        self.logs = logs
        self.store = store
    }

    /// The largest request: a checkpoint, and a proof of at most 63 hashes.
    static let largest = 64 * 1024

    /// Serves until the process is told to end.
    /// - Parameter running: told the port once it listens.
    public func run(
        host: String, port: Int, logger: Logger, running: @escaping @Sendable (Int) -> Void
    ) async throws {
        let router = Router()
        router.post("add-checkpoint") { request, _ in try await add(request) }
        router.get("verifier-key") { _, _ in Self.response(.ok, "\(witness.verifier)\n") }
        router.get("/") { _, _ in Self.response(.ok, try await standing()) }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in running(channel.localAddress?.port ?? port) }, logger: logger)
        try await application.runService()
    }

    private func add(_ request: Request) async throws -> Response {
        let body = String(buffer: try await request.body.collect(upTo: Self.largest))
        let witness = witness
        let answer = try await store.write { try witness.answer(body, in: $0) }
        return Self.response(.init(code: answer.status), answer.body, type: answer.type)
    }

    /// Each log with the last checkpoint that was signed, and how many were refused.
    private func standing() async throws -> String {
        let logs = logs
        return try await store.read { reader in
            let refusals = try Witness.refusals(in: reader)
            return try logs.map { log in
                let last = try Witness.last(of: log.name, in: reader)
                let refused = refusals.filter { $0.note.hasPrefix(log.name + "\n") }
                let evidence = refused.map { "\n# refused \($0.at): \($0.reason)\n\($0.note)" }.joined()
                return (last?.description ?? "\(log.name)\n# nothing signed yet\n") + evidence
            }.joined(separator: "\n")
        }
    }

    private static func response(
        _ status: HTTPResponse.Status, _ text: String, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
