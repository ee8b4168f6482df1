import Testing

@testable import Transition

@Suite("Structure: shift-share, variety, resilience, peers")
struct StructureTests {
    private let before = EconomyMatrix(regions: ["A", "B"], industries: ["1", "2"], values: [30, 10, 10, 30])
    private let after = EconomyMatrix(regions: ["A", "B"], industries: ["1", "2"], values: [45, 10, 15, 30])

    @Test("a change is what came with the whole, with the industries and of the place")
    func shiftShare() throws {
        let change = ShiftShare(from: before, to: after)
        #expect(change.growth == 0.25)
        let part = change.regions[0]
        #expect([part.change, part.whole, part.mix, part.own] == [15, 10, 5, 0])
        #expect(try #require(change.part(0, 0)).mix == 7.5)
    }

    @Test("the parts add up to the change, and unknown cells count on neither side", arguments: [2, 8] as [UInt64])
    func adds(seed: UInt64) {
        let old = Economies.drawn(seed: seed, unknown: 0.2)
        let change = ShiftShare(from: old, to: Economies.drawn(seed: seed + 1, unknown: 0.2))
        for part in change.regions {
            #expect(abs(part.change - part.whole - part.mix - part.own) < 1e-6)
            #expect(part.knownShare < 1)
        }
        let cell = old.values.firstIndex { $0.isNaN } ?? 0
        #expect(change.part(cell / 60, cell % 60) == nil)
    }

    @Test("Martin's sensitivity, and resistance against what the whole would have done")
    func resilience() {
        let resilience = Resilience(of: 0, in: ShiftShare(from: before, to: after))
        #expect(resilience.sensitivity == 1.5 && resilience.resistance == 0.5)
        #expect(Resilience(of: 0, in: ShiftShare(from: before, to: before)).sensitivity == nil)
    }

    @Test("variety between sectors and within them, in bits")
    func variety() throws {
        let matrix = EconomyMatrix(regions: ["A"], industries: ["a1", "a2", "b1"], values: [1, 1, 2])
        let variety = try #require(Variety(of: 0, in: matrix) { String($0.prefix(1)) })
        #expect(variety.unrelated == 1 && variety.related == 0.5 && variety.total == 1.5)
        let nothing = EconomyMatrix(regions: ["A"], industries: ["a1"], values: [.nan])
        #expect(Variety(of: 0, in: nothing) { $0 } == nil)
    }

    @Test("the nearest city by Hellinger distance, with the industries that make it")
    func peers() {
        let matrix = EconomyMatrix(
            regions: ["A", "B", "C"], industries: ["ships", "steel", "fish"], values: [50, 50, 0, 45, 45, 10, 0, 0, 80])
        let peers = Peers(matrix).nearest(to: 0)
        #expect(peers.map(\.region) == [1, 2])
        #expect(abs(peers[0].distance - (1 - 0.9.squareRoot()).squareRoot()) < 1e-12)
        #expect(peers[1].distance == 1)
        #expect(Set(peers[0].alike.map(\.industry)) == [0, 1])
        #expect(peers[0].unlike.first?.industry == 2)
    }

    @Test("a region of which most is hidden is like nobody, and an industry speaks for one side alone")
    func hidden() {
        let matrix = EconomyMatrix(
            regions: ["A", "B", "C"], industries: ["ships", "steel", "fish", "food"],
            values: [10, 10, 40, 40, 10, 10, .nan, .nan, 12, 10, 30, 45])
        let peers = Peers(matrix).nearest(to: 0)
        #expect(peers.map(\.region) == [2])
        for peer in peers {
            #expect(Set(peer.alike.map(\.industry)).isDisjoint(with: peer.unlike.map(\.industry)))
            #expect(!peer.unlike.isEmpty)
        }
    }

    @Test("a distance is the same both ways, between 0 and 1, and 0 to one's like", arguments: Likeness.allCases)
    func distances(likeness: Likeness) {
        let drawn = Economies.drawn(seed: 6, regions: 12, industries: 20)
        let twin = drawn.values.prefix(20)
        let matrix = EconomyMatrix(
            regions: drawn.regions + ["twin"], industries: drawn.industries, values: drawn.values + twin)
        let peers = Peers(matrix, space: IndustrySpace(Specialisation(matrix)))
        let mine = peers.nearest(to: 0, by: likeness, count: 20)
        #expect(mine.first?.region == 12 && (mine.first?.distance ?? 1) < 1e-6)
        #expect(mine.allSatisfy { (0...1).contains($0.distance) })
        let back = peers.nearest(to: mine[3].region, by: likeness, count: 20).first { $0.region == 0 }
        #expect(abs((back?.distance ?? 9) - mine[3].distance) < 1e-12)
    }
}
