import Record
import Series
import Testing

@testable import Sensing

struct LimitWatchTests {
    private static let limits = Limits(
        lowLow: 0, low: 10, high: 90, highHigh: 100, deadband: 5, onDelay: 3, offDelay: 6)

    private func reading(_ second: Double, _ value: Double, _ quality: Quality = .good) -> Reading {
        Reading(time: Timestamp(microseconds: Int64(second * 1e6)), value: value, quality: quality)
    }

    /// Seconds and levels of the changes that a row of values leads to, one a second.
    private func changes(_ limits: Limits, _ values: [Double]) -> [String] {
        var watch = LimitWatch(limits)
        return values.enumerated().compactMap { second, value in
            watch.observe(reading(Double(second), value)).map {
                "\(second) \($0.to.rawValue) since \(Int($0.since.seconds))"
            }
        }
    }

    @Test("without delays a single reading beyond a limit counts, and the limit itself is still within")
    func single() {
        let limits = Limits(low: 10, high: 90)
        #expect(
            changes(limits, [50, 90, 10, 90.1, 50, 9.9, 50]) == [
                "3 high since 3", "4 within since 4", "5 low since 5", "6 within since 6",
            ])
    }

    @Test("a value must stay out for the on-delay, and each limit keeps its own")
    func onDelay() {
        #expect(
            changes(Self.limits, [95, 95, 95, 50, 95, 95, 101, 101, 101, 101]) == [
                "7 high since 4", "9 high-high since 6",
            ])
    }

    @Test("a value must come back by the deadband and stay back for the off-delay")
    func offDelay() {
        var values = Array(repeating: 91.0, count: 4)
        values += Array(repeating: 86, count: 10)
        #expect(changes(Self.limits, values) == ["3 high since 0"])
        values += Array(repeating: 84, count: 6) + [86] + Array(repeating: 84, count: 7)
        #expect(changes(Self.limits, values) == ["3 high since 0", "27 within since 21"])
    }

    @Test("from one side to the other is a change of its own")
    func across() {
        let limits = Limits(lowLow: 0, low: 10, high: 90, highHigh: 100)
        #expect(changes(limits, [120, -5, 95]) == ["0 high-high since 0", "1 low-low since 1", "2 high since 2"])
    }

    @Test("bad readings and those that come late change nothing; an uncertain one raises but does not end")
    func quality() {
        var watch = LimitWatch(Limits(high: 90))
        #expect(watch.observe(reading(1, 99, .bad)) == nil)
        #expect(watch.observe(reading(2, 50)) == nil)
        #expect(watch.observe(reading(1, 99)) == nil)
        #expect(watch.observe(reading(2, 99)) == nil)
        #expect(watch.observe(reading(3, 99, .uncertain))?.to == .high)
        #expect(watch.observe(reading(4, 50, .uncertain)) == nil)
        #expect(watch.observe(reading(5, .nan)) == nil)
        #expect(watch.level == .high)
        #expect(watch.observe(reading(6, 50))?.to == .within)
    }

    @Test("a watch goes on where it stood", arguments: LimitLevel.allCases)
    func resumed(level: LimitLevel) { #expect(LimitWatch(Self.limits, level: level).level == level) }

    @Test(
        "limits that make no sense are refused",
        arguments: [
            Limits(), Limits(low: 5, high: 5), Limits(low: 6, high: 5), Limits(high: .nan),
            Limits(high: 5, highHigh: 4),
            Limits(high: 5, deadband: -1), Limits(high: 5, onDelay: -1), Limits(low: 0, high: 10, deadband: 5),
            Limits(high: .infinity),
        ])
    func faults(limits: Limits) { #expect(limits.fault != nil) }

    @Test(
        "limits that make sense are not",
        arguments: [Self.limits, Limits(high: 1), Limits(lowLow: -3), Limits(low: 1, highHigh: 2)])
    func sound(limits: Limits) { #expect(limits.fault == nil) }

    @Test("whatever the values, the level that counts is one whose limit was passed for its delay", arguments: 1...10)
    func property(seed: UInt64) {
        var dice = Dice(seed)
        var watch = LimitWatch(Self.limits)
        var values: [Double] = []
        var value = 50.0
        for second in 0..<3000 {
            value = min(120, max(-20, value + Double.random(in: -12...12, using: &dice)))
            values.append(value)
            guard let change = watch.observe(reading(Double(second), value)) else { continue }
            #expect(change.from != change.to, "seed \(seed)")
            #expect(change.to == watch.level, "seed \(seed)")
            let isOutwards = change.from == .within || change.from.contains(change.to)
            guard isOutwards, let bound = Self.limits.bound(of: change.to) else { continue }
            let isHigh = LimitLevel.high.contains(change.to)
            // What is counted as beyond now was so, deadband included, for three seconds at least.
            let stay = values.suffix(4)
            #expect(stay.allSatisfy { isHigh ? $0 > bound - 5 : $0 < bound + 5 }, "seed \(seed), second \(second)")
        }
    }
}
