import CMosquitto
import Foundation

/// One connection to a broker: libmosquitto as a codec, driven by the one thread that made it.
///
/// Callbacks only note what happened; the owner reads it after each call. `mosquitto_threaded_set` makes the library
/// queue every packet, acknowledgements of received messages included, so that bytes leave in ``write()`` and nowhere
/// else: the owner decides when a received message is acknowledged. A wire lives for one connection only; what a lost
/// connection had queued is thrown away with it.
final class MQTTWire {
    private let mosquitto: OpaquePointer
    private let keepAlive: Int32
    private let sessionOutlives: Bool
    private let place: String

    /// The broker's answer to our greeting: 0 for welcome; nil before it came.
    private(set) var greeting: Int32?
    /// What was received and not taken yet, in order.
    private(set) var received: [BusMessage] = []
    private(set) var receivedBytes = 0
    /// Publications that are done, with the broker's reason code.
    private var published: [(id: Int32, reason: Int32)] = []
    /// Subscriptions that were answered, with the level granted or a reason code from 128.
    private var subscribed: [(id: Int32, granted: Int32)] = []
    /// The library's last complaint, for error messages; it names no secrets.
    private var complaint: String?

    /// The C library counts its users without a lock, so it is set up once for the process.
    private static let library: Int32 = mosquitto_lib_init()

