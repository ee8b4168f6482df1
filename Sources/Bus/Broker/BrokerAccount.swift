/// Who may do what on the local broker: a name and the topics it may read and write. What is not listed is denied.
public struct BrokerAccount: Sendable {
    /// The account's name; its password is generated.
    public let name: String
    /// What it may receive.
    public let reads: [TopicFilter]
    /// What it may publish.
    public let writes: [TopicFilter]

    /// An account, checked.
    /// - Throws: ``BusError/Code/configuration`` where the name is not made of letters, digits, `-`, `_` and `.`;
    ///   ``BusError/Code/invalidTopic`` for a bad filter.
    public init(_ name: String, reads: [String] = [], writes: [String] = []) throws(BusError) {
        // The name stands in the password and access files, whose lines have meaning.
        let plain = name.utf8.allSatisfy { byte in
            let letter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            return letter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.".utf8.contains(byte)
        }
        guard plain, !name.isEmpty else {
            throw BusError(.configuration, "an account's name is letters, digits, - _ and . : \(name)")
        }
        self.name = name
        self.reads = try reads.map { text throws(BusError) in try TopicFilter(text) }
        self.writes = try writes.map { text throws(BusError) in try TopicFilter(text) }
    }

    /// The lines of Mosquitto's access file.
    var accessLines: String {
        let read = reads.map { "topic read \($0)\n" }
        let write = writes.map { "topic write \($0)\n" }
        return "user \(name)\n" + (read + write).joined() + "\n"
    }
}
