/// A topic with named levels, read in both directions: `slipway/{site}/{thing}/{property}`.
///
/// ```swift
/// let template = try TopicTemplate("slipway/{site}/{thing}/{property}")
/// template.filter.text                                         // slipway/+/+/+
/// template.match("slipway/foundry/press-1/pressure")?["thing"] // press-1
/// try template.topic(["site": "foundry", "thing": "press-1", "property": "pressure"])
/// ```
public struct TopicTemplate: Sendable, Hashable, CustomStringConvertible {
    enum Level: Sendable, Hashable {
        case fixed(String)
        case named(String)
    }

    /// The template as written.
    public let text: String
    /// The names in braces, from left to right.
    public let names: [String]
    /// The filter that subscribes to every topic of this form.
    public let filter: TopicFilter
    private let levels: [Level]

    /// A template, checked.
    /// - Throws: ``BusError/Code/invalidTopic`` where a name shares its level with other text, is empty or is used
    ///   twice, or where the rest is no topic.
    public init(_ text: String) throws(BusError) {
        var levels: [Level] = []
        var names: [String] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            guard part.contains("{") || part.contains("}") else {
                levels.append(.fixed(String(part)))
                continue
            }
            let name = String(part.dropFirst().dropLast())
            guard part.first == "{", part.last == "}", !name.isEmpty, !name.contains("{"), !name.contains("}") else {
                throw BusError(.invalidTopic, "a name stands in braces, alone in its level: \(text)")
            }
            guard !names.contains(name) else { throw BusError(.invalidTopic, "\(name) is named twice: \(text)") }
            names.append(name)
            levels.append(.named(name))
        }
        try TopicName.validate(text)
        self.text = text
        self.names = names
        self.levels = levels
        self.filter = try TopicFilter(
            levels.map { if case .fixed(let part) = $0 { part } else { "+" } }.joined(separator: "/"))
    }

    /// The template as written.
    public var description: String { text }

    /// The named parts of a topic; nil where it has another form, or an empty level in the place of a name.
    public func match(_ topic: String) -> TopicParts? {
        let parts = topic.split(separator: "/", omittingEmptySubsequences: false)
        // What the filter does not subscribe to is not matched either: `$` topics under a leading name.
        guard parts.count == levels.count, filter.matches(topic) else { return nil }
        var values: [Substring] = []
        values.reserveCapacity(names.count)
        for (part, level) in zip(parts, levels) {
            guard case .named = level else { continue }
            guard !part.isEmpty else { return nil }
            values.append(part)
        }
        return TopicParts(names: names, values: values)
    }

    /// The topic of this form with these values.
    /// - Throws: ``BusError/Code/invalidTopic`` where a value is missing, empty, or would break the topic.
    public func topic(_ values: [String: String]) throws(BusError) -> String {
        var parts: [String] = []
        for level in levels {
            switch level {
            case .fixed(let part): parts.append(part)
            case .named(let name):
                guard let value = values[name], !value.isEmpty, !value.contains("/") else {
                    throw BusError(.invalidTopic, "\(text) needs a \(name) that is one level")
                }
                parts.append(value)
            }
        }
        let topic = parts.joined(separator: "/")
        try TopicName.validate(topic)
        return topic
    }
}
