import Foundation
import TestKit
import Testing

@testable import Commons

/// Holds every count against PyPI `pabutools`, on files that ours has written and theirs reads.
@Suite("Parity with PyPI pabutools", .serialized)
struct ParityTests {
    /// The Python of the tests, with the packages of scripts/requirements.txt.
    private static let python =
        ProcessInfo.processInfo.environment["SLIPWAY_PYTHON"]
        ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../.venv/bin/python")
        .standardizedFileURL.path

    private static func run(_ arguments: [String]) throws -> (code: Int32, text: String) {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    static var canCompare: Bool {
        let isHere = (try? run(["-c", "import pabutools"]))?.code == 0
        if !isHere { print("no Python with pabutools, not compared: scripts/setup --tests") }
        return isHere
    }

    /// As many elections of each kind; SLIPWAY_PROOF asks for more.
    private static let elections: UInt64 = ProcessInfo.processInfo.environment["SLIPWAY_PROOF"] == nil ? 25 : 400

    @Test("the same projects by greedy, equal shares and three completions", .enabled(if: canCompare))
    func parity() async throws {
        try await withTemporaryFolder { folder in
            var ours: [String: [String]] = [:]
            for seed in 0..<Self.elections {
                for hasPoints in [false, true] {
                    let file = Elections.drawn(seed, hasPoints: hasPoints)
                    let name = "\(hasPoints ? "points" : "names")-\(seed)"
                    let text = file.text()
                    try Data(text.utf8).write(to: folder.appending(path: "\(name).pb"))
                    // What was written is counted, not what was drawn.
                    let election = try PabulibFile(parsing: text).election
                    for measure in hasPoints ? [Satisfaction.points] : [.projects, .cost] {
                        for (rule, chosen) in Self.counts(election, measure) {
                            ours["\(name) \(measure.rawValue) \(rule)"] = chosen.map { election.projects[$0].id }
                                .sorted()
                        }
                    }
                }
            }
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "parity.py")
            let theirs = try Self.run([script.path, folder.path])
            try #require(theirs.code == 0)
            let lines = theirs.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(lines.count == ours.count)
            for line in lines {
                let key = line.prefix(3).joined(separator: " ")
                #expect(ours[key] == Array(line.dropFirst(3)), "\(key)")
            }
        }
    }

    private static func counts(_ election: BudgetElection, _ measure: Satisfaction) -> [(String, [Int])] {
        func shares(_ completion: Completion) -> [Int] {
            EqualShares.decide(election, by: measure, completion: completion).projects
        }
        return [
            ("greedy", Greedy.spend(election, by: measure).filter(\.isChosen).map(\.project)),
            ("shares", shares(.none)), ("filled", shares(.greedy)), ("add1", shares(.addOne(.units(1)))),
            ("add7", shares(.addOne(.units(7)))),
        ]
    }
}
