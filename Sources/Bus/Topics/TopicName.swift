/// The rules that topic names and filters share (MQTT 5.0, section 4.7).
enum TopicName {
    /// The longest topic in UTF-8 bytes that the protocol can carry.
    static let maximumBytes = 65_535
    /// The deepest topic that Mosquitto accepts, in levels.
    static let maximumLevels = 200

    /// Checks a topic that a message is published to.
    static func validate(_ topic: String) throws(BusError) {
        try validateText(topic)
        if topic.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }) {
            throw BusError(.invalidTopic, "a topic to publish to has no wildcard: \(topic)")
        }
    }

    /// Checks what holds for names and filters alike.
    static func validateText(_ topic: String) throws(BusError) {
        guard !topic.isEmpty else { throw BusError(.invalidTopic, "a topic is not empty") }
        guard topic.utf8.count <= maximumBytes else {
            throw BusError(.invalidTopic, "a topic has at most \(maximumBytes) bytes, this one \(topic.utf8.count)")
        }
        guard topic.utf8.count(where: { $0 == UInt8(ascii: "/") }) < maximumLevels else {
            throw BusError(.invalidTopic, "a topic has at most \(maximumLevels) levels")
        }
        for scalar in topic.unicodeScalars {
            // Control characters and non-characters: the protocol lets a receiver close the connection over them.
            let value = scalar.value
            let control = value < 0x20 || (0x7F...0x9F).contains(value)
            if control || value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value) {
                throw BusError(.invalidTopic, "a topic has no control character (U+\(String(value, radix: 16)))")
            }
        }
    }
}
