import CMosquitto
import Dispatch
import Foundation
public import Logging
import Synchronization

/// A connection to an MQTT 3.1.1 broker through libmosquitto, kept up until it is stopped.
///
/// **What is guaranteed.** A message of QoS 1 is acknowledged to the broker only after `receive` has returned for the
/// batch it came in. libmosquitto queues its PUBACK while it reads; in threaded mode it writes nothing by itself, and
/// our thread writes only after the batch was taken. So whatever `receive` makes durable before it returns is not lost
/// by a `kill -9` at any moment: the broker sends again what was not acknowledged. It may therefore come twice.
///
/// **Back-pressure.** While a batch is being taken nothing more is read; the broker waits (TCP) and keeps the rest.
///
/// Unchecked, because the C handle is touched by its own thread, and by `publish` where libmosquitto locks by itself.
public final class MQTTClient: @unchecked Sendable {
    /// Takes a batch; durable on return.
    public typealias Receiver = @Sendable ([MQTTMessage]) async -> Void

    private struct State {
        var counts = MQTTCounts()
        var isConnected = false
        var isStopping = false
        var waiting: [Int32: CheckedContinuation<Void, any Error>] = [:]
        var refusal: BusError?
        var ended: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
    }

    private let settings: MQTTSettings
    private let filters: [String]
    private let receive: Receiver
    private let logger: Logger
    private let handle: OpaquePointer
    private let state = Mutex(State())
    private let alarm: WakePipe
    /// The library counts its users without a lock, so it is set up once for the process.
    private static let library = mosquitto_lib_init()
    /// Touched by the loop's thread only.
    private var batch: [MQTTMessage] = []

    /// Makes a client and starts connecting.
    /// - Parameters:
    ///   - filters: what to subscribe to at QoS 1, again after every reconnection.
    ///   - receive: takes what comes.
    /// - Throws: ``BusError`` where a filter or the TLS settings cannot be used.
    public init(
        _ settings: MQTTSettings, filters: [String] = [], logger: Logger, receive: @escaping Receiver = { _ in }
    ) throws(BusError) {
        for filter in filters where !Topic.isFilter(filter) { throw BusError(.topic, "\(filter) is no topic filter") }
        _ = Self.library
        guard let handle = mosquitto_new(settings.clientID, filters.isEmpty, nil) else {
            throw BusError(.library, "mosquitto_new failed")
        }
        self.settings = settings
        self.filters = filters
        self.receive = receive
        self.logger = logger
        self.handle = handle
        alarm = try WakePipe()
        mosquitto_username_pw_set(handle, settings.username, settings.password)
        mosquitto_threaded_set(handle, true)
        if let ca = settings.caFile, mosquitto_tls_set(handle, ca, nil, nil, nil, nil) != MOSQ_ERR_SUCCESS.code {
            throw BusError(.tls, "\(ca) cannot be used as a CA certificate")
        }
        hookUp()
        let thread = Thread { [self] in loop() }
        thread.name = "slipway.mqtt"
        thread.start()
    }

    deinit { mosquitto_destroy(handle) }

    /// What it has done so far.
    public var counts: MQTTCounts { state.withLock { $0.counts } }

    /// Whether the broker is there now.
    public var isConnected: Bool { state.withLock { $0.isConnected } }

    /// Why the broker refused us last, where it did.
    public var refusal: BusError? { state.withLock { $0.refusal } }

