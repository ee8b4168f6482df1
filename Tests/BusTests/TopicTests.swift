import Bus
import TestKit
import Testing

struct TopicTests {
    @Test(
        "a filter matches what the protocol says it matches",
        arguments: [
            ("a/b", "a/b", true), ("a/b", "a/c", false), ("a/b", "a/b/c", false), ("a/b/c", "a/b", false),
            ("+", "a", true), ("+", "a/b", false), ("+", "/a", false), ("/+", "/a", true), ("+/+", "/a", true),
            ("a/+", "a", false), ("a/+", "a/", true), ("a/+/c", "a/b/c", true), ("a/+/c", "a//c", true),
            ("a/+/c", "a/b/b/c", false), ("+/b", "a/b", true), ("a/+", "ab", false),
            ("#", "a", true), ("#", "/", true), ("a/#", "a", true), ("a/#", "a/", true), ("a/#", "a/b/c", true),
            ("a/#", "ab", false), ("a/#", "b", false), ("+/#", "a", true), ("a/+/#", "a", false),
            ("a/+/#", "a/b", true),
            ("#", "$SYS/uptime", false), ("+/uptime", "$SYS/uptime", false), ("$SYS/#", "$SYS/uptime", true),
            ("$SYS/+", "$SYS/uptime", true), ("한/+", "한/글", true), ("A", "a", false),
        ])
    func matching(_ filter: String, _ topic: String, _ expected: Bool) throws {
        #expect(try TopicFilter(filter).matches(topic) == expected)
    }

    @Test(
        "a filter that breaks a rule is refused",
        arguments: ["", "a+", "a/+b", "a#", "#/a", "a/#/b", "a/b#", "++", "a\u{0}", "a\nb", "a\u{FFFF}"])
    func badFilter(_ text: String) {
        let error = #expect(throws: BusError.self) { try TopicFilter(text) }
        #expect(error?.code == .invalidTopic)
    }

    @Test("a topic may have 65,535 bytes and 200 levels and no more")
    func limits() throws {
        #expect(throws: Never.self) { try TopicFilter(String(repeating: "a", count: 65_535)) }
        #expect(throws: BusError.self) { try TopicFilter(String(repeating: "a", count: 65_536)) }
        #expect(throws: Never.self) { try TopicFilter(String(repeating: "/", count: 199)) }
        #expect(throws: BusError.self) { try TopicFilter(String(repeating: "/", count: 200)) }
    }

    @Test("a random topic is matched by every filter made from it, and not by one with another level")
    func derivedFilters() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let levels = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                ["a", "b", "", "글", "x y"].randomElement(using: &generator) ?? "a"
            }
            let topic = levels.joined(separator: "/")
            var pattern = levels.map { Bool.random(using: &generator) ? "+" : $0 }
            let exact = pattern.joined(separator: "/")
            if topic.isEmpty || exact.isEmpty { continue }
            #expect(try TopicFilter(exact).matches(topic), "\(exact) \(topic)")
            let cut = Int.random(in: 0...pattern.count, using: &generator)
            let open = (pattern[..<cut] + ["#"]).joined(separator: "/")
            #expect(try TopicFilter(open).matches(topic), "\(open) \(topic)")
            pattern[Int.random(in: 0..<pattern.count, using: &generator)] = "other"
            let other = pattern.joined(separator: "/")
            #expect(try !TopicFilter(other).matches(topic), "\(other) \(topic)")
        }
    }

    @Test("a template names the levels of a topic and writes them back")
    func template() throws {
        let template = try TopicTemplate("slipway/{site}/{thing}/{property}")
        #expect(template.filter.text == "slipway/+/+/+")
        #expect(template.names == ["site", "thing", "property"])
        let parts = try #require(template.match("slipway/foundry/프레스-1/pressure"))
        #expect(parts["site"] == "foundry")
        #expect(parts["thing"] == "프레스-1")
        #expect(parts["property"] == "pressure")
        #expect(parts["zone"] == nil)
        let values = Dictionary(uniqueKeysWithValues: zip(parts.names, parts.values.map(String.init)))
        #expect(try template.topic(values) == "slipway/foundry/프레스-1/pressure")
    }

    @Test(
        "a topic of another form has no parts",
        arguments: ["slipway/a/b", "slipway/a/b/c/d", "other/a/b/c", "slipway//b/c", "slipway/a/b/", ""])
    func otherForm(_ topic: String) throws {
        #expect(try TopicTemplate("slipway/{site}/{thing}/{property}").match(topic) == nil)
    }

    @Test("a leading name does not stand for the broker's own topics")
    func ownTopics() throws {
        #expect(try TopicTemplate("{first}/{second}").match("$SYS/uptime") == nil)
        #expect(try TopicTemplate("{first}/{second}").match("SYS/uptime") != nil)
    }

    @Test(
        "a template that breaks a rule is refused",
        arguments: ["", "a/{}", "a/{b}c", "{a}/{a}", "{a}/+", "a/{b", "{{a}}"])
    func badTemplate(_ text: String) {
        #expect(throws: BusError.self) { try TopicTemplate(text) }
    }

    @Test("a value that would break the topic is refused", arguments: ["", "a/b", "+", "#", "a\u{0}"])
    func badValue(_ value: String) throws {
        let template = try TopicTemplate("slipway/{site}")
        #expect(throws: BusError.self) { try template.topic(["site": value]) }
        #expect(throws: BusError.self) { try template.topic([:]) }
    }
}
