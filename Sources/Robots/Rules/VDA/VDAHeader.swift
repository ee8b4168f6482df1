import Record

/// What every message begins with.
struct VDAHeader: Sendable, Hashable {
    /// Counts the messages of one topic; begins anew where the sender does.
    var id: Int64
    /// By the sender's clock.
    var said: Timestamp

    init(id: Int64, said: Timestamp) {
        self.id = id
        self.said = said
    }

    /// Reads the header of a message that was checked; nil where it has none, as visualization of 2.1 may.
    init?(_ json: JSON) {
        guard let id = json["headerId"]?.integer,
            let said = json["timestamp"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        self.init(id: id, said: said)
    }

    /// The members of a message from or to a vehicle.
    func members(_ address: VDAAddress) -> [String: JSON] {
        [
            "headerId": .number(Double(id)), "timestamp": .string(Self.moment(said)),
            "version": .string(address.version.rawValue), "manufacturer": .string(address.vehicle.manufacturer),
            "serialNumber": .string(address.vehicle.serial),
        ]
    }

    /// A moment with milliseconds, as the standard writes it.
    static func moment(_ at: Timestamp) -> String {
        let milli = at.milliseconds
        let rest = String(((milli % 1000) + 1000) % 1000)
        let whole = Timestamp(microseconds: (milli - ((milli % 1000) + 1000) % 1000) * 1000).description.dropLast()
        return "\(whole).\(String(repeating: "0", count: 3 - rest.count))\(rest)Z"
    }
}

extension JSON {
    /// The object without the members that are null: what is unknown is left out.
    static func sparse(_ members: [String: JSON]) -> JSON { .object(members.filter { $0.value != .null }) }

    /// A number, or null where it is unknown.
    static func optional(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
}
