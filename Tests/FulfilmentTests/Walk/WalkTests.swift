import Access
import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Whatever people do with goods and orders, in whatever order they do it: what must hold, holds after each step.
@Suite struct WalkTests {
    /// Longer and more often where there is time for it.
    private static let isLong = ProcessInfo.processInfo.environment["SLIPWAY_PROOF"] == "1"
    /// `SLIPWAY_WALKS=25-120` walks others than the usual ones.
    private static let seeds: [UInt64] = {
        let ends = (ProcessInfo.processInfo.environment["SLIPWAY_WALKS"] ?? "").split(separator: "-").compactMap {
            UInt64($0)
        }
        if ends.count == 2, ends[0] <= ends[1] { return Array(ends[0]...ends[1]) }
        return isLong ? Array(1...24) : [3, 5]
    }()
    private static let steps = isLong ? 600 : 90

    @Test(
        "orders, receipts, picks, shortages, recalls, counts, cancellations, parcels and returns at random",
        arguments: StoreUnderTest.all, seeds)
    func holds(kind: StoreUnderTest, seed: UInt64) async throws {
        try await Yard.selling(kind) { yard in
            try await yard.openSecondColdPlace()
            var walk = Walk(yard, seed: seed)
            for number in 1...Self.steps {
                do {
                    try await walk.step()
                } catch let fault as WalkFault {
                    Issue.record("seed \(seed), step \(number): \(fault)\n\(walk.trace.joined(separator: "\n"))")
                    return
                }
                let broken = try await walk.broken()
                guard broken.isEmpty else {
                    Issue.record(
                        "seed \(seed), step \(number): \(broken.joined(separator: "; "))\n\(walk.trace.joined(separator: "\n"))"
                    )
                    return
                }
            }
            // Whatever happened, every order comes to its end.
            let left = try await walk.finish()
            let broken = try await walk.broken()
            #expect(
                left.isEmpty && broken.isEmpty,
                "seed \(seed): \((left + broken).joined(separator: "; "))\n\(walk.trace.joined(separator: "\n"))")
            #expect(try await yard.rebuildsAlike())
        }
    }
}

extension Yard {
    /// Milk can lie in two places.
    func openSecondColdPlace() async throws {
        try await perform(
            "fulfilment.place.register",
            [
                "centre": .string(Self.centre), "name": "C-02-1", "kind": "pick", "aisle": 2, "position": 1,
                "volume": 600_000, "weight": 400_000, "climate": "chilled", "sequence": 120,
            ], by: .system("test"))
    }
}
