import Record
import Testing

@testable import Sensing

struct AlarmLifeTests {
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)
    private static let later = now.advanced(bySeconds: 3600)

    @Test(
        "each step leads where ISA-18.2 draws it",
        arguments: [
            (AlarmState.normal, AlarmStep.raise, AlarmState.unacknowledgedActive),
            (.unacknowledgedActive, .acknowledge, .acknowledgedActive),
            (.unacknowledgedActive, .clear, .unacknowledgedCleared),
            (.acknowledgedActive, .clear, .normal), (.unacknowledgedCleared, .acknowledge, .normal),
            (.unacknowledgedCleared, .raise, .unacknowledgedActive),
        ])
    func steps(from: AlarmState, step: AlarmStep, to: AlarmState) throws {
        #expect(try from.after(step) == to)
    }

    @Test(
        "a step that makes no sense is refused by name",
        arguments: [
            (AlarmState.normal, AlarmStep.acknowledge, AlarmRefusal.over), (.normal, .clear, .over),
            (.acknowledgedActive, .acknowledge, .alreadyAcknowledged),
            (.unacknowledgedCleared, .clear, .alreadyCleared),
            (.unacknowledgedActive, .raise, .alreadyActive), (.acknowledgedActive, .raise, .alreadyActive),
        ])
    func refusals(from: AlarmState, step: AlarmStep, refusal: AlarmRefusal) {
        #expect(throws: refusal) { try from.after(step) }
    }

    @Test("every refusal has a code of its own")
    func codes() { #expect(Set(AlarmRefusal.allCases.map(\.code)).count == AlarmRefusal.allCases.count) }

    @Test("a shelved alarm is silent until its time is up, and then announced anew if its condition lasts")
    func shelf() throws {
        var life = AlarmLife(.acknowledgedActive, priority: .medium)
        life = try life.after(.shelve(until: Self.later), at: Self.now)
        #expect(!life.isAnnounced)
        #expect(life.at(Self.later.advanced(bySeconds: -1)) == life)
        let back = life.at(Self.later)
        #expect(back.state == .unacknowledgedActive)
        #expect(back.isAnnounced)
    }

    @Test("an alarm whose condition goes while it is held is over when the hold ends")
    func clearedBehindHold() throws {
        let life = try AlarmLife(.unacknowledgedActive, priority: .low).after(.takeOutOfService, at: Self.now)
            .after(.clear, at: Self.now).after(.returnToService, at: Self.now)
        #expect(life == AlarmLife(.normal, priority: .low))
    }

    @Test(
        "a shelf must end, and within a shift",
        arguments: [
            (-1.0, false), (0, false), (1, true), (AlarmLife.longestShelf, true), (AlarmLife.longestShelf + 1, false),
        ])
    func shelfTime(seconds: Double, isAllowed: Bool) {
        let life = AlarmLife(.unacknowledgedActive, priority: .high)
        let until = Self.now.advanced(bySeconds: seconds)
        if isAllowed {
            #expect(throws: Never.self) { try life.after(.shelve(until: until), at: Self.now) }
        } else {
            #expect(throws: AlarmRefusal.shelfTime) { try life.after(.shelve(until: until), at: Self.now) }
        }
    }

    @Test(
        "an alarm of a hard limit is never held back",
        arguments: [AlarmLife.Step.shelve(until: Self.later), .suppress, .takeOutOfService])
    func neverHeld(step: AlarmLife.Step) {
        let life = AlarmLife(.unacknowledgedActive, priority: .critical)
        #expect(throws: AlarmRefusal.neverHeld) { try life.after(step, at: Self.now) }
    }

    @Test(
        "a hold ends only by the step that undoes it",
        arguments: [
            (AlarmHold.shelved(until: later), AlarmLife.Step.unsuppress, AlarmRefusal.heldOtherwise),
            (.suppressed, .unshelve, .heldOtherwise), (.outOfService, .unsuppress, .heldOtherwise),
            (.outOfService, .shelve(until: later), .held), (.suppressed, .acknowledge, .held),
            (nil, .unshelve, .notHeld), (nil, .returnToService, .notHeld),
        ] as [(AlarmHold?, AlarmLife.Step, AlarmRefusal)])
    func holds(hold: AlarmHold?, step: AlarmLife.Step, refusal: AlarmRefusal) {
        let life = AlarmLife(.unacknowledgedActive, hold: hold, priority: .medium)
        #expect(throws: refusal) { try life.after(step, at: Self.now) }
    }

    @Test("whatever happens, what is announced agrees with the condition and the hold", arguments: 1...20)
    func property(seed: UInt64) {
        var dice = Dice(seed)
        let steps: [AlarmLife.Step] = [
            .raise, .acknowledge, .clear, .shelve(until: Self.later), .unshelve, .suppress, .unsuppress,
            .takeOutOfService,
            .returnToService,
        ]
        let priority: AlarmPriority = seed % 4 == 0 ? .critical : .medium
        var life = AlarmLife(priority: priority)
        var isOn = false
        for _ in 0..<500 {
            guard let step = steps.randomElement(using: &dice) else { return }
            let isTimeUp = Int.random(in: 0..<20, using: &dice) == 0
            do throws(AlarmRefusal) {
                let before = life
                life = try life.after(step, at: Self.now)
                if step == .raise { isOn = true }
                if step == .clear { isOn = false }
                #expect(life != before, "seed \(seed): \(step) did nothing")
            } catch {
                if step == .raise { #expect(isOn, "seed \(seed)") }
                if step == .clear { #expect(!isOn, "seed \(seed)") }
            }
            if isTimeUp { life = life.at(Self.later) }
            // The condition is never lost, held or not; what lasts unheld is announced; a hard limit is never held.
            #expect(life.state.isActive == isOn, "seed \(seed)")
            if isOn, life.hold == nil { #expect(life.isAnnounced, "seed \(seed)") }
            if life.hold != nil { #expect(!life.isAnnounced && priority != .critical, "seed \(seed)") }
        }
    }

    @Test(
        "the priority follows from the cause and how rare it is",
        arguments: [
            (nil, 1, AlarmPriority.critical), (.stuck, 1e-30, .medium), (.spike, 1e-12, .high), (.drift, 1e-7, .medium),
        ] as [(Reason?, Double, AlarmPriority)])
    func priorities(reason: Reason?, p: Double, priority: AlarmPriority) {
        #expect(AlarmPriority.of(reason, p: p) == priority)
    }
}
