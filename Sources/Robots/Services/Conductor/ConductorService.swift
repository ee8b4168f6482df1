import Bus
import District
import Logging
import Record
import ServiceLifecycle

/// Runs the conductor in a house: vehicles' news in, routes out, lifts and doors over the broker, four beats a second.
struct ConductorService: Service {
    let spine: Spine
    let fleet: Fleet

    func run() async throws {
        // Without a broker there are still the vehicles of a simulation within the process, but no lifts and no doors.
        let client = try spine.mqtt.map {
            try Self.client($0, "slipway-building-\(Identifier(at: spine.district.clock()))")
        }
        let district = spine.district
        // Whoever calls a lift does not wait for the broker: vehicles must be held meanwhile.
        let (calls, calling) = AsyncStream.makeStream(of: Call.self, bufferingPolicy: .bufferingNewest(256))
        let line = FleetLine(
            drive: { await fleet.drive($0, $1) }, cancel: { await fleet.cancel($0, order: $1) },
            instant: { await fleet.instant($0, $1) },
            call: { site, gate, stop in
                calling.yield(Call(topic: BuildingMessage.callTopic(site, gate), wish: BuildingMessage.call(stop)))
            }, conduct: { await fleet.conduct($0) })
        let conductor = Conductor(
            district, line: line, source: HouseSource(spine: spine, fleet: fleet).source,
            holder: "\(Identifier(at: district.clock()))")
        let template = try TopicTemplate(BuildingMessage.states)
        let news = fleet.news.listen()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await one in news { await conductor.hear(one) } }
            if let client {
                group.addTask { await client.run() }
                group.addTask { await hear(client, conductor, template) }
                group.addTask {
                    for await call in calls {
                        do {
                            try await client.publish(call.topic, call.wish.canonical, qos: .atLeastOnce)
                        } catch {
                            // A wish is said again every few seconds.
                            district.note("a lift or door was not called", call.topic)
                        }
                    }
                }
            }
            await beat(every: .milliseconds(250)) { await conductor.beat() }
            group.cancelAll()
        }
    }

    /// A wish to a lift or a door.
    private struct Call: Sendable {
        let topic: String
        let wish: JSON
    }

    private func hear(_ client: MQTTClient, _ conductor: Conductor, _ template: TopicTemplate) async {
        do {
            try await client.subscribe(TopicFilter("slipway-building/+/+/state"), qos: .atLeastOnce)
            for await batch in client.batches {
                for message in batch {
                    // What a broker kept may be hours old: a lift or door is believed only in what it says now.
                    guard !message.retained, let parts = template.match(message.topic),
                        let status = BuildingMessage.status(message.payload)
                    else { continue }
                    await conductor.hear(status, of: parts["gate"] ?? "", at: parts["site"] ?? "")
                }
            }
        } catch is CancellationError {
            return
        } catch {
            spine.district.report("lifts and doors are not heard", error)
        }
    }

    private static func client(_ account: MQTTAccount, _ id: String) throws -> MQTTClient {
        var logger = Logger(label: "slipway.robots")
        logger.logLevel = .warning
        return try MQTTClient(
            MQTTConfiguration(
                host: account.host, port: account.port, clientID: id,
                credential: BusCredential(name: account.username, password: account.password), cleanSession: true),
            logger: logger)
    }
}
