import Foundation
import TestKit
import Testing

@testable import Commons

/// Holds every count against PyPI `pabutools`, on files that ours has written and theirs reads.
@Suite("Parity with PyPI pabutools", .serialized)
struct ParityTests {
    /// As many elections of each kind; SLIPWAY_PROOF asks for more.
    private static let elections: UInt64 = ProcessInfo.processInfo.environment["SLIPWAY_PROOF"] == nil ? 10 : 400

    @Test(
        "the same projects by greedy, equal shares and three completions",
        .enabled(if: TestPython.has("pabutools"), "no Python with pabutools")
    )
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
            let theirs = try TestPython.run("parity.py", [folder.path])
            let lines = theirs.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
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
