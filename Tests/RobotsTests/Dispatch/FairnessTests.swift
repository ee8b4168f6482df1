import Foundation
import Record
import TestKit
import Testing

@testable import Robots

/// No sender's 95th percentile of waiting is above twice the median of the senders', at equal priority.
struct FairnessTests {
    @Test("a flood from one sender and a far one do not starve the others", arguments: [11, 12])
    func flood(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var jobs: [DispatchJob] = []
        // One sends sixty at once, two send steadily, the last of them from the far end.
        for number in 0..<60 {
            jobs.append(Corridor.job("flood-\(number)", [10, 60], asked: Double(number), sender: "flood"))
        }
        for (sender, from, to) in [("near", 20, 70), ("far", 290, 240), ("middle", 120, 160)] {
            for number in 0..<25 {
                let asked = Double(number) * 150 + Double.random(in: 0..<60, using: &random)
                jobs.append(Corridor.job("\(sender)-\(number)", [from, to], asked: asked, sender: sender))
            }
        }
        let waits = Self.waits(jobs)
        let highs = waits.mapValues { DispatchTests.quantile(0.95, $0) }
        // Whoever floods waits for itself; of the others none is treated worse.
        let others = highs.filter { $0.key != "flood" }
        let all = waits.values.flatMap { $0 }
        let median = DispatchTests.quantile(0.5, all)
        #expect(others.values.allSatisfy { $0 <= 2 * median }, "\(highs), median \(median)")
        #expect((highs["flood"] ?? 0) >= (others.values.max() ?? 0))
    }

    @Test("senders of equal need wait alike, wherever they stand", arguments: [21, 22])
    func alike(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var jobs: [DispatchJob] = []
        for (sender, from, to) in [("a", 10, 60), ("b", 100, 150), ("c", 200, 260), ("d", 290, 250)] {
            var asked = 0.0
            for number in 0..<40 {
                asked += -log(Double.random(in: 0.001..<1, using: &random)) * 160
                jobs.append(Corridor.job("\(sender)-\(number)", [from, to], asked: asked, sender: sender))
            }
        }
        let highs = Self.waits(jobs).mapValues { DispatchTests.quantile(0.95, $0) }
        let median = DispatchTests.quantile(0.5, Array(highs.values))
        #expect(highs.values.allSatisfy { $0 <= 2 * median }, "\(highs)")
    }

    /// How long each sender's missions waited until a vehicle set out for them, in seconds.
    private static func waits(_ jobs: [DispatchJob]) -> [String: [Double]] {
        let vehicles = (1...6).map { Corridor.vehicle($0, at: 50 * $0, drain: 0.002) }
        var corridor = Corridor(vehicles: vehicles, coming: jobs, chargers: ["0", "100", "200", "300"])
        for _ in 0..<1600 where corridor.done.count < jobs.count { corridor.step() }
        #expect(corridor.done.count == jobs.count)
        return Dictionary(grouping: jobs, by: \.sender).mapValues { jobs in
            jobs.compactMap { corridor.begun[$0.id]?.seconds(since: $0.asked) }
        }
    }
}