    /// Publishes; at QoS 1 the broker has acknowledged on return, at QoS 0 it was handed to the network's buffer.
    /// - Throws: ``BusError``.
    public func publish(_ topic: String, _ payload: [UInt8], qos: Int = 1, retain: Bool = false) async throws {
        guard Topic.isTopic(topic) else { throw BusError(.topic, "\(topic) is no topic") }
        guard payload.count <= 268_435_455 else { throw BusError(.tooLarge, "\(payload.count) bytes") }
        guard isConnected else { throw BusError(.disconnected, "no broker is connected") }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            // Under the lock, so that the acknowledgement cannot come before somebody waits for it.
            let failure = state.withLock { state -> BusError? in
                var mid: Int32 = 0
                let code = mosquitto_publish(
                    handle, &mid, topic, Int32(payload.count), payload, Int32(qos), retain)
                guard code == MOSQ_ERR_SUCCESS.code else { return Self.error(code) }
                state.waiting[mid] = continuation
                return nil
            }
            if let failure { continuation.resume(throwing: failure) } else { alarm.ring() }
        }
    }

    /// Disconnects and ends the thread.
    public func stop() async {
        await withCheckedContinuation { continuation in
            let ended = state.withLock { state in
                state.isStopping = true
                if !state.hasEnded { state.ended.append(continuation) }
                return state.hasEnded
            }
            alarm.ring()
            if ended { continuation.resume() }
        }
    }

    // MARK: The loop's thread

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func loop() {
        var pause = 0.1
        while !isStopping {
            let code = mosquitto_connect(handle, settings.host, Int32(settings.port), Int32(settings.keepAlive))
            if code == MOSQ_ERR_SUCCESS.code {
                serve()
                pause = 0.1
            } else {
                logger.notice("no broker", metadata: ["reason": "\(Self.error(code))"])
            }
            lose(BusError(.disconnected, "the connection ended before the broker acknowledged"))
            alarm.wait(milliseconds: Int(pause * 1000))
            pause = min(2, pause * 2)
        }
        mosquitto_disconnect(handle)
        _ = mosquitto_loop_write(handle, 1)
        let ended = state.withLock { state in
            state.hasEnded = true
            return state.ended
        }
        for continuation in ended { continuation.resume() }
    }

    /// One connection, until it ends.
    private func serve() {
        while !isStopping {
            let socket = mosquitto_socket(handle)
            guard socket >= 0 else { return }
            let ready = alarm.poll(socket, writing: mosquitto_want_write(handle), milliseconds: 500)
            if ready.readable, !drain(socket) { return }
            // Acknowledgements of the batch leave only here, after it was taken.
            if mosquitto_want_write(handle), mosquitto_loop_write(handle, 1) != MOSQ_ERR_SUCCESS.code { return }
            if mosquitto_loop_misc(handle) != MOSQ_ERR_SUCCESS.code { return }
        }
    }

    /// Reads what is there, up to a batch, and has it taken.
    /// - Returns: whether the connection stands.
    private func drain(_ socket: Int32) -> Bool {
        var stands = true
        repeat {
            stands = mosquitto_loop_read(handle, 1) == MOSQ_ERR_SUCCESS.code
        } while stands && batch.count < settings.batch && WakePipe.isReadable(socket)
        guard !batch.isEmpty else { return stands }
        let taken = batch
        batch.removeAll(keepingCapacity: true)
        let done = DispatchSemaphore(value: 0)
        Task { [receive] in
            await receive(taken)
            done.signal()
        }
        done.wait()
        state.withLock { $0.counts.received += taken.count }
        return stands
    }

    private func lose(_ error: BusError) {
        let waiting = state.withLock { state in
            state.isConnected = false
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(throwing: error) }
        batch = []
    }

    // MARK: What libmosquitto calls, on the loop's thread

    fileprivate func connected(_ code: Int32) {
        guard code == 0 else {
            let refusal = BusError(.refused, String(cString: mosquitto_connack_string(code)))
            state.withLock { $0.refusal = refusal }
            logger.error("the broker refuses us", metadata: ["reason": "\(refusal)"])
            return
        }
        for filter in filters { mosquitto_subscribe(handle, nil, filter, 1) }
        state.withLock { state in
            state.isConnected = true
            state.refusal = nil
            state.counts.connections += 1
        }
    }

    fileprivate func acknowledged(_ mid: Int32) {
        let continuation = state.withLock { state in
            state.counts.published += 1
            return state.waiting.removeValue(forKey: mid)
        }
        continuation?.resume()
    }

    fileprivate func arrived(_ message: mosquitto_message) {
        let bytes = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
        batch.append(
            MQTTMessage(
                topic: String(cString: message.topic), payload: Array(bytes), qos: Int(message.qos),
                isRetained: message.retain))
    }

    private func hookUp() {
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_connect_callback_set(handle) { _, box, code in MQTTClient.from(box)?.connected(code) }
        mosquitto_publish_callback_set(handle) { _, box, mid in MQTTClient.from(box)?.acknowledged(mid) }
        mosquitto_message_callback_set(handle) { _, box, message in
            if let message { MQTTClient.from(box)?.arrived(message.pointee) }
        }
    }

    private static func from(_ box: UnsafeMutableRawPointer?) -> MQTTClient? {
        box.map { Unmanaged<MQTTClient>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func error(_ code: Int32) -> BusError {
        let text =
            code == MOSQ_ERR_ERRNO.code ? String(cString: strerror(errno)) : String(cString: mosquitto_strerror(code))
        return switch code {
        case MOSQ_ERR_CONN_REFUSED.code, MOSQ_ERR_ERRNO.code, MOSQ_ERR_EAI.code: BusError(.unreachable, text)
        case MOSQ_ERR_AUTH.code: BusError(.refused, text)
        case MOSQ_ERR_TLS.code: BusError(.tls, text)
        case MOSQ_ERR_NO_CONN.code, MOSQ_ERR_CONN_LOST.code: BusError(.disconnected, text)
        default: BusError(.library, text)
        }
    }
}

extension mosq_err_t {
    /// The number that libmosquitto's functions return.
    fileprivate var code: Int32 { Int32(rawValue) }
}
