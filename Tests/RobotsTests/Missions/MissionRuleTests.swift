import Record
import Testing

@testable import Robots

struct MissionRuleTests {
    static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    static func kept(_ steps: [MissionStep] = [], digits: String? = "0427") throws -> MissionCase {
        var mission = MissionStepTests.mission()
        for step in steps { mission = try mission.after(step) }
        var kept = MissionCase(mission: mission, sender: "firm-onyu", purpose: nil, author: "person:p")
        kept.secret.digits = digits
        return kept
    }

    @Test("digits open the hand-over, wrong ones are counted, and after the last no more are taken")
    func digits() throws {
        var kept = try Self.kept()
        #expect(HandOver.judge("0427", kept, tries: 5) == .right)
        #expect(HandOver.judge(" 04-27 ", kept, tries: 5) == .right)
        #expect(HandOver.judge("427", kept, tries: 5) == .wrong(left: 4))
        kept.mistakes = 4
        #expect(HandOver.judge("1111", kept, tries: 5) == .wrong(left: 0))
        kept.mistakes = 5
        #expect(HandOver.judge("0427", kept, tries: 5) == .closed)
        // Forgotten digits open nothing.
        #expect(HandOver.judge("", try Self.kept(digits: nil), tries: 5) == .closed)
        let made = (0..<200).map { _ in HandOver.digits() }
        #expect(made.allSatisfy { $0.count == HandOver.length && $0.allSatisfy(\.isNumber) })
        #expect(Set(made).count > 100)
    }

    @Test("what must stay cold is never taken to be cold without a fresh reading")
    func cold() {
        let limit = ColdLimit(celsius: 8, thing: "box-1", property: "temperature")
        func verdict(_ celsius: Double, age: Double, warmest: Double? = nil) -> ColdChain.Verdict {
            ColdChain.verdict(
                limit, last: ColdReading(celsius: celsius, observed: Self.now.advanced(bySeconds: -age)),
                warmest: warmest, stale: 120, at: Self.now)
        }
        #expect(ColdChain.verdict(nil, last: nil, warmest: nil, stale: 120, at: Self.now) == .free)
        #expect(ColdChain.verdict(limit, last: nil, warmest: nil, stale: 120, at: Self.now).reason == .coldUnknown)
        #expect(verdict(5, age: 10) == .cold(5))
        #expect(verdict(8, age: 120) == .cold(8))
        #expect(verdict(8.1, age: 10).reason == .cold)
        #expect(verdict(5, age: 121).reason == .coldUnknown)
        #expect(verdict(5, age: -300).reason == .coldUnknown)
        #expect(verdict(.nan, age: 1).reason == .coldUnknown)
        // Cold again is not cold all the way.
        #expect(verdict(5, age: 10, warmest: 9).reason == .cold)
    }

    @Test("a person is called after the patience; a visit then goes on, a hand-over at last fails")
    func patience() throws {
        var kept = try Self.kept([
            .assigned(MissionStepTests.vehicle), .started(leg: 0), .arrived(leg: 0), .started(leg: 1), .arrived(leg: 1),
            .waiting(leg: 1),
        ])
        func due(_ seconds: Double) -> MissionPatience.Due {
            MissionPatience.due(kept, giveUp: 4, at: Self.now.advanced(bySeconds: seconds))
        }
        #expect(due(1000) == .nothing)
        kept.arrived = Self.now
        #expect(due(179) == .nothing)
        #expect(due(180) == .call)
        kept.called = Self.now.advanced(bySeconds: 180)
        #expect(due(700) == .nothing)
        #expect(due(720) == .fail)
        kept.mission.stops[1] = .init(node: "ward-3", task: .visit, patience: 60)
        #expect(due(239) == .nothing)
        #expect(due(240) == .pass)
    }

