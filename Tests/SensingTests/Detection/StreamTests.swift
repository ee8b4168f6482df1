import Record
import Series
import Testing

@testable import Sensing

struct StreamTests {
    @Test("on five kinds of healthy streams a detector hardly ever alarms")
    func healthy() {
        var total = 0
        var counts: [String] = []
        for kind in HealthyStream.Kind.allCases {
            let alarms = falseAlarms(stream: kind, days: 1, seed: 20_261_121)
            counts.append("\(kind.rawValue) \(alarms)")
            total += alarms
        }
        print("false alarms in one day at 1 Hz: \(counts.joined(separator: ", "))")
        #expect(total <= 2, "\(counts)")
    }

    /// How many readings after the change the detector speaks, and why.
    private func delay(
        seed: UInt64, warm: Int = 3600, within most: Int, change: (_ since: Int, _ value: Double) -> Double
    ) -> (readings: Int, reason: Reason?)? {
        var stream = HealthyStream(.gaussian, seed: seed)
        var detector = Detector()
        for index in 0..<(warm + most) {
            let healthy = stream.next()
            let value = index < warm ? healthy : change(index - warm, healthy)
            let verdict = detector.observe(.second(index, value))
            guard verdict.kind == .anomalous else { continue }
            return index < warm ? nil : (index - warm, verdict.reason)
        }
        return nil
    }

    @Test("a step of six sigmas is found within 30 readings", arguments: UInt64(1)...4)
    func step(seed: UInt64) throws {
        let found = try #require(delay(seed: seed, within: 30) { $1 + 6 }, "seed \(seed)")
        #expect(found.reason == .spike || found.reason == .level)
    }

    @Test("a drift of a sigma in a hundred readings is found within 400 readings", arguments: UInt64(1)...4)
    func drift(seed: UInt64) throws {
        let found = try #require(delay(seed: seed, within: 400) { $1 + Double($0) / 100 }, "seed \(seed)")
        #expect(found.reason == .drift || found.reason == .level)
    }

    @Test("a fourfold variance is found within 350 readings", arguments: UInt64(1)...4)
    func variance(seed: UInt64) throws {
        let found = try #require(delay(seed: seed, within: 350) { 50 + 2 * ($1 - 50) }, "seed \(seed)")
        #expect(found.reason == .variance)
    }

    @Test("a sensor that repeats itself is found within 25 readings", arguments: UInt64(1)...4)
    func stuck(seed: UInt64) throws {
        let found = try #require(delay(seed: seed, within: 25) { _, _ in 50.25 }, "seed \(seed)")
        #expect(found.reason == .stuck)
    }
}

extension Reading {
    /// A good reading in a second of a test.
    static func second(_ second: Int, _ value: Double, quality: Quality = .good) -> Reading {
        Reading(time: Timestamp(microseconds: Int64(second) * 1_000_000), value: value, quality: quality)
    }
}
