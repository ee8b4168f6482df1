import Foundation
import TestKit
import Testing

@testable import Fulfilment

@Suite struct FiguresTests {
    @Test("each instance that is there has its row beside what others found, and the sums are of those")
    func rows() async throws {
        guard let folder = SharedData.url("fulfilment/picking") else { return }
        let wanted = ["abc1/reduced_warehouse_29", "ran1/reduced_warehouse_32"]
        let figures = PickingFigures(
            cpu: { 0 },
            text: { name in
                guard wanted.contains(where: { name.hasPrefix($0) }) else { return nil }
                return try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            }, say: { _ in })
        // No time at all: savings alone.
        let rows = await figures.rows(seconds: 0)
        #expect(rows.count == 4)
        #expect(rows[0].value + rows[1].value == rows[2].value && rows[2].value == rows[3].value)
        #expect(rows[0].how.contains("7274") && rows[0].how.contains("6554") && rows[1].how.contains("4372"))
    }

    @Test func withoutInstancesThereIsNothingToTell() async {
        let figures = PickingFigures(cpu: { 0 }, text: { _ in nil }, say: { _ in })
        #expect(await figures.rows().isEmpty)
    }
}
