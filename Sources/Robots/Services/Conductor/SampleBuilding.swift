import Bus
import District
import Logging
import Record
import ServiceLifecycle

/// The lifts and doors of the sample district's sites, which nobody else moves: they speak over the broker as real ones do.
struct SampleBuilding: Service {
    let spine: Spine
    /// The gates of each site: their stops.
    let gates: [String: [String: [String]]]

    func run() async throws {
        guard let account = spine.mqtt, !gates.isEmpty else { return }
        var logger = Logger(label: "slipway.building")
        logger.logLevel = .warning
        let client = try MQTTClient(
            MQTTConfiguration(
                host: account.host, port: account.port, clientID: "slipway-sample-building",
                credential: BusCredential(name: account.username, password: account.password)), logger: logger)
        let house = House(gates)
        let template = try TopicTemplate(BuildingMessage.callTopic("{site}", "{gate}"))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await client.run() }
            group.addTask {
                do {
                    try await client.subscribe(TopicFilter("slipway-building/+/+/call"), qos: .atLeastOnce)
                    for await batch in client.batches {
                        for message in batch {
                            guard let parts = template.match(message.topic),
                                let json = try? JSON(parsing: message.payload)
                            else { continue }
                            await house.call(parts["site"] ?? "", parts["gate"] ?? "", json["stop"]?.text)
                        }
                    }
                } catch is CancellationError {
                    return
                } catch {
                    spine.district.report("the sample's lifts do not hear", error)
                }
            }
            await beat(every: .milliseconds(500)) {
                for (site, gate, status) in await house.advance(by: 0.5) {
                    do {
                        try await client.publish(
                            BuildingMessage.stateTopic(site, gate), BuildingMessage.state(status).canonical,
                            qos: .atMostOnce)
                    } catch {
                        // The next half second says it again.
                        return
                    }
                }
            }
            group.cancelAll()
        }
    }

    private actor House {
        private var gates: [String: [String: SimulatedGate]]
        private var told: [String: (Gate.Status, beats: Int)] = [:]

        init(_ gates: [String: [String: [String]]]) {
            self.gates = gates.mapValues { $0.mapValues { SimulatedGate(stops: $0) } }
        }

        func call(_ site: String, _ gate: String, _ stop: String?) { gates[site]?[gate]?.call(stop) }

        /// What is to be said: what has changed, and everything every few seconds.
        func advance(by seconds: Double) -> [(String, String, Gate.Status)] {
            var said: [(String, String, Gate.Status)] = []
            for (site, lifts) in gates.sorted(by: { $0.key < $1.key }) {
                for id in lifts.keys.sorted() {
                    gates[site]?[id]?.advance(by: seconds)
                    guard let status = gates[site]?[id]?.status else { continue }
                    let last = told["\(site)/\(id)"]
                    guard last?.0 != status || (last?.beats ?? 0) >= 8 else {
                        told["\(site)/\(id)"]?.beats += 1
                        continue
                    }
                    told["\(site)/\(id)"] = (status, 0)
                    said.append((site, id, status))
                }
            }
            return said
        }
    }
}
