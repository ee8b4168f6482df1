import Access
import Bus
import District
import Logging
import Record
import ServiceLifecycle

/// Readings over MQTT: JSON on `slipway/{thing}` or `slipway/{thing}/{property}`, and alarms out on
/// `slipway-events/{type}`. A message is acknowledged only after its readings are durable.
struct MQTTIntake: Service {
    let desk: Desk

    private static func templates() throws(BusError) -> [TopicTemplate] {
        try ["slipway/{thing}", "slipway/{thing}/{property}"].map { text throws(BusError) in try TopicTemplate(text) }
    }

    func run() async throws {
        guard let account = desk.spine.mqtt else { return }
        var logger = Logger(label: "slipway.mqtt")
        logger.logLevel = .notice
        let templates = try Self.templates()
        let client = try MQTTClient(
            MQTTConfiguration(
                host: account.host, port: account.port, clientID: "slipway-intake",
                credential: BusCredential(name: account.username, password: account.password)), logger: logger)
        let publisher = Follower(
            "sensing.mqtt", types: ["sensing.alarm.raised", "sensing.alarm.acknowledged", "sensing.alarm.cleared"],
            district: desk.spine.district
        ) { event, payload in
            let message: JSON = [
                "id": .string(event.id.description), "type": .string(event.type), "stream": .string(event.stream),
                "observed": .string(event.observed.description), "correlation": .string(event.correlation.description),
                // A note is a person's own words and stays in the house.
                "payload": .object(payload.filter { $0.key != "note" }),
            ]
            try await client.publish("slipway-events/\(event.type)", message.canonical)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await client.run() }
            group.addTask {
                do {
                    try await client.subscribe(TopicFilter("slipway/#"))
                    for await batch in client.batches { try await take(batch, by: templates) }
                } catch is CancellationError {
                    return
                } catch {
                    desk.spine.district.report("readings do not come over MQTT", error)
                }
            }
            group.addTask {
                do {
                    try await publisher.run()
                } catch {
                    desk.spine.district.report("alarms are not published over MQTT", error)
                }
            }
            await beat(every: .seconds(5)) {
                desk.spine.gauges.set("slipway_mqtt_connected", client.counters.connected ? 1 : 0)
                desk.spine.gauges.set("slipway_mqtt_received_total", Double(client.counters.received))
            }
            group.cancelAll()
        }
    }

    /// Stores a batch, waiting for the store as long as it takes: the broker keeps the rest meanwhile. Throws where it was
    /// cancelled before: then the broker delivers the batch again.
    private func take(_ messages: [BusMessage], by templates: [TopicTemplate]) async throws {
        let now = desk.spine.district.clock()
        var parsed = Parsed()
        for (index, message) in messages.enumerated() {
            let parts = templates.lazy.compactMap { $0.match(message.topic) }.first
            guard let parts else {
                parsed.rejections.append(Rejection(line: index + 1, field: "topic", .syntax, message.topic))
                continue
            }
            // What came together came one after the other: at one and the same moment the last would hide the others.
            let one = JSONReadings.parse(
                message.payload, thing: parts["thing"], property: parts["property"],
                now: now.advanced(bySeconds: Double(index) / 1_000_000))
            parsed.join(one, line: index + 1)
        }
        while true {
            do {
                let receipt = try await desk.ingest.take(parsed, by: .system("mqtt"), source: "mqtt")
                for rejection in receipt.rejections.prefix(5) {
                    desk.spine.district.note(
                        "a message over MQTT was not taken", "\(rejection.field): \(rejection.rule.rawValue)")
                }
                return
            } catch {
                desk.spine.district.report("readings over MQTT wait for the store", error)
                try await Task.sleep(for: .seconds(1))
            }
        }
    }
}
