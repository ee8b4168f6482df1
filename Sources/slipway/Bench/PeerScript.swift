import Foundation

/// A package of PyPI that does what ours does, and the script that has it do that on a file and says how long it took.
struct PeerScript {
    /// The package, as a figure calls it.
    let package: String
    /// Which part of the bench asks, after which its files are named.
    let part: String
    /// Prints the seconds it took, and after them what else is asked of it, as words on its last line.
    let script: String

    /// What a script said on its last line.
    struct Said {
        let seconds: Double
        /// The words after the seconds.
        let rest: [String]
    }

    /// Runs the script, and waits for its end.
    /// - Parameters:
    ///   - input: what is put in the file that the script is given.
    ///   - ending: of that file's name: `csv`.
    /// - Returns: nil, with a line that says so, where there is no such Python or it has no such package.
    func run(on input: Data, ending: String, in folder: String, by python: String) throws -> Said? {
        let (file, code) = ("\(folder)/\(part).\(ending)", "\(folder)/\(part).py")
        try input.write(to: URL(fileURLWithPath: file))
        try script.write(toFile: code, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [code, file]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let out = Pipe()
        process.standardOutput = out
        do {
            try process.run()
        } catch {
            Output.error("… \(part): no Python at \(python), \(package) left out")
            return nil
        }
        let said = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let words = said.split(separator: "\n").last?.split(separator: " ").map(String.init) ?? []
        guard process.terminationStatus == 0, let seconds = words.first.flatMap(Double.init) else {
            Output.error("… \(part): \(python) has no \(package), left out")
            return nil
        }
        return Said(seconds: seconds, rest: Array(words.dropFirst()))
    }
}
