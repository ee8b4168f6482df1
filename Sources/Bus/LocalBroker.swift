import Foundation
public import Logging

/// A Mosquitto of our own on loopback, with credentials made at the first start and kept in its folder: nobody is
/// anonymous, and every credential may do only what it is for.
public final class LocalBroker: Sendable {
    /// A credential of the broker.
    public struct Account: Sendable {
        /// Its name.
        public let name: String
        /// Lines of Mosquitto's ACL file: `readwrite #`, `write slipway/#`.
        public let rules: [String]

        /// A credential that may do what the rules say.
        public init(_ name: String, rules: [String]) {
            self.name = name
            self.rules = rules
        }
    }

    /// The port it listens on.
    public let port: Int
    private let passwords: [String: String]
    private let child: ChildProcess
    private let pidFile: String

    private init(port: Int, passwords: [String: String], child: ChildProcess, pidFile: String) {
        self.port = port
        self.passwords = passwords
        self.child = child
        self.pidFile = pidFile
    }

    /// The password of a credential.
    public func password(of name: String) -> String { passwords[name] ?? "" }

    /// Starts a broker in a folder.
    /// - Parameter port: where to listen; 0 or a port that is taken gives a free one.
    /// - Throws: ``BusError`` with code `broker`.
    public static func start(
        in folder: String, port: Int, accounts: [Account], logger: Logger
    ) async throws -> LocalBroker {
        guard
            let binary = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"]
                .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
        else { throw BusError(.broker, "mosquitto is not installed: apt-get install mosquitto") }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let folder = URL(fileURLWithPath: folder).standardizedFileURL.path
        let pidFile = "\(folder)/mosquitto.pid"
        endStale(pidFile, folder: folder)
        let passwords = try credentials(in: folder, accounts)
        let port = try port != 0 && LoopbackPort.isFree(port) ? port : LoopbackPort.free()
        try write(configuration(port: port, folder: folder, runsAsRoot: getuid() == 0), to: "\(folder)/mosquitto.conf")
        let log = "\(folder)/mosquitto.log"
        try write("", to: log)
        guard let output = FileHandle(forWritingAtPath: log) else { throw BusError(.broker, "cannot write \(log)") }
        let child = try await ChildProcess.start(
            binary, ["-c", "\(folder)/mosquitto.conf"], log: output.fileDescriptor)
        try write("\(child.pid)\n", to: pidFile)
        for _ in 0..<100 {
            if LoopbackPort.answers(port) {
                return LocalBroker(port: port, passwords: passwords, child: child, pidFile: pidFile)
            }
            guard child.exit == nil else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        child.send(SIGTERM)
        throw BusError(.broker, "mosquitto does not answer; see \(log)")
    }

    /// Lets it write down what it has not delivered, and waits for its end; after 5 s it is killed.
    public func stop() async {
        child.send(SIGTERM)
        let killer = Task { [child] in
            try await Task.sleep(for: .seconds(5))
            child.send(SIGKILL)
        }
        _ = await child.wait()
        killer.cancel()
        do { try FileManager.default.removeItem(atPath: pidFile) } catch { return }
    }

    /// A broker that outlived a killed Slipway, by its pid file; the command line is checked so that no other process
    /// that was given the same number is ended.
    private static func endStale(_ pidFile: String, folder: String) {
        guard let text = FileManager.default.contents(atPath: pidFile).map({ String(decoding: $0, as: UTF8.self) }),
            let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)), pid > 1,
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
        else { return }
        guard String(decoding: line, as: UTF8.self).contains("\(folder)/mosquitto.conf") else { return }
        kill(pid, SIGTERM)
        for _ in 0..<40 where kill(pid, 0) == 0 { usleep(50_000) }
        // One whose starter blocked the signal for it never sees the polite one.
        if kill(pid, 0) == 0 { kill(pid, SIGKILL) }
    }

    /// Reads the kept passwords, makes those that are missing, and writes the files that the broker reads.
    private static func credentials(in folder: String, _ accounts: [Account]) throws -> [String: String] {
        let kept = "\(folder)/credentials"
        var passwords: [String: String] = [:]
        let text = FileManager.default.contents(atPath: kept).map { String(decoding: $0, as: UTF8.self) } ?? ""
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { passwords[String(parts[0])] = String(parts[1]) }
        }
        for account in accounts where passwords[account.name] == nil {
            var generator = SystemRandomNumberGenerator()
            let words = (0..<4).map { _ in String(generator.next() as UInt64, radix: 36) }
            passwords[account.name] = words.joined()
        }
        let lines = passwords.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)\n" }.joined()
        try write(lines, to: kept)
        // mosquitto_passwd hashes the file in place, so that no password stands in a process's arguments.
        try write(lines, to: "\(folder)/passwords")
        let hashing = Process()
        hashing.executableURL = URL(fileURLWithPath: "/usr/bin/mosquitto_passwd")
        hashing.arguments = ["-U", "\(folder)/passwords"]
        hashing.standardInput = FileHandle.nullDevice
        hashing.standardOutput = FileHandle.nullDevice
        hashing.standardError = FileHandle.nullDevice
        do { try hashing.run() } catch { throw BusError(.broker, "mosquitto_passwd does not start: \(error)") }
        hashing.waitUntilExit()
        guard hashing.terminationStatus == 0 else { throw BusError(.broker, "mosquitto_passwd failed") }
        let rules = accounts.map { account in
            "user \(account.name)\n"
                + account.rules.map { rule in
                    let words = rule.split(separator: " ", maxSplits: 1)
                    return "topic \(words[0]) \(words.count > 1 ? String(words[1]) : "#")\n"
                }.joined()
        }
        try write(rules.joined(separator: "\n"), to: "\(folder)/acl")
        return passwords
    }

    private static func configuration(port: Int, folder: String, runsAsRoot: Bool) -> String {
        """
        listener \(port) 127.0.0.1
        allow_anonymous false
        password_file \(folder)/passwords
        acl_file \(folder)/acl
        max_queued_messages 0
        max_inflight_messages 1000
        persistence true
        persistence_location \(folder)/
        autosave_interval 30
        log_type error
        log_type warning
        log_dest stderr
        \(runsAsRoot ? "user root" : "")
        """
    }

    private static func write(_ text: String, to file: String) throws {
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw BusError(.broker, "cannot write \(file)") }
    }
}
