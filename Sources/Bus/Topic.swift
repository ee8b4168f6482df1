/// MQTT topics and filters (MQTT 3.1.1, section 4.7).
public enum Topic {
    /// Whether a text is a topic that can be published to: 1 to 65,535 bytes, no wildcard, no zero.
    public static func isTopic(_ text: String) -> Bool {
        (1...65_535).contains(text.utf8.count) && !text.utf8.contains { $0 == 35 || $0 == 43 || $0 == 0 }
    }

    /// Whether a text is a filter: `+` stands for one whole level, `#` for all that is left, at the end only.
    public static func isFilter(_ text: String) -> Bool {
        guard (1...65_535).contains(text.utf8.count), !text.utf8.contains(0) else { return false }
        let levels = text.split(separator: "/", omittingEmptySubsequences: false)
        for (index, level) in levels.enumerated() {
            if level.contains("#"), level != "#" || index != levels.count - 1 { return false }
            if level.contains("+"), level != "+" { return false }
        }
        return true
    }

    /// Whether a filter takes a topic. Topics that begin with `$` are taken only by filters that begin so too.
    public static func matches(_ filter: String, _ topic: String) -> Bool {
        if topic.hasPrefix("$"), !filter.hasPrefix("$") { return false }
        let wanted = filter.split(separator: "/", omittingEmptySubsequences: false)
        let given = topic.split(separator: "/", omittingEmptySubsequences: false)
        for (index, level) in wanted.enumerated() {
            if level == "#" { return true }
            guard index < given.count, level == "+" || level == given[index] else { return false }
        }
        return wanted.count == given.count
    }

    /// The named parts of a topic by a template: `slipway/{thing}/{property}` of `slipway/press-1/current` gives
    /// `thing` and `property`; nil where the topic has another shape.
    public static func parts(of topic: String, by template: String) -> [String: String]? {
        let wanted = template.split(separator: "/", omittingEmptySubsequences: false)
        let given = topic.split(separator: "/", omittingEmptySubsequences: false)
        guard wanted.count == given.count else { return nil }
        var parts: [String: String] = [:]
        for (level, value) in zip(wanted, given) {
            if level.hasPrefix("{"), level.hasSuffix("}") {
                guard !value.isEmpty else { return nil }
                parts[String(level.dropFirst().dropLast())] = String(value)
            } else if level != value {
                return nil
            }
        }
        return parts
    }
}
