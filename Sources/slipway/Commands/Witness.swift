import ArgumentParser
import Foundation
import Logging
import Record
import Store
import Web

/// Watches the logs of other districts and signs their checkpoints, so that none of them can show two histories.
struct Witness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Witness other districts' Records. 다른 구역 기록부의 증인이 됩니다.",
        discussion: """
            Speaks C2SP tlog-witness: POST /add-checkpoint. It signs a checkpoint only if its log has grown out of all it \
            signed before, and keeps the evidence where it did not. GET / shows the last checkpoint of each log.
            """)

    @Option(help: "Folder for the witness's key and memory. 데이터 폴더.")
    var data = ".slipway"

    @Option(help: "The witness's name, for ever: its address without scheme (first start only).")
    var name: String?

    @Option(help: "Verifier key of a log to watch; may be given several times. 지켜볼 기록부의 검증 열쇠.")
    var log: [String] = []

    @Option(help: "Address and port to bind.")
    var listen = "127.0.0.1:8090"

    func run() async throws {
        let logger = Log.bootstrap("notice")
        let folder = try DataFolder(data)
        let logs = try log.map { try VerifierKey($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        guard !logs.isEmpty else {
            throw ValidationError("--log 로 지켜볼 기록부를 하나 이상 지정해 주세요 / name at least one log with --log")
        }
        let key = try folder.key("witness", name: name, otherwise: "slipway.local/witness", kind: .cosignature)
        let (host, port) = try ListenAddress.parse(listen)
        let store = try await Store.open(.sqlite(folder.witnessLocation), logger: logger)
        try await store.migrate(Record.Witness.migrations)
        let witness = try Record.Witness(key: key, logs: logs, clock: { Timestamp.now() })
        let server = WitnessServer(witness: witness, logs: logs, store: store)
        do {
            try await server.run(host: host, port: port, logger: logger) { port in
                print("witness \(key.verifier)  http://\(host):\(port)")
                fflush(nil)
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}