    init(_ configuration: MQTTConfiguration, clientID: String, cleanSession: Bool) throws(BusError) {
        guard MQTTWire.library == MOSQ_ERR_SUCCESS.rawValue,
            let mosquitto = mosquitto_new(clientID, cleanSession, nil)
        else { throw BusError(.configuration, "libmosquitto could not be set up for client \(clientID)") }
        self.mosquitto = mosquitto
        keepAlive = Int32(configuration.keepAlive)
        sessionOutlives = !cleanSession
        place = "\(configuration.host):\(configuration.port)"

        mosquitto_user_data_set(mosquitto, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_threaded_set(mosquitto, true)
        setCallbacks()
        try check(
            mosquitto_int_option(mosquitto, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5), "MQTT 5")
        try check(
            mosquitto_int_option(mosquitto, MOSQ_OPT_RECEIVE_MAXIMUM, Int32(configuration.window)), "window")
        try check(mosquitto_int_option(mosquitto, MOSQ_OPT_TCP_NODELAY, 1), "no delay")
        if let credential = configuration.credential {
            try check(mosquitto_username_pw_set(mosquitto, credential.name, credential.password), "credential")
        }
        if let tls = configuration.tls { try set(tls) }
        if let will = configuration.will { try set(will) }
    }

    private func set(_ will: BusMessage) throws(BusError) {
        let code = will.payload.withUnsafeBytes {
            mosquitto_will_set_v5(
                mosquitto, will.topic, Int32(clamping: $0.count), $0.baseAddress, Int32(will.qos.rawValue),
                will.retained, nil)
        }
        try check(code, "will on \(will.topic)")
    }

    deinit { mosquitto_destroy(mosquitto) }

    private static func of(_ context: UnsafeMutableRawPointer?) -> MQTTWire? {
        context.map { Unmanaged<MQTTWire>.fromOpaque($0).takeUnretainedValue() }
    }

    private func setCallbacks() {
        mosquitto_connect_v5_callback_set(mosquitto) { _, context, reason, _, _ in
            MQTTWire.of(context)?.greeting = reason
        }
        mosquitto_message_v5_callback_set(mosquitto) { _, context, message, _ in
            guard let wire = MQTTWire.of(context), let message = message?.pointee else { return }
            let payload = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
            wire.receivedBytes += payload.count
            wire.received.append(
                BusMessage(
                    topic: String(cString: message.topic), payload: Array(payload),
                    qos: message.qos == 0 ? .atMostOnce : .atLeastOnce, retained: message.retain))
        }
        mosquitto_publish_v5_callback_set(mosquitto) { _, context, id, reason, _ in
            MQTTWire.of(context)?.published.append((id, reason))
        }
        mosquitto_subscribe_v5_callback_set(mosquitto) { _, context, id, count, granted, _ in
            guard count > 0, let granted else { return }
            MQTTWire.of(context)?.subscribed.append((id, granted[0]))
        }
        mosquitto_log_callback_set(mosquitto) { _, context, level, text in
            guard level == MOSQ_LOG_ERR || level == MOSQ_LOG_WARNING, let text else { return }
            MQTTWire.of(context)?.complaint = String(cString: text)
        }
    }

    private func set(_ tls: MQTTTLS) throws(BusError) {
        for file in [tls.authorityFile, tls.certificateFile, tls.keyFile] {
            guard let file, access(file, R_OK) != 0 else { continue }
            throw BusError(.tls, "cannot read \(file)")
        }
        if tls.authorityFile == nil {
            try check(mosquitto_int_option(mosquitto, MOSQ_OPT_TLS_USE_OS_CERTS, 1), "authorities")
        }
        // The library wants an authority even beside those of the operating system: Debian keeps them here.
        let folder = tls.authorityFile == nil ? "/etc/ssl/certs" : nil
        try check(
            mosquitto_tls_set(mosquitto, tls.authorityFile, folder, tls.certificateFile, tls.keyFile, nil),
            "certificates")
    }

    // MARK: - Driving

    /// Opens the connection and queues the greeting; blocks while the network makes it wait.
    func connect(host: String, port: Int) throws(BusError) {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if sessionOutlives {
            // In MQTT 5 a session ends with its connection unless asked to last; this value means without end.
            try check(
                mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), .max),
                "session")
        }
        let code = mosquitto_connect_bind_v5(mosquitto, host, Int32(port), keepAlive, nil, properties)
        let number = errno
        if code == MOSQ_ERR_ERRNO.rawValue || code == MOSQ_ERR_EAI.rawValue {
            throw BusError(.unreachable, "\(place): \(reason(code, number))")
        }
        try check(code, "connect")
    }

    /// The socket to wait on.
    var socket: Int32 { mosquitto_socket(mosquitto) }
    /// Whether packets wait to be written.
    var wantsWrite: Bool { mosquitto_want_write(mosquitto) }

    /// Takes in one packet, or the part of it that is there.
    func read() throws(BusError) { try check(mosquitto_loop_read(mosquitto, 1), "read") }

    /// Writes the queued packets as far as the network takes them: acknowledgements leave here.
    func write() throws(BusError) { try check(mosquitto_loop_write(mosquitto, 1), "write") }

    /// Lets the library ask whether the other side is still there.
    func keepUp() throws(BusError) { try check(mosquitto_loop_misc(mosquitto), "keep alive") }

    /// Queues a goodbye.
    func disconnect() throws(BusError) { try check(mosquitto_disconnect_v5(mosquitto, 0, nil), "disconnect") }

    /// Queues a message and names it.
    func publish(_ message: BusMessage) throws(BusError) -> Int32 {
        var id: Int32 = 0
        let code = message.payload.withUnsafeBytes {
            mosquitto_publish_v5(
                mosquitto, &id, message.topic, Int32(clamping: $0.count), $0.baseAddress, Int32(message.qos.rawValue),
                message.retained, nil)
        }
        try check(code, "publish to \(message.topic)")
        return id
    }

    /// Queues a subscription and names it. What the broker keeps for the filter is sent when it is new, not again.
    func subscribe(_ filter: TopicFilter, _ qos: QoS) throws(BusError) -> Int32 {
        var id: Int32 = 0
        try check(
            mosquitto_subscribe_v5(
                mosquitto, &id, filter.text, Int32(qos.rawValue), Int32(MQTT_SUB_OPT_SEND_RETAIN_NEW.rawValue), nil),
            "subscribe to \(filter)")
        return id
    }

    func takeReceived() -> [BusMessage] {
        receivedBytes = 0
        return take(&received)
    }
    func takePublished() -> [(id: Int32, reason: Int32)] { take(&published) }
    func takeSubscribed() -> [(id: Int32, granted: Int32)] { take(&subscribed) }

    private func take<Element>(_ list: inout [Element]) -> [Element] {
        defer { list.removeAll(keepingCapacity: true) }
        return list
    }

    // MARK: - Errors

    private func check(_ code: Int32, _ what: String) throws(BusError) {
        guard code != MOSQ_ERR_SUCCESS.rawValue else { return }
        let number = errno
        let text = "\(place), \(what): \(reason(code, number))"
        switch mosq_err_t(code) {
        case MOSQ_ERR_TLS, MOSQ_ERR_TLS_HANDSHAKE, MOSQ_ERR_OCSP: throw BusError(.tls, text)
        case MOSQ_ERR_ERRNO where number == EPROTO: throw BusError(.tls, text)
        case MOSQ_ERR_PAYLOAD_SIZE, MOSQ_ERR_OVERSIZE_PACKET: throw BusError(.payloadTooLarge, text)
        case MOSQ_ERR_AUTH, MOSQ_ERR_ACL_DENIED: throw BusError(.notAuthorised, text)
        case MOSQ_ERR_INVAL, MOSQ_ERR_MALFORMED_UTF8: throw BusError(.configuration, text)
        case MOSQ_ERR_NOT_SUPPORTED, MOSQ_ERR_QOS_NOT_SUPPORTED, MOSQ_ERR_RETAIN_NOT_SUPPORTED:
            throw BusError(.refused, text)
        default: throw BusError(.disconnected, text)
        }
    }

    private func reason(_ code: Int32, _ number: Int32) -> String {
        let text =
            if code == MOSQ_ERR_ERRNO.rawValue {
                String(cString: strerror(number))
            } else if code == MOSQ_ERR_EAI.rawValue {
                String(cString: gai_strerror(number))
            } else {
                String(cString: mosquitto_strerror(code))
            }
        return complaint.map { "\(text) (\($0))" } ?? text
    }
}
