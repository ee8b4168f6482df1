import Access
import Bus
import District
import Logging
import Record
import Series
import ServiceLifecycle

/// The sample district's factories: each thing publishes its readings once a second over MQTT, as a gateway would; in
/// a house without a broker they are taken in at once.
struct SampleService: Service {
    let desk: Desk
    let seed: UInt64

    func run() async throws {
        let started = desk.spine.district.clock()
        let (district, faults) = (SampleDistrict(seed: seed), SampleDistrict.script(startingAt: started))
        if let account = desk.spine.mqtt {
            try await publish(district, faults, to: account)
        } else {
            await take(district, faults)
        }
    }

    private func take(_ district: SampleDistrict, _ faults: [Fault]) async {
        await beat(every: .seconds(1)) {
            let samples = district.samples(at: moment(), faults: faults)
            do {
                _ = try await desk.ingest.take(
                    Parsed(samples: samples), by: .system("sample"), source: "sample")
            } catch {
                desk.spine.district.report("a second of the sample was not stored", error)
            }
        }
    }

    /// The whole second that it is now.
    private func moment() -> Timestamp {
        Timestamp(microseconds: desk.spine.district.clock().microseconds / 1_000_000 * 1_000_000)
    }

    private func publish(_ district: SampleDistrict, _ faults: [Fault], to account: MQTTAccount) async throws {
        var logger = Logger(label: "slipway.sample")
        logger.logLevel = .error
        let client = try MQTTClient(
            MQTTConfiguration(
                host: account.host, port: account.port, clientID: "slipway-sample",
                credential: BusCredential(name: account.username, password: account.password)), logger: logger)
        async let _ = client.run()
        let units = Dictionary(district.sensors.map { ($0.series, $0.unit) }, uniquingKeysWith: { first, _ in first })
        await beat(every: .seconds(1)) {
            let now = moment()
            let samples = district.samples(at: now, faults: faults)
            for (thing, own) in Dictionary(grouping: samples, by: \.series.thing).sorted(by: { $0.key < $1.key }) {
                // One message for each unit, for a message has one.
                for (unit, group) in Dictionary(grouping: own, by: { $0.unit ?? units[$0.series] ?? "" }) {
                    do {
                        try await client.publish("slipway/\(thing)", Self.payload(group, unit: unit, at: now))
                    } catch {
                        return
                    }
                }
            }
        }
    }

    private static func payload(_ samples: [Sample], unit: String, at now: Timestamp) -> [UInt8] {
        var values: [String: JSON] = [:]
        for sample in samples { values[sample.series.property] = .number(sample.reading.value) }
        let payload: JSON = ["time": .string(now.description), "unit": .string(unit), "values": .object(values)]
        return payload.canonical
    }
}
