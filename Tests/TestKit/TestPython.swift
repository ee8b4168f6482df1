public import Foundation

/// The Python with the packages of scripts/requirements.txt, which says what others' tools make of the same input.
///
/// It is `.venv/bin/python` of the package, and a test is left out with a printed line where that or a module of it is
/// not here. Whoever names another in `SLIPWAY_PYTHON` says that it has them all: then such a test runs, and fails
/// where something is missing. scripts/test names it, so that nothing is left out there unseen.
///
/// ```swift
/// @Test("…", .enabled(if: TestPython.has("pabutools"), "no Python with pabutools"))
/// func parity() throws { let theirs = try TestPython.run("parity.py", [folder.path]) … }
/// ```
public enum TestPython {
    private static let named = ProcessInfo.processInfo.environment["SLIPWAY_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    private static var path: String { named ?? own }

    /// Tests/TestKit/TestPython.swift → the package → its own Python.
    private static var own: String {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        return package.appendingPathComponent(".venv/bin/python").path
    }

    /// Whether a test that needs these modules is to run.
    public static func has(_ modules: String...) -> Bool {
        if named != nil { return true }
        let look = "import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, sys.argv[1:])))"
        let process = command(["-c", look] + modules)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        var isHere = false
        do {
            try process.run()
            process.waitUntilExit()
            isHere = process.terminationStatus == 0
        } catch {}
        if !isHere {
            print("not compared, no Python with \(modules.joined(separator: ", ")): \(path) (scripts/setup --tests)")
        }
        return isHere
    }

    /// A script that stands beside the test which asks, ready to be run.
    public static func script(_ name: String, _ arguments: [String], beside test: String = #filePath) -> Process {
        let script = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent(name)
        return command([script.path] + arguments)
    }

    /// Runs a script that stands beside the test which asks, with a text as its input, and answers what it printed.
    /// - Throws: what it said last where it failed.
    public static func run(
        _ name: String, _ arguments: [String] = [], input: String = "", beside test: String = #filePath
    ) throws -> String {
        // Files for all but one of its ends: two pipes, read one after the other, could wait for each other.
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("slipway-python-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let told = folder.appendingPathComponent("input")
        let complaints = folder.appendingPathComponent("complaints")
        try Data(input.utf8).write(to: told)
        try Data().write(to: complaints)
        let process = script(name, arguments, beside: test)
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: told)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: complaints)
        do {
            try process.run()
        } catch {
            throw Failure(description: "no Python at \(path) (scripts/setup --tests)")
        }
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let complained = String(decoding: try Data(contentsOf: complaints), as: UTF8.self)
            throw Failure(description: "\(name) ended with \(process.terminationStatus): \(complained.suffix(2000))")
        }
        return said
    }

    private static func command(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        return process
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
