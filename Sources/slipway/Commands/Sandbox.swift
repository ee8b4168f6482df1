import ArgumentParser
import Citizen
import Foundation
import Logging
import Web

/// Runs the practice city: takes requests and answers look-ups in place of a city's own systems.
struct Sandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a practice city for the house to send requests to. 연습용 도시 시스템을 실행합니다.",
        discussion: """
            POST /requests with an Idempotency-Key, GET /requests, GET /requests/KEY, GET /lookup/NAME. POST /faults \
            {"kind", "seconds", "times"} makes it misbehave: delay, broken, silent-after-commit, refuse, none.
            """)

    @Option(help: "Address and port to bind.")
    var listen = "127.0.0.1:8095"

    @Option(help: "File in which it keeps what it took. 접수 내역 파일.")
    var state: String?

    @Option(help: "Misbehave from the start: delay, broken, silent-after-commit, refuse.")
    var fault: String?

    @Flag(help: .hidden)
    var withParent = false

    func run() async throws {
        let logger = Log.bootstrap("warning")
        let (host, port) = try ListenAddress.parse(listen)
        let city = CitySandbox(file: state)
        if let fault {
            guard await city.misbehave(fault) else { throw ValidationError("--fault knows no \(fault)") }
        }
        if withParent { Self.endWithParent() }
        try await SideServer { await city.answer($0) }.run(host: host, port: port, logger: logger) { port in
            print("sandbox http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
            fflush(nil)
        }
    }

    /// Whoever started this holds the other end of standard input: when it closes, they are gone, however they ended.
    private static func endWithParent() {
        Thread.detachNewThread {
            while !FileHandle.standardInput.availableData.isEmpty {}
            Foundation.exit(0)
        }
    }
}
