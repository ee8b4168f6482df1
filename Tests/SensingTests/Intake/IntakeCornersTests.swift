import Foundation
import Record
import Series
import TestKit
import Testing

@testable import Sensing

@Suite("What any source may send")
struct IntakeCornersTests {
    /// 2026-11-21T04:05:06Z.
    static let now = Timestamp(microseconds: 1_795_233_906_000_000)

    private static func parse(_ text: String, _ precision: LineProtocol.Precision = .nanoseconds) -> Parsed {
        LineProtocol.parse(Array(text.utf8), precision: precision, now: now)
    }

    @Test(
        "a quote that nothing closes, and one in a name, take no neighbour with them",
        arguments: ["press-1 a=\"never closed", "press-1,tag=\"half a=x", "pre\"ss a=1", "press-1 a=1\\"])
    func strayQuote(_ bad: String) {
        let parsed = Self.parse("press-2 a=1\n\(bad)\npress-2 a=2\npress-2 a=3")
        #expect(parsed.samples.filter { $0.series.thing == "press-2" }.map(\.reading.value) == [1, 2, 3])
        #expect(parsed.rejections.map(\.line) == [2])
    }

    @Test("many lines with a quote left open are still read in time and each by its number")
    func manyOpenQuotes() {
        let text =
            Array(repeating: "press-1 a=\"x", count: 1).joined() + "\n"
            + Array(repeating: "press-1 a=1", count: 20_000).joined(separator: "\n")
        let parsed = Self.parse(text)
        #expect(parsed.samples.count == 20_000)
        #expect(parsed.rejections.map(\.line) == [1])
    }

    @Test(
        "the furthest times are refused, not trapped over",
        arguments: [LineProtocol.Precision.microseconds, .milliseconds, .seconds], [Int64.min, .max, .min + 1, 1 << 60])
    func furthest(_ precision: LineProtocol.Precision, _ count: Int64) {
        let parsed = Self.parse("press-1 a=1 \(count)", precision)
        #expect(parsed.samples.isEmpty)
        #expect(parsed.rejections.map(\.rule) == [.timestamp])
    }

    @Test("what a client may write is read back as it was meant", arguments: [1 as UInt64, 2, 3])
    func roundTrip(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var lines: [String] = []
        var expected: [Sample] = []
        for _ in 0..<2000 {
            let thing = "m-\(Int.random(in: 0..<50, using: &random))"
            let time = Timestamp(
                microseconds: Int64.random(in: -1_000_000_000_000...2_000_000_000_000_000, using: &random))
            var fields: [String] = []
            for index in 0..<Int.random(in: 1...4, using: &random) {
                let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
                let number = value.isFinite ? value : 1
                fields.append("f\(index)=\(number)")
                expected.append(Sample(SeriesKey(ThingID(thing), "f\(index)"), Reading(time: time, value: number)))
            }
            let tag = Bool.random(using: &random) ? ",room=hall\\ 1\\,2" : ""
            lines.append("\(thing)\(tag) \(fields.joined(separator: ",")) \(time.microseconds * 1000)")
        }
        let parsed = Self.parse(lines.joined(separator: Bool.random(using: &random) ? "\n" : "\r\n"))
        #expect(parsed.rejections.isEmpty, "seed \(seed)")
        #expect(parsed.samples == expected, "seed \(seed)")
    }

    @Test("no input traps, and every line is taken or refused by a number that exists", arguments: [11 as UInt64, 12])
    func fuzz(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "press-1", " ", ",", "=", "\"", "\\", "\n", "\r\n", "#", "a", "1", "1.5", "i", "t", "NaN", "-", "é",
            "\u{0}",
        ]
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                if Int.random(in: 0..<20, using: &random) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
                }
            }
            let parsed = LineProtocol.parse(bytes, now: Self.now)
            let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).count
            #expect(parsed.rejections.allSatisfy { (1...lines).contains($0.line) }, "seed \(seed): \(bytes)")
            #expect(parsed.samples.allSatisfy { $0.reading.value.isFinite }, "seed \(seed): \(bytes)")
        }
    }

    @Test(
        "a count beyond all reason is no time",
        arguments: [Double.nan, .infinity, -.infinity, 1e22, 6e21, -5.9e21, 1e300])
    func noCount(_ number: Double) {
        #expect(ReadingTime.moment(counting: number) == nil)
    }

    @Test(
        "a clock is judged on arrival",
        arguments: [
            (0.0, ClockRule.Verdict.live), (119, .live), (121, .backfill), (29 * 86_400, .backfill),
            (31 * 86_400, .skewed),
            (-299, .live), (-301, .skewed),
        ])
    func clocks(_ age: Double, _ verdict: ClockRule.Verdict) {
        let arrived = Timestamp(microseconds: 1_795_233_906_000_000)
        #expect(ClockRule().judge(arrived.advanced(bySeconds: -age), arrived: arrived) == verdict)
    }

    @Test(
        "headings become properties",
        arguments: [
            ("Accelerometer1RMS", "accelerometer1_rms"), ("Volume Flow RateRMS", "volume_flow_rate_rms"),
            ("  Temp (°C) ", "temp_c"), ("진동 값", "진동_값"), ("a--b", "a_b"), ("", ""), ("///", ""),
        ])
    func properties(_ heading: String, _ property: String) {
        #expect(SeriesName.property(heading) == property)
    }

    @Test(
        "names are letters, digits and a few signs, at most 100 bytes",
        arguments: [
            ("press-1", true), ("a.b:c_d", true), ("프레스", true), ("", false), ("a b", false), ("a/b", false),
            ("a\u{0}", false),
            ("<b>", false), ("\u{202E}x", false), ("%2e", false),
        ])
    func names(_ name: String, _ isSound: Bool) {
        #expect(SeriesName.isSound(name) == isSound)
        #expect(!SeriesName.isSound(name + String(repeating: "a", count: 101)))
    }

    @Test("the valve test bed's own files are read whole")
    func skab() throws {
        guard let file = SharedData.url("sensing/skab/valve1/0.csv") else { return }
        let table = try CSVReadings([UInt8](Data(contentsOf: file)), offsetSeconds: 0)
        #expect(table.rejections.isEmpty)
        #expect(table.rows.count > 1000)
        #expect(table.layout.properties.compactMap { $0 }.count == 8)
    }

    @Test("no table and no document traps", arguments: [21 as UInt64, 22])
    func fuzzDocuments(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "time", ",", ";", "\t", "\n", "\r\n", "\"", "1", ".", "2026-01-01T00:00:00Z", "{", "}", "[", "]", ":",
            "null", "e9", "\u{FEFF}", "é",
        ]
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
                if Int.random(in: 0..<30, using: &random) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            let parsed = JSONReadings.parse(bytes, now: Self.now)
            #expect(parsed.samples.allSatisfy { $0.reading.value.isFinite }, "seed \(seed): \(bytes)")
            guard let table = try? CSVReadings(bytes, offsetSeconds: 0) else { continue }
            #expect(table.rows.count + table.rejections.count == table.count, "seed \(seed): \(bytes)")
        }
    }
}
