import ArgumentParser
import Bus
import District
import Foundation
import Logging
import Record
import Robots
import Series
import Store

/// Two hundred simulated vehicles over a real Mosquitto, whose restart nobody may notice but by the clock.
struct FleetBench {
    let folder: String
    let count: Int
    let seconds: Double
    let logger: Logger

    func run() async throws -> [Figure] {
        let options = try HouseOptions.parse(["--data", folder])
        let (store, district) = try await OpenHouse.openDistrict(options, logger: logger)
        let seriesStore = try await Store.open(.sqlite("\(folder)/series.sqlite"), logger: logger)
        let series = try await SeriesStore.open(seriesStore, clock: { Timestamp.now() }, logger: logger)
        let places = "\(folder)/broker"
        let logger = logger
        let broker = Holder(
            try await LocalBroker.start(in: places, accounts: try StartedBroker.accounts(), logger: logger))
        let port = await broker.running.port
        let password = await broker.running.credential(for: "slipway")?.password ?? ""
        let processes = try FleetFigures.groups(count).map { group in
            try simulate(group, port: port, credentials: "\(places)/credentials")
        }
        defer { processes.forEach { $0.terminate() } }
        let key = try SigningKey(generatingFor: "bench")
        let spine = Spine(
            district: district, series: series,
            signer: Signer(origin: key.name, key: key, clock: { Timestamp.now() }),
            mqtt: MQTTAccount(host: "127.0.0.1", port: port, username: "slipway", password: password), isSample: false)
        let figures = FleetFigures(
            spine: spine, count: count, seconds: seconds, cpu: { ProcessUse.seconds() },
            restart: {
                await broker.running.stop()
                try await Task.sleep(for: .seconds(3))
                await broker.take(
                    try await LocalBroker.start(
                        in: places, port: port, accounts: try StartedBroker.accounts(), logger: logger))
            }, say: { Output.error($0) })
        let rows = try await figures.rows()
        await broker.running.stop()
        await series.close()
        await store.close()
        return rows.map { Figure(name: $0.name, value: $0.value, unit: $0.unit, how: $0.how) }
    }

    private actor Holder {
        private(set) var running: RunningBroker
        init(_ running: RunningBroker) { self.running = running }
        func take(_ other: RunningBroker) { running = other }
    }

    private func simulate(_ group: FleetFigures.Group, port: Int, credentials: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "simulate", "vehicle", "--site", FleetFigures.site, "--count", "\(group.count)", "--version",
            group.version,
            "--manufacturer", FleetFigures.manufacturer, "--serial", group.serial, "--port", "\(port)",
            "--password-file",
            credentials,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
