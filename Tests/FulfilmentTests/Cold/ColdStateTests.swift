import Record
import Series
import TestKit
import Testing

@testable import Fulfilment

/// How a cold room stands by its readings: unknown is never good, and a short opening of the door is no excursion.
@Suite struct ColdStateTests {
    private let limits = ColdLimits(range: 0...8, atOnce: -2...15, patience: 900)
    private let now = Timestamp(microseconds: 1_000_000_000_000_000)

    private func state(_ readings: [(minutes: Double, celsius: Double)], quality: Quality = .good) -> ColdState {
        let list = readings.map {
            Reading(time: now.advanced(bySeconds: -60 * $0.minutes), value: $0.celsius, quality: quality)
        }
        return .of(list, limits, stale: 900, at: now)
    }

    @Test func withinItsLimits() { #expect(state([(10, 4), (5, 8), (1, 0)]) == .good(0)) }

    @Test func aDoorThatWasOpen() {
        let since = now.advanced(bySeconds: -10 * 60)
        #expect(state([(20, 4), (10, 9), (1, 10)]) == .drifting(10, since: since))
        #expect(state([(20, 9), (10, 9), (1, 7.9)]) == .good(7.9))
    }

    @Test func tooLong() {
        let since = now.advanced(bySeconds: -15 * 60)
        #expect(state([(30, 4), (15, 9), (8, 12), (1, 10)]) == .excursion(12, since: since))
        #expect(state([(30, 4), (15, -0.5), (1, -1)]) == .excursion(-1, since: since))
    }

    @Test func tooFarAtOnce() {
        #expect(state([(20, 4), (1, 15.1)]) == .excursion(15.1, since: now.advanced(bySeconds: -60)))
    }

    @Test func nothingThatSaysAnything() {
        #expect(state([]) == .unknown(since: nil))
        #expect(state([(20, 4)]) == .unknown(since: now.advanced(bySeconds: -1200)))
        #expect(state([(1, 4)], quality: .bad) == .unknown(since: nil))
        // A clock that runs far ahead tells nothing either.
        #expect(state([(-60, 4)]) == .unknown(since: nil))
    }
}
