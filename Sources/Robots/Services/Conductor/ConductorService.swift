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
        guard let account = spine.mqtt else { return }
        var logger = Logger(label: "slipway.robots")
        logger.logLevel = .warning
        let client = try MQTTClient(
            MQTTConfiguration(
                host: account.host, port: account.port, clientID: "slipway-building",
                credential: BusCredential(name: account.username, password: account.password)), logger: logger)
        let district = spine.district
        let line = FleetLine(
            drive: { await fleet.drive($0, $1) }, cancel: { await fleet.cancel($0, order: $1) },
            instant: { await fleet.instant($0, $1) },
            call: { site, gate, stop in
                do {
                    try await client.publish(
                        BuildingMessage.callTopic(site, gate), BuildingMessage.call(stop).canonical, qos: .atLeastOnce)
                } catch {
                    // A wish is said again every few seconds.
                    district.note("a lift or door was not called", "\(site)/\(gate)")
                }
            })
        let conductor = Conductor(
            district, line: line, source: HouseSource(spine: spine, fleet: fleet).source,
            holder: "\(Identifier(at: district.clock()))")
        let template = try TopicTemplate(BuildingMessage.states)
        let news = fleet.news.listen()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await client.run() }
            group.addTask { for await one in news { await conductor.hear(one) } }
            group.addTask {
                do {
                    try await client.subscribe(TopicFilter("slipway-building/+/+/state"), qos: .atLeastOnce)
                    for await batch in client.batches {
                        for message in batch {
                            guard let parts = template.match(message.topic),
                                let status = BuildingMessage.status(message.payload)
                            else { continue }
                            await conductor.hear(status, of: parts["gate"] ?? "", at: parts["site"] ?? "")
                        }
                    }
                } catch is CancellationError {
                    return
                } catch {
                    district.report("lifts and doors are not heard", error)
                }
            }
            await beat(every: .milliseconds(250)) { await conductor.beat() }
            group.cancelAll()
        }
    }
}
