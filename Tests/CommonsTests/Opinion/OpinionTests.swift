import District
import Testing

@testable import Commons

@Suite("The opinion map")
struct OpinionTests {
    /// Two camps that agree on statement 0 and disagree on most others; on statement 5 half pass and half answer by chance; every
    /// fifth answer is missing.
    static func camps(_ participants: Int, seed: UInt64) -> OpinionMatrix {
        var draw = SeededDraw(seed: seed)
        var votes: [(participant: Int, statement: Int, vote: OpinionMatrix.Vote)] = []
        for participant in 0..<participants {
            let side: OpinionMatrix.Vote = participant % 3 == 0 ? .agree : .disagree
            for statement in 0..<8 where !draw.happens(0.2) {
                let vote: OpinionMatrix.Vote =
                    switch statement {
                    case 0: .agree
                    case 5: draw.happens(0.5) ? .pass : draw.happens(0.5) ? .agree : .disagree
                    default: draw.happens(0.9) ? side : .pass
                    }
                votes.append((participant, statement, vote))
            }
        }
        return OpinionMatrix(participants: participants, statements: 8, votes: votes)
    }

    @Test("two camps are two groups, what unites and what divides them is found", arguments: [1, 2, 3] as [UInt64])
    func camps(seed: UInt64) throws {
        let matrix = Self.camps(90, seed: seed)
        let map = OpinionMap(matrix)
        try #require(map.count == 2)
        // The larger camp is group 0; nobody who took a side on four of the dividing statements stands in the wrong one.
        for (row, group) in zip(map.placed, map.groups) {
            let sides = [1, 2, 3, 4, 6, 7].compactMap { matrix[row, $0] }.filter { $0 != .pass }
            if sides.count >= 4 { #expect(group == (row % 3 == 0 ? 1 : 0)) }
        }
        let reading = OpinionReading(matrix, map)
        #expect(reading.unites.first?.statement == 0)
        #expect(Set(reading.divides.map(\.statement)) == [1, 2, 3, 4, 6, 7])
    }

    @Test("the same answers give the same bytes")
    func same() {
        let (one, other) = (OpinionMap(Self.camps(60, seed: 9)), OpinionMap(Self.camps(60, seed: 9)))
        #expect(
            one.points.map { [$0.x.bitPattern, $0.y.bitPattern] }
                == other.points.map { [$0.x.bitPattern, $0.y.bitPattern] })
        #expect(one.groups == other.groups)
    }

    @Test("too few participants are in no groups, and one camp is one group")
    func few() {
        #expect(OpinionMap(Self.camps(9, seed: 1)).count == 0)
        let all = (0..<30).flatMap { row in
            (0..<5).map { (participant: row, statement: $0, vote: OpinionMatrix.Vote.agree) }
        }
        let map = OpinionMap(OpinionMatrix(participants: 30, statements: 5, votes: all))
        #expect(map.count == 1)
        let reading = OpinionReading(OpinionMatrix(participants: 30, statements: 5, votes: all), map)
        #expect(reading.unites.count == 5 && reading.divides.isEmpty)
    }
}
