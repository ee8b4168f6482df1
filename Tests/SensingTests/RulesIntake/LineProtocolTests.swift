import Record
import Series
import Testing

@testable import Sensing

struct LineProtocolTests {
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)

    private func parse(_ text: String, _ precision: LineProtocol.Precision = .nanoseconds) -> Parsed {
        LineProtocol.parse(Array(text.utf8), precision: precision, now: Self.now)
    }

    @Test(
        "a field becomes a reading of the series its tags and names say",
        arguments: [
            ("press,thing=press-1 vibration=1.25 1000", "press-1/press_vibration", 1.25),
            ("press-1 vibration=1.25 1000", "press-1/vibration", 1.25),
            ("vibration,machine=press-1 value=1.25 1000", "press-1/vibration", 1.25),
            ("cpu,host=a,machine=b usage_idle=97 1000", "b/cpu_usage_idle", 97),
            ("cpu,host=a,sensor=c usage_idle=97 1000", "c/cpu_usage_idle", 97),
            ("cpu,cpu=cpu0,host=a usage_idle=97 1000", "a/cpu_usage_idle", 97),
            ("m,thing=프레스-1 온도=54.5 1000", "프레스-1/m_온도", 54.5),
            ("m,thing=a oilTemp=54.5 1000", "a/m_oil_temp", 54.5),
            ("m,thing=a oil\\ temp=54.5 1000", "a/m_oil_temp", 54.5),
            ("m,thing=a,note=x\\,y\\=z\\ w v=1 1000", "a/m_v", 1),
            ("m,thing=a v=12i 1000", "a/m_v", 12), ("m,thing=a v=-12i 1000", "a/m_v", -12),
            ("m,thing=a v=12u 1000", "a/m_v", 12), ("m,thing=a v=true 1000", "a/m_v", 1),
            ("m,thing=a v=F 1000", "a/m_v", 0), ("m,thing=a v=-1.5e-3 1000", "a/m_v", -0.0015),
            ("m,thing=a v=+.5E2 1000", "a/m_v", 50), ("m,thing=a v=9223372036854775807i 1000", "a/m_v", 0x1p63),
            ("  m,thing=a v=1  1000 ", "a/m_v", 1), ("m,thing=a v=1 1000\r", "a/m_v", 1),
        ])
    func series(line: String, key: String, value: Double) {
        let parsed = parse(line)
        #expect(parsed.rejections == [])
        #expect(parsed.samples.map(\.series.description) == [key])
        #expect(parsed.samples.map(\.reading) == [Reading(time: Timestamp(microseconds: 1), value: value)])
    }

    @Test("unit and quality come from their tags, and a quality we do not know is bad")
    func unitAndQuality() {
        let parsed = parse("m,thing=a,unit=Cel,quality=uncertain v=1,w=2 1000\nm,thing=a,quality=192 v=1 2000")
        #expect(parsed.samples.map(\.unit) == ["Cel", "Cel", nil])
        #expect(parsed.samples.map(\.reading.quality) == [.uncertain, .uncertain, .bad])
    }

    @Test(
        "a timestamp counts what the precision says, and is rounded down to whole microseconds",
        arguments: [
            (LineProtocol.Precision.nanoseconds, "1999", 1), (.nanoseconds, "-1", -1), (.microseconds, "7", 7),
            (.milliseconds, "7", 7000), (.seconds, "7", 7_000_000), (.seconds, "-7", -7_000_000),
        ] as [(LineProtocol.Precision, String, Int64)])
    func precision(precision: LineProtocol.Precision, stamp: String, microseconds: Int64) {
        #expect(parse("a v=1 \(stamp)", precision).samples.map(\.reading.time.microseconds) == [microseconds])
    }

    @Test("a line without a timestamp was observed now")
    func withoutTimestamp() { #expect(parse("a v=1").samples.map(\.reading.time) == [Self.now]) }

    @Test(
        "a bad line is rejected alone, by number, field and rule",
        arguments: [
            ("a", "fields", Rejection.Rule.missing), ("a,b v=1", "tags", .syntax), ("a,=x v=1", "tags", .syntax),
            ("a,b= v=1", "tags", .syntax), ("a v", "fields", .syntax), ("a =1", "fields", .syntax),
            ("a v=1,", "fields", .syntax), ("a v=", "v", .number), ("a v=1.2.3", "v", .number),
            ("a v=abc", "v", .number), ("a v=0x10", "v", .number), ("a v=1e", "v", .number),
            ("a v=1.5i", "v", .number), ("a v=-1u", "v", .number), ("a v=i", "v", .number),
            ("a v=1 12x", "timestamp", .timestamp), ("a v=1 -", "timestamp", .timestamp),
            ("a v=1 99999999999999999999", "timestamp", .timestamp), ("a v=1 1 2", "timestamp", .timestamp),
            ("a\\ b v=1", "measurement", .name), ("a,thing=x/y v=1", "thing", .name), ("a ..=1", "..", .name),
            ("a s=\"open", "s", .syntax), ("a s=\"x\"y", "s", .syntax), ("a,b=\" v=1,s=\"x", "s", .syntax),
            ("a v=1\\", "v", .number), ("\\", "fields", .missing), ("a s=\"on\",v=x", "v", .number),
        ])
    func rejected(line: String, field: String, rule: Rejection.Rule) {
        let parsed = parse("before v=1 1000\n\(line)\nafter v=2 2000")
        #expect(parsed.samples.map(\.series.description) == ["before/v", "after/v"])
        #expect(parsed.rejections.map(\.line) == [2])
        #expect(parsed.rejections.map(\.field) == [field])
        #expect(parsed.rejections.map(\.rule) == [rule])
    }

    @Test(
        "a field that can be no reading is rejected by its name; the line's others are taken",
        arguments: [
            ("s=\"on\"", Rejection.Rule.text), ("s=\"a, b=\\\"c\\\" d\"", .text), ("s=\"two\nlines\"", .text),
            ("s=NaN", .notFinite),
            ("s=-inf", .notFinite), ("s=1e999", .range), ("s=9223372036854775808i", .range),
            ("s=18446744073709551616u", .range),
        ])
    func rejectedField(field: String, rule: Rejection.Rule) {
        let parsed = parse("before v=1 1000\na v=1,\(field),w=2 2000\nafter v=3 3000")
        #expect(parsed.samples.map(\.series.description) == ["before/v", "a/v", "a/w", "after/v"])
        #expect(parsed.samples.map(\.reading.time.microseconds) == [1, 2, 2, 3])
        #expect(parsed.rejections.map(\.line) == [2])
        #expect(parsed.rejections.map(\.field) == ["s"])
        #expect(parsed.rejections.map(\.rule) == [rule])
    }

    @Test("a line that is too long is rejected alone")
    func tooLong() {
        let parsed = parse("before v=1 1000\na v=\(String(repeating: "1", count: 70_000))\nafter v=2 2000")
        #expect(parsed.samples.map(\.series.description) == ["before/v", "after/v"])
        #expect(parsed.rejections == [Rejection(line: 2, field: "line", .tooLong)])
    }

    @Test("lines are numbered as an editor numbers them, comments, empty lines and broken texts included")
    func numbers() {
        let parsed = parse("# heading\n\na s=\"1\n2\"\r\n\nb v=x\nc v=1")
        #expect(parsed.rejections.map(\.line) == [3, 6])
        #expect(parsed.samples.map(\.series.description) == ["c/v"])
    }

    @Test("what is shown of a rejected text is short and cannot steer a terminal")
    func shown() {
        let parsed = parse("a v=\u{1B}[31m\u{202E}\(String(repeating: "x", count: 500))")
        #expect(parsed.rejections.map(\.text) == ["[31m" + String(repeating: "x", count: 76)])
    }

    @Test("an input of nothing but faults lists the first of them and counts the rest")
    func flood() {
        let parsed = parse(String(repeating: "x\n", count: Parsed.listed + 3))
        #expect(parsed.rejections.count == Parsed.listed)
        #expect(parsed.unlisted == 3)
    }

    @Test("whatever bytes stand between two good lines, the first is read and nothing is made up", arguments: 1...20)
    func noise(seed: UInt64) {
        var dice = Dice(seed)
        let signs = Array("a=,\" \\\n\r1.-eixuN#한".utf8)
        for _ in 0..<300 {
            let noise = (0..<Int.random(in: 0...40, using: &dice)).map { _ in signs.randomElement(using: &dice) ?? 0 }
            let parsed = LineProtocol.parse(
                Array("before v=1 1000\n".utf8) + noise + Array("\nafter v=2 2000\n".utf8), now: Self.now)
            let text = String(decoding: noise, as: UTF8.self)
            #expect(parsed.samples.first?.series.description == "before/v", "seed \(seed): \(text)")
            #expect(parsed.samples.allSatisfy { $0.reading.value.isFinite }, "seed \(seed): \(text)")
            if !noise.contains(UInt8(ascii: "\"")) {
                #expect(parsed.samples.last?.series.description == "after/v", "seed \(seed): \(text)")
            }
        }
    }
}
