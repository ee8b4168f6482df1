/// A pattern that topics are subscribed by: `slipway/+/+/pressure`, `slipway/foundry/#`.
///
/// `+` stands for one level, `#` for all levels from there on, the parent included. Topics that begin with `$` belong
/// to the broker and are matched only by filters that begin with `$` too (MQTT 5.0, section 4.7.2).
public struct TopicFilter: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as written.
    public let text: String
    private let pattern: [UInt8]

    /// A filter, checked.
    /// - Throws: ``BusError/Code/invalidTopic`` where a wildcard shares its level with other text or `#` is not last.
    public init(_ text: String) throws(BusError) {
        try TopicName.validateText(text)
        let levels = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, level) in levels.enumerated() {
            let plus = level.contains(UInt8(ascii: "+"))
            let hash = level.contains(UInt8(ascii: "#"))
            if (plus || hash) && level.count > 1 {
                throw BusError(.invalidTopic, "a wildcard is a level of its own: \(text)")
            }
            if hash && index != levels.count - 1 {
                throw BusError(.invalidTopic, "# is the last level: \(text)")
            }
        }
        self.text = text
        self.pattern = Array(text.utf8)
    }

    /// The pattern as written.
    public var description: String { text }

    /// Whether a message published to this topic would be delivered to a subscriber of this filter.
    public func matches(_ topic: String) -> Bool {
        var topic = topic
        return topic.withUTF8 { matches($0) }
    }

    private func matches(_ topic: UnsafeBufferPointer<UInt8>) -> Bool {
        let (slash, plus, hash) = (UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "#"))
        if topic.first == UInt8(ascii: "$"), pattern[0] == plus || pattern[0] == hash { return false }
        var position = 0
        var index = 0
        while index < pattern.count {
            let byte = pattern[index]
            if byte == hash { return true }
            if byte == plus {
                while position < topic.count, topic[position] != slash { position += 1 }
            } else if position < topic.count, topic[position] == byte {
                position += 1
            } else {
                // `a/#` matches its parent `a`: the topic is at its end and only `/#` is left.
                return position == topic.count && index == pattern.count - 2 && byte == slash && pattern.last == hash
            }
            index += 1
        }
        return position == topic.count
    }
}
