import Record
import Series
import Testing

@testable import Sensing

struct JSONReadingsTests {
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)

    private func parse(_ text: String, thing: String? = nil, property: String? = nil) -> Parsed {
        JSONReadings.parse(Array(text.utf8), thing: thing, property: property, now: Self.now)
    }

    @Test("an object with several values gives a reading for each")
    func several() {
        let parsed = parse(
            """
            {"thing": "press-1", "time": "2026-11-21T00:00:00.5+09:00", "unit": "mm/s", "quality": "uncertain",
             "values": {"vibration": 1.2, "isRunning": true}}
            """)
        #expect(parsed.rejections == [])
        #expect(parsed.samples.map(\.series.description) == ["press-1/is_running", "press-1/vibration"])
        #expect(parsed.samples.map(\.reading.value) == [1, 1.2])
        #expect(Set(parsed.samples.map(\.reading.time.description)) == ["2026-11-20T15:00:00.500000Z"])
        #expect(parsed.samples.allSatisfy { $0.unit == "mm/s" && $0.reading.quality == .uncertain })
    }

    @Test(
        "a number tells by its size what it counts",
        arguments: ["1700000000", "1700000000000", "1700000000000000", "1700000000000000000", "\"1700000000\""])
    func epoch(time: String) {
        let parsed = parse("{\"thing\":\"a\",\"property\":\"v\",\"value\":1,\"time\":\(time)}")
        #expect(parsed.samples.map(\.reading.time.microseconds) == [1_700_000_000_000_000])
    }

    @Test("the topic names what the payload leaves out, and a bare number is a reading")
    func topic() {
        #expect(parse("3.5", thing: "a", property: "v").samples.map(\.series.description) == ["a/v"])
        #expect(parse("{\"value\":3.5}", thing: "a", property: "v").samples.map(\.reading.value) == [3.5])
        #expect(
            parse("{\"thing\":\"b\",\"value\":3.5}", thing: "a", property: "v").samples.map(\.series.description) == [
                "b/v"
            ])
        #expect(parse("3.5").rejections.map(\.field) == ["thing"])
        #expect(parse("3.5", thing: "a").rejections.map(\.field) == ["property"])
    }

    @Test(
        "a bad object of an array, or a bad line of many, is rejected alone",
        arguments: [
            ("{\"thing\":\"a\",\"values\":{\"v\":NaN}}", "json", Rejection.Rule.syntax),
            ("{\"thing\":\"a\",\"values\":{\"v\":1e999}}", "json", .range), ("{\"thing\":\"a\"", "json", .syntax),
            ("7", "thing", .missing), ("{\"thing\":\"a\"}", "values", .empty),
            ("{\"thing\":\"a\",\"values\":{}}", "values", .empty), ("{\"thing\":\"a/b\",\"value\":1}", "thing", .name),
            ("{\"thing\":\"a\",\"value\":1}", "property", .missing),
            ("{\"thing\":\"a\",\"values\":{\"v\":1},\"time\":\"yesterday\"}", "time", .timestamp),
            ("{\"thing\":\"a\",\"values\":{\"v\":1},\"time\":1e300}", "time", .timestamp),
            ("{\"thing\":\"a\",\"values\":{\"v\":\"1\"}}", "v", .text),
            ("{\"thing\":\"a\",\"values\":{\"v\":null}}", "v", .number),
            ("{\"thing\":\"a\",\"values\":{\"v\":[1]}}", "v", .number), ("\"text\"", "json", .syntax),
        ])
    func rejected(object: String, field: String, rule: Rejection.Rule) {
        let before = "{\"thing\":\"before\",\"property\":\"v\",\"value\":1}"
        let after = "{\"thing\":\"after\",\"property\":\"v\",\"value\":1}"
        // An array cannot be told apart once a bracket is missing; lines can.
        let isBalanced = object.filter { $0 == "{" }.count == object.filter { $0 == "}" }.count
        for text in ["\(before)\n\(object)\n\(after)"] + (isBalanced ? ["[\(before), \(object), \(after)]"] : []) {
            let parsed = parse(text)
            #expect(parsed.samples.map(\.series.thing) == ["before", "after"], "\(text)")
            #expect(parsed.rejections.map(\.line) == [2], "\(text)")
            #expect(parsed.rejections.map(\.field) == [field], "\(text)")
            #expect(parsed.rejections.map(\.rule) == [rule], "\(text)")
        }
    }

    @Test("a value that is no reading leaves the object's others")
    func otherValues() {
        let parsed = parse("{\"thing\":\"a\",\"values\":{\"state\":\"on\",\"v\":1}}")
        #expect(parsed.samples.map(\.series.property) == ["v"])
        #expect(parsed.rejections.map(\.field) == ["state"])
    }

    @Test("a quality that is not in our words is bad", arguments: ["\"poor\"", "192", "null", "true"])
    func quality(word: String) {
        let parsed = parse("{\"thing\":\"a\",\"quality\":\(word),\"values\":{\"v\":1}}")
        #expect(parsed.samples.map(\.reading.quality) == [.bad])
    }

    @Test(
        "what is cut off or goes on behind the end is told, and what was whole is kept",
        arguments: ["[GOOD,{\"thing\":\"b\"", "[GOOD", "[GOOD,", "[GOOD] x", "[GOOD,]"])
    func cutOff(text: String) {
        let parsed = parse(text.replacing("GOOD", with: "{\"thing\":\"a\",\"values\":{\"v\":1}}"))
        #expect(parsed.samples.map(\.series.thing) == ["a"])
        #expect(!parsed.rejections.isEmpty)
    }

    @Test("nothing at all is a fault, an empty array is none")
    func empty() {
        #expect(parse("").rejections.map(\.rule) == [.syntax])
        #expect(parse(" [ ] ") == Parsed())
    }

    @Test("brackets and commas within texts cut nothing")
    func texts() {
        let parsed = parse(
            "[{\"thing\":\"a\",\"note\":\"],}\\\"[\",\"values\":{\"v\":1}},{\"thing\":\"b\",\"values\":{\"v\":1}}]")
        #expect(parsed.samples.map(\.series.thing) == ["a", "b"])
        #expect(parsed.rejections == [])
    }
}
