import District
import Testing

@testable import Stewardship

@Suite("Watch: what the tests find, and how seldom they are wrong")
struct DropTestTests {
    let rules: WatchRules

    init() throws { rules = try WatchRules(Handbook.stewardship()) }

    @Test("without a gap, at most 5 in 100 of 1,000 seeded runs flag any group")
    func falseFlags() {
        var flagged = 0
        for seed in 1...1000 {
            var (random, scores) = (Seeded(state: UInt64(seed)), WatchScores())
            for _ in 0..<1400 {
                let turn = random.turn(kept: 0.95)
                scores.take(turn, rules)
                if !scores.gaps(among: turn.groups, rules).isEmpty {
                    flagged += 1
                    break
                }
            }
        }
        #expect(flagged <= 50, "\(flagged) of 1,000")
    }

    @Test(
        "ten points less in one group are found within 200 of its turns",
        arguments: [("70+", 0.95, 93), ("gyeongsang", 0.95, 90), ("70+", 0.92, 85)])
    func gap(group: String, kept: Double, least: Int) {
        var (found, others) = (0, 0)
        for seed in 1...100 {
            var (random, scores, turns) = (Seeded(state: UInt64(seed) &* 7919), WatchScores(), 0)
            var isOther = false
            for _ in 0..<600 { scores.take(random.turn(kept: kept), rules) }
            while turns < 200 {
                let turn = random.turn(kept: kept, drop: (group, 0.1))
                scores.take(turn, rules)
                guard turn.groups.values.contains(group) else { continue }
                turns += 1
                let gaps = scores.gaps(among: turn.groups, rules).map(\.group)
                if gaps.contains(where: { $0 != group }) { isOther = true }
                if gaps.contains(group) {
                    found += 1
                    break
                }
            }
            if isOther { others += 1 }
        }
        #expect(found >= least, "\(found) of 100")
        #expect(others <= 10, "another group was named in \(others) of 100")
    }

    @Test("drift is found within 400 judgements, and seldom seen where there is none")
    func drift() {
        var (found, wrong) = (0, 0)
        for seed in 1...200 {
            var (random, scores) = (Seeded(state: UInt64(seed) &* 104_729), WatchScores())
            for _ in 0..<1400 { scores.take(random.turn(kept: 0.95), rules) }
            if scores.hasDrifted(rules) {
                wrong += 1
                continue
            }
            for _ in 0..<400 where !scores.hasDrifted(rules) { scores.take(random.turn(kept: 0.85), rules) }
            if scores.hasDrifted(rules) { found += 1 }
        }
        #expect(wrong <= 10, "\(wrong) of 200 without a change")
        #expect(found >= 185, "\(found) of 200 with a change")
    }

    @Test("few turns are too few to tell, never no gap")
    func few() {
        var scores = WatchScores()
        func take(_ age: String, _ many: Int, _ verdict: AIUseJudged.Verdict = .kept) {
            for _ in 0..<many { scores.take(AIUseJudged("mill.grain", verdict, groups: ["age": age]), rules) }
        }
        #expect(scores.standing(of: "70+", in: "age", rules) == .few)
        take("40-69", 1000)
        take("70+", 199)
        #expect(scores.standing(of: "70+", in: "age", rules) == .few)
        #expect(scores.standing(of: "40-69", in: "age", rules) == .majority)
        take("70+", 1)
        #expect(scores.standing(of: "70+", in: "age", rules) == .none)
        #expect(scores.standing(of: "never seen", in: "age", rules) == .few)
    }

    @Test("a group that is alone is compared with nobody")
    func alone() {
        var scores = WatchScores()
        for _ in 0..<500 { scores.take(AIUseJudged("mill.grain", .overruled, groups: ["age": "70+"]), rules) }
        #expect(scores.standing(of: "70+", in: "age", rules) == .few)
    }

    @Test("shares are flagged only where the exact interval lies above the limit")
    func shares() {
        let scores = WatchScores()
        let latest = AIUseJudged("mill.grain", .overruled)
        func found(_ overruled: Int64, of seen: Int64) -> [WatchRule] {
            WatchFinding.all(
                latest, scores, counts: [.overrides: [.overruled: overruled, .kept: seen - overruled]], rules
            ).map(\.rule)
        }
        // 99 %, two-sided: 9 of 29 are too few to count, 18 of 30 lie above 0.3, 14 of 30 do not (0.237…0.706).
        #expect(found(29, of: 29).isEmpty)
        #expect(found(14, of: 30).isEmpty)
        #expect(found(18, of: 30) == [.overrides])
    }
}

extension Handbook {
    /// What the room ships.
    static func stewardship() -> Handbook { Handbook(shipped: "Sources/Stewardship/Data") }
}
