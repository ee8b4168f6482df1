import Testing

@testable import Commons

@Suite("Ranked and point ballots")
struct TallyTests {
    @Test("whoever is last leaves until one has more than half")
    func runOff() {
        let outcome = RankedTally.count(
            options: ["a", "b", "c"], ballots: [([0], 4), ([1, 0], 3), ([2, 1], 2), ([], 1)])
        #expect(outcome.winner == 1)
        #expect(outcome.rounds.map(\.out) == [2, nil])
        #expect(outcome.rounds[1].votes == [0: 4, 1: 5] && outcome.rounds[1].exhausted == 1)
    }

    @Test("who is last alike leaves by the round before, then by identifier; the order of ballots does not matter")
    func ties() {
        let ballots: [(ranking: [Int], count: Int)] = [
            ([0, 2], 4), ([1, 2], 3), ([2, 1], 3), ([3, 1], 1), ([3, 2], 1),
        ]
        let outcome = RankedTally.count(options: ["a", "b", "c", "d"], ballots: ballots)
        #expect(outcome == RankedTally.count(options: ["a", "b", "c", "d"], ballots: ballots.reversed()))
        // d leaves; b and c then have 4 each with a: all three alike, b and c had 3 before; c is the higher identifier.
        #expect(outcome.rounds.map(\.out) == [3, 2, nil] && outcome.rounds[1].wasTied)
        #expect(outcome.winner == 1)
        #expect(RankedTally.count(options: ["a"], ballots: []).winner == nil)
        // A ballot that names one twice counts it once.
        #expect(RankedTally.count(options: ["a", "b"], ballots: [([1, 1], 2), ([0], 1)]).winner == 1)
    }

    @Test("points decide, then how many gave any, then the identifier, and a tie at the edge is shown")
    func points() {
        let places = PointTally.count(
            options: ["a", "b", "c", "d"],
            ballots: [([0: 3, 1: 1], 1), ([1: 1, 2: 3], 1), ([1: 1], 1)], seats: 2)
        #expect(places.map(\.option) == [1, 0, 2, 3])
        #expect(places.map(\.isChosen) == [true, true, false, false])
        #expect(places.map(\.wasTied) == [false, true, true, false])
        #expect(
            PointTally.count(options: ["a", "b"], ballots: [([0: 1], 1)], seats: 2).map(\.isChosen) == [true, false])
    }
}