    @Test(
        "a person is called to what is late, has lost its vehicle or gets none, once each; and it stays patience's matter who comes"
    )
    func trouble() throws {
        var kept = try Self.kept([.assigned(MissionStepTests.vehicle), .started(leg: 0)])
        kept.promise = Promise(due: Self.now.advanced(bySeconds: 60), late: Self.now.advanced(bySeconds: 100))
        func trouble(_ seconds: Double, gone: Bool = false) -> MissionReason? {
            MissionPatience.trouble(kept, isGone: gone, untaken: 1800, at: Self.now.advanced(bySeconds: seconds))
        }
        #expect(trouble(100) == nil)
        #expect(trouble(101) == .late)
        kept.mission.deadline = Self.now.advanced(bySeconds: 30)
        #expect(trouble(31) == .late)
        #expect(trouble(1, gone: true) == .vehicle)
        kept.apply(MissionEvents.called, ["reason": "late"], at: Self.now.advanced(bySeconds: 101))
        #expect(kept.callReason == "late" && trouble(500) == nil)
        #expect(trouble(500, gone: true) == .vehicle)
        // On the way to the next stop nobody is called for the same again.
        for (type, leg) in [
            (MissionEvents.arrived, 0.0), (MissionEvents.started, 1), (MissionEvents.arrived, 1),
            (MissionEvents.waiting, 1),
        ] {
            kept.apply(type, ["leg": .number(leg)], at: Self.now.advanced(bySeconds: 600))
        }
        #expect(kept.called == nil && trouble(700) == nil)
        // Called for lateness is not called to somebody who did not come.
        kept.apply(MissionEvents.called, ["reason": "vehicle"], at: Self.now.advanced(bySeconds: 620))
        #expect(trouble(700, gone: true) == nil)
        #expect(MissionPatience.due(kept, giveUp: 4, at: Self.now.advanced(bySeconds: 780)) == .call)
        kept = try Self.kept()
        kept.mission.asked = Self.now
        #expect(trouble(1800) == nil && trouble(1801) == .untaken)
        kept.apply(MissionEvents.cancelled, ["reason": "person"], at: Self.now)
        #expect(trouble(9999) == nil)
    }

    @Test("a promise moves only by more than a minute and more than a tenth of what was left")
    func promise() {
        let old = Promise(due: Self.now.advanced(bySeconds: 1200), late: Self.now.advanced(bySeconds: 1500))
        func moved(_ seconds: Double) -> Bool {
            Promise(due: Self.now.advanced(bySeconds: seconds), late: Self.now.advanced(bySeconds: seconds + 300))
                .moved(from: old, at: Self.now)
        }
        #expect(!moved(1200 + 119))
        #expect(moved(1200 + 121))
        #expect(moved(1200 - 121))
        let near = Promise(due: Self.now.advanced(bySeconds: 120), late: Self.now.advanced(bySeconds: 200))
        let shifted = Promise(due: Self.now.advanced(bySeconds: 175), late: Self.now.advanced(bySeconds: 250))
        #expect(!shifted.moved(from: near, at: Self.now))
        #expect(shifted.moved(from: nil, at: Self.now))
        // While nothing moves only time goes by: no other time is promised, until it goes on or gets worse.
        let said = Promise(due: Self.now.advanced(bySeconds: 600), late: Self.now.advanced(bySeconds: 900))
        func told(after seconds: Double, left: Double) -> Bool {
            let at = Self.now.advanced(bySeconds: seconds)
            return Promise(due: at.advanced(bySeconds: left), late: at.advanced(bySeconds: left + 300))
                .moved(from: said, said: Self.now, at: at)
        }
        for seconds in stride(from: 60.0, through: 900, by: 60) { #expect(!told(after: seconds, left: 600)) }
        // A time that is over is no promise: another one is given, whatever stands.
        #expect(!told(after: 904, left: 600) && told(after: 906, left: 600) && told(after: 3600, left: 600))
        #expect(told(after: 3600, left: 560))
        #expect(told(after: 60, left: 900))
        #expect(told(after: 60, left: 300))
        // With too little history half as long again; with enough its ninth tenth.
        #expect(Promise(plan: 600, ratios: [], at: Self.now).late.seconds(since: Self.now) == 900)
        let ratios = (1...20).map { 0.9 + Double($0) * 0.05 }
        let promise = Promise(plan: 600, ratios: ratios, at: Self.now)
        #expect(abs(promise.late.seconds(since: Self.now) - 600 * 1.8) < 0.001)
        #expect(promise.due < promise.late)
        #expect(Promise(plan: 0, ratios: [], at: Self.now).late.seconds(since: Self.now) == 60)
    }
}
