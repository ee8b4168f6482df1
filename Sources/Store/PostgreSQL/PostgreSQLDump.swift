import Foundation

/// A PostgreSQL store as one file, and back, by PostgreSQL's own tools: their format outlives ours.
public enum PostgreSQLDump {
    /// Writes a consistent copy of a store's schema to a new file, while others read and write.
    /// - Throws: ``StoreError``; `unavailable` with the tool's words where `pg_dump` fails or is missing.
    public static func write(_ url: String, to file: String) async throws {
        let settings = try PostgreSQLSettings(url)
        var arguments = ["--format=custom", "--no-owner", "--no-privileges", "--file=\(file)"]
        if let schema = settings.schema { arguments.append("--schema=\(schema)") }
        try await run("pg_dump", arguments + ["--dbname=\(settings.publicText)"], settings)
    }

    /// Makes a store from such a file, in a database that does not have its schema yet.
    /// - Throws: ``StoreError``; `unavailable` with the tool's words where `pg_restore` fails or is missing.
    public static func read(_ file: String, into url: String) async throws {
        let settings = try PostgreSQLSettings(url)
        try await run(
            "pg_restore",
            ["--exit-on-error", "--single-transaction", "--no-owner", "--dbname=\(settings.publicText)", file], settings
        )
    }

    private static func run(_ tool: String, _ arguments: [String], _ settings: PostgreSQLSettings) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        var environment = ProcessInfo.processInfo.environment
        // Arguments can be read by every account of the machine; the environment of a process only by its own.
        if let password = settings.plainPassword { environment["PGPASSWORD"] = password }
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw StoreError(.unavailable, "\(tool) cannot be started: \(error)")
        }
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw StoreError(.unavailable, "\(tool): \(settings.redacted(said.trimmingCharacters(in: .newlines)))")
        }
    }
}

extension PostgreSQLSettings {
    /// The URL without its password.
    var publicText: String {
        guard let password, !password.isEmpty else { return connectionText }
        return connectionText.replacing(":\(password)@", with: "@", maxReplacements: 1)
    }

    /// The password as it is typed: in a URL some signs are escaped.
    var plainPassword: String? { password.map { $0.removingPercentEncoding ?? $0 } }
}
