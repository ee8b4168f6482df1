import Record

/// How lifts and doors are spoken to over MQTT: `slipway-building/{site}/{id}/call` from us, and their own word, retained,
/// on `slipway-building/{site}/{id}/state`. A building's gateway translates; none of their protocols is common to all.
enum BuildingMessage {
    static let states = "slipway-building/{site}/{gate}/state"

    static func callTopic(_ site: String, _ gate: String) -> String { "slipway-building/\(site)/\(gate)/call" }
    static func stateTopic(_ site: String, _ gate: String) -> String { "slipway-building/\(site)/\(gate)/state" }

    /// `{"stop": "lift-2f"}`, or `{"stop": null}` where nobody needs it any more.
    static func call(_ stop: String?) -> JSON { ["stop": stop.map { .string($0) } ?? .null] }

    /// `{"stop": "lift-2f", "open": true, "service": true}`.
    static func state(_ status: Gate.Status) -> JSON {
        ["stop": .string(status.stop), "open": .bool(status.isOpen), "service": .bool(status.isInService)]
    }

    /// Reads what a lift or door says; nil where it is no such message. A field that is missing opens nothing.
    static func status(_ payload: [UInt8]) -> Gate.Status? {
        guard payload.count <= 4096, let json = try? JSON(parsing: payload), json.members != nil else { return nil }
        return Gate.Status(
            stop: json["stop"]?.text ?? "", isOpen: json["open"]?.bool ?? false,
            isInService: json["service"]?.bool ?? false)
    }
}
