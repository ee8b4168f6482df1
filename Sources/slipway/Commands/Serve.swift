import Access
import ArgumentParser
import Bus
import District
import Foundation
import Logging
import Record
import ServiceLifecycle
import UnixSignals
import Web

/// Runs the house: pages, calls, readings, detection, proofs.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the house. 서버를 실행합니다.",
        discussion: "Binds loopback unless --listen says otherwise. The first start prints a one-time sign-in link.")

    @OptionGroup var house: HouseOptions

    @Option(help: "Address and port to bind.")
    var listen = "127.0.0.1:8080"

    @Option(help: "Certificate chain (PEM); with --tls-key the server speaks HTTPS.")
    var tlsCert: String?

    @Option(help: "Private key (PEM).")
    var tlsKey: String?

    @Option(help: "The address people reach it by, where another name or a balancer stands in front.")
    var publicURL: String?

    @Option(
        parsing: .upToNextOption,
        help:
            "Addresses or ranges (CIDR) of the proxies in front, whose Forwarded or X-Forwarded-For is believed. 앞단 프록시의 주소 대역."
    )
    var trustedProxy: [String] = []

    @Option(help: "How much one address may write an hour without signing in (of one command: 50 times as much).")
    var anonymousPerHour = 60

    @Flag(help: "Build and run the fictitious sample district. 가상의 예시 구역을 함께 실행합니다.")
    var sample = false

    @Option(help: "Seed of the sample district.")
    var seed: UInt64 = 1

    @Option(help: "Port of the local MQTT broker (0: a free one; none: no broker).")
    var broker = "1883"

    @Option(
        help:
            "The city's own systems, to which requests are sent: an address, sandbox or none (default: the handbook's; with --sample a sandbox). 시 시스템 주소."
    )
    var city: String?

    @Option(help: "Name under which the Record is signed, for ever: its address without scheme (first start only).")
    var origin: String?

    @Option(help: "Log level: trace, debug, info, notice, warning, error.")
    var logLevel = "notice"

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together. 인증서와 개인 키를 함께 지정해 주세요.")
        }
        guard broker == "none" || Int(broker).map({ (0...65_535).contains($0) }) == true else {
            throw ValidationError("--broker takes a port, 0 or none")
        }
        _ = try address()
        _ = try proxies()
        guard (1...1_000_000).contains(anonymousPerHour) else {
            throw ValidationError("--anonymous-per-hour takes a number from 1 to 1000000")
        }
        guard city.map({ ["none", "sandbox"].contains($0) || $0.hasPrefix("http") }) ?? true else {
            throw ValidationError("--city takes an address, sandbox or none")
        }
    }

    func run() async throws {
        let started = ContinuousClock.now
        let logger = Log.bootstrap(logLevel)
        let open = try await OpenHouse.open(house, origin: origin, sampleSeed: sample ? seed : nil, logger: logger)
        let broker = try await startBroker(open.folder, logger)
        let spine = Spine(
            district: open.district, series: open.series, signer: open.signer, mqtt: broker?.account, isSample: sample,
            vouching: try open.folder.vouching(), issuer: try open.folder.issuerKey())
        for room in open.rooms { try await room.prepare(spine) }
        let sandbox = try startCity(open.folder, spine.outside, logger)
        defer { sandbox?.stop() }
        if sample { for room in open.rooms { try await room.foundSample(spine, seed: seed) } }
        let (host, port) = try address()
        let settings = WebSettings(
            host: host, port: port, certificate: tlsCert, privateKey: tlsKey, publicURL: publicURL,
            trustedProxies: try proxies(), version: Release.version)
        open.district.anonymous.set(.init(perAddress: anonymousPerHour, perCommand: anonymousPerHour * 50))
        let announcement = Announcement(
            open: open, settings: settings, broker: broker?.account, started: started, logger: logger)
        let server = try WebServer(spine: spine, rooms: open.rooms, settings: settings, logger: logger) { port in
            await announcement.listening(on: port)
        }
        let services: [any Service] =
            [
                RecordService(district: open.district, signer: open.signer, holder: "\(host):\(port)/\(getpid())"),
                RetryService(district: open.district), PruneService(district: open.district),
                VouchingService(district: open.district, vouching: spine.vouching, log: open.signer.verifier),
                AnchorService(district: open.district, series: open.series), server,
            ] + open.rooms.flatMap { $0.services(in: spine) }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A page left open (server-sent events) must not keep the house from closing.
        group.maximumGracefulShutdownDuration = .seconds(5)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            // The group's own text shows the service with all that it holds.
            let reason = (error as? ServiceGroupError).map { "\($0.errorCode)" } ?? "\(error)"
            logger.error("a service ended", metadata: ["reason": "\(reason)"])
            try await finish(open, broker)
            throw ExitCode(1)
        }
        try await finish(open, broker)
    }

    private func finish(_ open: OpenHouse, _ broker: StartedBroker?) async throws {
        try open.folder.removeConsole()
        try await open.close()
        await broker?.stop()
    }

    private func proxies() throws -> [NetworkRange] {
        try trustedProxy.flatMap { $0.split(separator: ",") }.map { text in
            guard let range = NetworkRange(String(text)) else {
                throw ValidationError("--trusted-proxy takes addresses or ranges like 10.0.0.0/8, not \(text)")
            }
            return range
        }
    }

    private func address() throws -> (String, Int) { try ListenAddress.parse(listen) }

    /// Names the city's systems to the house; a practice city is started where one is wanted.
    private func startCity(_ folder: DataFolder, _ outside: Outside, _ logger: Logger) throws -> StartedSandbox? {
        switch city ?? (sample ? "sandbox" : "") {
        case "sandbox": return try StartedSandbox(state: folder.citySandbox, outside: outside, logger: logger)
        case "none": outside.name("", for: "city")
        case "": break
        case let address: outside.name(address, for: "city")
        }
        return nil
    }

    private func startBroker(_ folder: DataFolder, _ logger: Logger) async throws -> StartedBroker? {
        guard let port = Int(broker) else { return nil }
        return try await StartedBroker(folder: folder.broker, port: port, logger: logger)
    }
}
