import Foundation

/// The Python of the tests, with the packages of scripts/requirements.txt.
enum Python {
    private static let path =
        ProcessInfo.processInfo.environment["SLIPWAY_PYTHON"]
        ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../.venv/bin/python")
        .standardizedFileURL.path

    /// Whether it is here and has a package.
    static func has(_ package: String) -> Bool { (try? run(["-c", "import \(package)"], "").status) == 0 }

    /// The place of a script beside these tests.
    static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name).path
    }

    /// Runs it with a text as its input.
    static func run(_ arguments: [String], _ input: String) throws -> (output: String, status: Int32) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "epcis-\(UUID().uuidString)")
        try Data(input.utf8).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: folder)
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }
}
