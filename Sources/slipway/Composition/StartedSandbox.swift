import District
import Foundation
import Logging

/// The practice city of a sample house: a process of its own, which ends with the house however that ends.
final class StartedSandbox: Sendable {
    private let process: Process
    private let hold = Pipe()

    /// Starts it and returns at once; its address is named to the house as soon as it listens.
    /// - Parameter state: the file in which it keeps what it took.
    init(state: String, outside: Outside, logger: Logger) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["sandbox", "--listen", "127.0.0.1:0", "--state", state, "--with-parent"]
        let output = Pipe()
        process.standardInput = hold
        process.standardOutput = output
        try process.run()
        output.fileHandleForReading.readabilityHandler = { handle in
            let text = String(decoding: handle.availableData, as: UTF8.self)
            handle.readabilityHandler = nil
            guard let address = text.split(whereSeparator: \.isWhitespace).last, address.hasPrefix("http://") else {
                logger.warning("the practice city did not start")
                return
            }
            outside.name(String(address), for: "city")
        }
    }

    func stop() {
        try? hold.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }
}
