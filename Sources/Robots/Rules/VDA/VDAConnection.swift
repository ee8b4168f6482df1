import Record

/// How a vehicle stands to the broker, by its own word or its last will.
enum VDAConnection: String, Sendable, Hashable, CaseIterable {
    case online = "ONLINE"
    case offline = "OFFLINE"
    /// It sleeps: connected, but says nothing (3.0).
    case hibernating = "HIBERNATING"
    /// Its last will: it was cut off.
    case broken = "CONNECTION_BROKEN"

    /// Reads a message that was checked; nil where the word is none of these.
    init?(_ json: JSON) {
        guard let word = json["connectionState"]?.text else { return nil }
        self.init(rawValue: word == "CONNECTIONBROKEN" ? "CONNECTION_BROKEN" : word)
    }

    /// The message, as a version writes it.
    func json(_ header: VDAHeader, _ address: VDAAddress) -> JSON {
        var members = header.members(address)
        let word =
            switch (self, address.version) {
            case (.broken, .v21): "CONNECTIONBROKEN"
            // Version 2 has no word for sleep: whoever does not answer is away.
            case (.hibernating, .v21): "OFFLINE"
            default: rawValue
            }
        members["connectionState"] = .string(word)
        return .object(members)
    }
}
