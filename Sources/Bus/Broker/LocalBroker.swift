import Foundation
public import Logging

/// Runs Mosquitto on this machine, on loopback, with generated credentials.
///
/// ```swift
/// let broker = try await LocalBroker.start(
///     in: "data/broker", port: 1883,
///     accounts: [BrokerAccount("slipway", reads: ["slipway/#"], writes: ["slipway/#"])], logger: logger)
/// let client = try MQTTClient(
///     MQTTConfiguration(port: broker.port, clientID: "slipway", credential: broker.credential(for: "slipway")),
///     logger: logger)
/// ```
public enum LocalBroker {
    /// The largest packet in bytes that it accepts, topic and payload together.
    public static let maximumPacket = 4 << 20

    /// Starts a broker whose settings, passwords, log and undelivered messages lie in a folder; returns when it listens.
    ///
    /// Passwords are made at the first start, kept in a file for its owner alone, and never part of a command line or
    /// log. A broker that a killed process left behind in this folder is stopped first.
    /// - Parameters:
    ///   - port: on 127.0.0.1; nil for a free one.
    ///   - tls: the certificate to show; nil for plain connections.
    /// - Throws: ``BusError``: no Mosquitto is installed, folder or port are in use, or it did not start (the message
    ///   names the log).
    public static func start(
        in folder: String, port: Int? = nil, accounts: [BrokerAccount], tls: BrokerTLS? = nil, logger: Logger
    ) async throws(BusError) -> RunningBroker {
        guard let program = Program.find("mosquitto"), let hasher = Program.find("mosquitto_passwd") else {
            throw BusError(.brokerMissing, "mosquitto is not installed (Debian: apt-get install mosquitto)")
        }
        let files = try BrokerFolder(folder)
        let lock = try files.lock()
        await stopLeftover(files)
        let credentials = try files.keepCredentials(for: accounts)
        try files.write(accounts.map(\.accessLines).joined(), to: files.access)
        let log = try files.openLog()
        defer { close(log) }
        try await hash(credentials, hasher, files, log: log)
        // A free port may be taken by somebody else before the broker has it: then another one will do.
        var attempts = port == nil ? 3 : 1
        while true {
            attempts -= 1
            do throws(BusError) {
                let port = try Port.claim(port)
                try files.writeConfiguration(port: port, user: userName(), tls: tls)
                let child = try await ChildProcess.start(program, ["-c", files.configuration], log: log)
                let broker = RunningBroker(child: child, port: port, credentials: credentials, files: files, lock: lock)
                try files.write("\(child.pid)\n", to: files.processNumber)
                try await listen(broker, files)
                logger.info("broker started", metadata: ["port": "\(port)", "folder": "\(files.path)"])
                return broker
            } catch  where attempts > 0 {
                logger.warning("broker tries another port", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Turns the passwords into salted hashes, inside the file, so that none is an argument of the program.
    private static func hash(
        _ credentials: [BusCredential], _ hasher: String, _ files: BrokerFolder, log: Int32
    ) async throws(BusError) {
        try files.write(credentials.map { "\($0.name):\($0.password)\n" }.joined(), to: files.passwords)
        let exit = try await ChildProcess.start(hasher, ["-U", files.passwords], log: log).wait()
        guard exit == .code(0) else {
            throw BusError(.brokerFailed, "mosquitto_passwd failed, see \(files.log)")
        }
    }

    /// Waits until it serves, up to 5 s.
    ///
    /// It opens the port before it reads its certificates and may end over them, so an open port is not enough: its log
    /// must say that it runs, or, should another version use other words, the port must have answered for a second.
    private static func listen(_ broker: RunningBroker, _ files: BrokerFolder) async throws(BusError) {
        var answers = 0
        for _ in 0..<250 {
            answers += Port.answers(broker.port) ? 1 : 0
            if !broker.isRunning { break }
            if answers > 0, answers >= 50 || files.read(files.log)?.contains(" running\n") == true { return }
            do {
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                await broker.stop()
                throw BusError(.stopped, "the start of the broker was cancelled")
            }
        }
        await broker.stop()
        throw BusError(.brokerFailed, "mosquitto does not listen on port \(broker.port), see \(files.log)")
    }

    /// Stops a broker that lost its parent: the number in the file must still be Mosquitto with this very folder.
    private static func stopLeftover(_ files: BrokerFolder) async {
        let text = files.read(files.processNumber) ?? ""
        guard let pid = pid_t(text.split(separator: "\n").first ?? ""), pid > 1 else { return }
        func stillRuns() -> Bool {
            let words = (files.read("/proc/\(pid)/cmdline") ?? "").split(separator: "\0")
            return words.first?.hasSuffix("mosquitto") == true && words.contains(files.configuration[...])
        }
        for turn in 0..<250 where stillRuns() {
            // Politely first, so that it writes down what it holds.
            kill(pid, turn < 200 ? SIGTERM : SIGKILL)
            do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
        }
    }

    private static func userName() -> String {
        getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "root"
    }
}
