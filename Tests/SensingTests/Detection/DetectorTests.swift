import Record
import Series
import Testing

@testable import Sensing

struct DetectorTests {
    /// The verdicts of values in turn, the detector going on from where it is.
    private func feed(_ values: [Double], to detector: inout Detector) -> [Verdict] {
        values.enumerated().map { detector.observe(.second($0.offset, $0.element)) }
    }

    private func healthy(_ count: Int, seed: UInt64 = 7) -> [Double] {
        var stream = HealthyStream(.gaussian, seed: seed)
        return (0..<count).map { _ in stream.next() }
    }

    @Test("while it calibrates a detector never alarms, whatever it sees")
    func calibrating() {
        var detector = Detector()
        let wild = (0..<300).map { $0 % 50 == 0 ? 1e6 : Double($0) }
        #expect(feed(wild, to: &detector).allSatisfy { $0.kind == .calibrating && $0.reason == nil })
        #expect(detector.observe(.second(300, 12)).kind != .calibrating)
    }

    @Test("a healthy reading lies in its band, and its p is no small one")
    func band() throws {
        var detector = Detector()
        let verdict = try #require(feed(healthy(1000), to: &detector).last)
        let low = try #require(verdict.low)
        let high = try #require(verdict.high)
        #expect(verdict.kind == .normal)
        #expect(low < 47 && 53 < high)
        #expect(verdict.p > 1e-4 && verdict.p <= 1)
    }

    @Test("one outlier alone is no anomaly, three of five are")
    func threeOfFive() {
        var detector = Detector()
        _ = feed(healthy(2000), to: &detector)
        let alone = feed([90] + healthy(40, seed: 8), to: &detector)
        #expect(alone.allSatisfy { $0.kind == .normal })
        let three = feed([90, 50, 91, 92], to: &detector)
        #expect(three.map(\.kind) == [.normal, .normal, .normal, .anomalous])
    }

    @Test("an anomaly goes on reading after reading until it ends, and then once more it is quiet")
    func ongoing() {
        var detector = Detector()
        _ = feed(healthy(2000), to: &detector)
        let during = feed(healthy(600, seed: 9).map { $0 + 15 }, to: &detector)
        #expect(during.dropFirst(30).allSatisfy { $0.kind == .anomalous && $0.reason != nil })
        let after = feed(healthy(400, seed: 10), to: &detector)
        let end = after.firstIndex { $0.kind == .normal } ?? after.count
        print("an anomaly of 15 sigmas ends \(end) readings after the values are back")
        #expect((30...150).contains(end))
        #expect(after[min(end, after.count - 1)...].allSatisfy { $0.kind == .normal })
    }

    @Test("what lasts for half an hour becomes normal, and its return later is not an anomaly either")
    func newRegime() {
        var detector = Detector()
        _ = feed(healthy(2000), to: &detector)
        let shifted = feed(healthy(4000, seed: 11).map { $0 + 15 }, to: &detector)
        #expect(shifted[1500].kind == .anomalous)
        #expect(shifted[1900...].allSatisfy { $0.kind == .normal })
        let back = feed(healthy(2000, seed: 12), to: &detector)
        let again = feed(healthy(2000, seed: 13).map { $0 + 15 }, to: &detector)
        #expect((back + again).allSatisfy { $0.kind == .normal })
    }

    @Test("a state that comes and goes is learnt over its visits, each shorter than half an hour")
    func visits() {
        var detector = Detector()
        var stream = HealthyStream(.gaussian, seed: 21)
        var alarms: [Int] = []
        var was = false
        for second in 0..<40_000 {
            let away = second > 1000 && second / 700 % 2 == 1
            let verdict = detector.observe(.second(second, stream.next() + (away ? 20 : 0)))
            if verdict.kind == .anomalous, !was { alarms.append(second) }
            was = verdict.kind == .anomalous
        }
        print("a state visited every 1,400 readings alarms at \(alarms)")
        #expect((1...4).contains(alarms.count))
        #expect(alarms.allSatisfy { $0 < 8000 })
    }

    @Test("a machine that is switched off alarms once, not every half hour, and may start again")
    func switchedOff() {
        var detector = Detector()
        _ = feed(healthy(2000), to: &detector)
        let off = feed(Array(repeating: 0, count: 8000), to: &detector)
        #expect(off[60].kind == .anomalous)
        #expect(off[2000...].allSatisfy { $0.kind == .normal })
        #expect(feed(healthy(3000, seed: 6), to: &detector).dropFirst(10).allSatisfy { $0.kind == .normal })
    }

    @Test("a reading of bad quality changes nothing, and neither does one that is no number")
    func badQuality() {
        var detector = Detector()
        _ = feed(healthy(1000), to: &detector)
        let before = detector.snapshot
        for second in 0..<50 { _ = detector.observe(.second(second, 1e9, quality: .bad)) }
        _ = detector.observe(.second(50, .nan))
        #expect(detector.snapshot == before)
        #expect(detector.observe(.second(51, 1e9, quality: .bad)).kind == .normal)
    }

    @Test("a detector restored from its snapshot says what the other one says", arguments: [10, 299, 300, 1500, 2050])
    func snapshot(after count: Int) throws {
        var values = healthy(2000) + healthy(100, seed: 3).map { $0 + 20 } + healthy(500, seed: 4)
        var original = Detector()
        _ = feed(Array(values.prefix(count)), to: &original)
        values.removeFirst(count)
        let json = try JSON(parsing: original.snapshot.canonicalText)
        var restored = try #require(Detector(snapshot: json, settings: .standard))
        #expect(feed(values, to: &restored) == feed(values, to: &original))
    }

    @Test(
        "what is no snapshot makes no detector",
        arguments: [
            "null", "{}", #"{"version":1,"state":[]}"#, #"{"version":2,"state":[1,2]}"#,
            #"{"version":1,"state":[0,1,9e15,1,1]}"#, #"{"version":1,"state":["x"]}"#,
        ])
    func noSnapshot(text: String) throws {
        #expect(Detector(snapshot: try JSON(parsing: text), settings: .standard) == nil)
    }

    @Test("a machine that was seen in two states may change between them")
    func twoStatesInCalibration() {
        var detector = Detector()
        let values = healthy(3000).enumerated().map { $0.offset / 60 % 2 == 0 ? $0.element : $0.element + 30 }
        #expect(feed(values, to: &detector).allSatisfy { $0.kind != .anomalous })
    }

    @Test("a sensor of coarse resolution, mostly at rest, is neither stuck nor out")
    func coarse() {
        var detector = Detector()
        let values = healthy(5000).map { (($0 - 50) * 0.4).rounded() + 32 }
        #expect(feed(values, to: &detector).allSatisfy { $0.kind != .anomalous })
    }

    @Test("every reason says what it is in both languages, and in words of its own")
    func words() {
        #expect(Set(Reason.allCases.map(\.words.ko)).count == Reason.allCases.count)
        #expect(Reason.allCases.allSatisfy { $0.words.ko.hasSuffix(".") && $0.words.en.hasSuffix(".") })
    }
}
