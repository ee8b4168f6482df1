import Record
import TestKit
import Testing

@testable import Sensing

@Suite("The life of an alarm")
struct AlarmStateTests {
    @Test(
        "every step from every state leads where ISA-18.2 says, or is refused with its reason",
        arguments: [
            (AlarmState.normal, AlarmStep.raise, "unacknowledged-active"), (.normal, .acknowledge, "over"),
            (.normal, .clear, "over"),
            (.unacknowledgedActive, .raise, "already-active"),
            (.unacknowledgedActive, .acknowledge, "acknowledged-active"),
            (.unacknowledgedActive, .clear, "unacknowledged-cleared"), (.acknowledgedActive, .raise, "already-active"),
            (.acknowledgedActive, .acknowledge, "already-acknowledged"), (.acknowledgedActive, .clear, "normal"),
            (.unacknowledgedCleared, .raise, "unacknowledged-active"), (.unacknowledgedCleared, .acknowledge, "normal"),
            (.unacknowledgedCleared, .clear, "already-cleared"),
        ])
    func table(_ state: AlarmState, _ step: AlarmStep, _ expected: String) {
        do throws(AlarmRefusal) {
            let next = try state.after(step)
            #expect(next.rawValue == expected)
        } catch {
            #expect(error.code == expected)
            #expect(!error.words.ko.isEmpty && !error.words.en.isEmpty)
        }
    }

    @Test("after any steps an alarm is over only once its cause went and someone knew", arguments: [5 as UInt64, 6])
    func walk(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var state = AlarmState.unacknowledgedActive
            var (isKnown, isGone) = (false, false)
            for _ in 0..<20 {
                let step = AlarmStep.allCases.randomElement(using: &random) ?? .raise
                guard let next = try? state.after(step) else { continue }
                switch step {
                case .raise: (isKnown, isGone) = (false, false)
                case .acknowledge: isKnown = true
                case .clear: isGone = true
                }
                state = next
                #expect((state == .normal) == (isKnown && isGone), "seed \(seed)")
                #expect(state.isActive == !isGone, "seed \(seed)")
                #expect(state.wantsAcknowledgement == !isKnown, "seed \(seed)")
            }
        }
    }

    @Test("a rarer chance and a hard limit are the more urgent")
    func priorities() {
        #expect(AlarmPriority.of(nil, p: 1) == .critical)
        #expect(AlarmPriority.of(.stuck, p: 1e-30) == .medium)
        #expect(AlarmPriority.allCases.map(\.urgency) == [4, 3, 2, 1])
        #expect(AlarmPriority.critical.level == "1")
    }
}
