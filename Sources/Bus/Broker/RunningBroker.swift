import Foundation

/// A broker that ``LocalBroker`` started; it is stopped with ``stop()``, or when nobody holds it any more.
public final class RunningBroker: Sendable {
    /// Its port on 127.0.0.1.
    public let port: Int
    private let child: ChildProcess
    private let credentials: [BusCredential]
    private let files: BrokerFolder
    private let lock: FolderLock

    init(child: ChildProcess, port: Int, credentials: [BusCredential], files: BrokerFolder, lock: FolderLock) {
        self.child = child
        self.port = port
        self.credentials = credentials
        self.files = files
        self.lock = lock
    }

    deinit { child.send(SIGTERM) }

    /// Whether its process lives.
    public var isRunning: Bool { child.exit == nil }

    /// Where it writes its log.
    public var logFile: String { files.log }

    /// The name and password of an account; nil where it was started without that account.
    public func credential(for account: String) -> BusCredential? {
        credentials.first { $0.name == account }
    }

    /// Waits until its process has ended, for whatever reason.
    public func waitUntilExit() async { _ = await child.wait() }

    /// Lets it write down what it has not delivered, and waits for its end; after 5 s it is killed.
    public func stop() async {
        child.send(SIGTERM)
        let killer = Task { [child] in
            try await Task.sleep(for: .seconds(5))
            child.send(SIGKILL)
        }
        _ = await child.wait()
        killer.cancel()
        // Once only: after that the file may be a successor's.
        guard lock.isHeld else { return }
        unlink(files.processNumber)
        lock.release()
    }
}
