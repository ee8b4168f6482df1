import CMosquitto

/// What a broker's reason code means to us (MQTT 5.0, section 2.4).
enum MQTTReason {
    /// The error that an answer to the greeting stands for; nil for a welcome.
    ///
    /// Brokers without version 5 answer with the small codes of version 3, where 4 and 5 concern credentials.
    static func greetingError(_ code: Int32, _ what: String) -> BusError? {
        switch code {
        case 0: nil
        case 4, 5: BusError(.notAuthorised, "\(what): \(String(cString: mosquitto_connack_string(code)))")
        case 1..<128: BusError(.refused, "\(what): \(String(cString: mosquitto_connack_string(code)))")
        default: error(code, what)
        }
    }

    /// The error that a code from 128 stands for; nil below, where all went well.
    static func error(_ code: Int32, _ what: String) -> BusError? {
        guard code >= 128 else { return nil }
        let text = "\(what): \(String(cString: mosquitto_reason_string(code)))"
        return switch UInt32(code) {
        case MQTT_RC_NOT_AUTHORIZED.rawValue, MQTT_RC_BAD_USERNAME_OR_PASSWORD.rawValue, MQTT_RC_BANNED.rawValue:
            BusError(.notAuthorised, text)
        case MQTT_RC_PACKET_TOO_LARGE.rawValue: BusError(.payloadTooLarge, text)
        case MQTT_RC_TOPIC_NAME_INVALID.rawValue, MQTT_RC_TOPIC_FILTER_INVALID.rawValue:
            BusError(.invalidTopic, text)
        case MQTT_RC_SERVER_UNAVAILABLE.rawValue, MQTT_RC_SERVER_BUSY.rawValue: BusError(.unreachable, text)
        default: BusError(.refused, text)
        }
    }
}
