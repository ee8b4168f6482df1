import Foundation

/// Programs installed on this machine.
enum Program {
    /// The path of a program: on `PATH`, or where Debian and Homebrew put servers, which users' paths often leave out.
    static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init)
        return (folders + ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/opt/homebrew/sbin", "/opt/homebrew/bin"])
            .map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }
}
