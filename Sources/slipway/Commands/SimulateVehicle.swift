import ArgumentParser
import District
import Foundation
import Record
import Robots

/// Simulated vehicles at a broker: they speak VDA 5050 as a maker's would.
struct SimulateVehicle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vehicle", abstract: "Drive simulated robots by VDA 5050. 모의 로봇을 운행합니다.",
        discussion: """
            The vehicles stand on places of one of the shipped sites and wait for orders. The password of a house's own
            broker stands in its data folder, broker/credentials; vehicles use the account of that name.
            """)

    @Option(help: "The site: onyu-main, solmaru or haesol-center.")
    var site = "haesol-center"

    @Option(help: "How many vehicles.")
    var count = 1

    @Option(help: "The version of VDA 5050: 2.1 or 3.0.")
    var version = "2.1"

    @Option(help: "Their maker.")
    var manufacturer = "simulated"

    @Option(help: "How their serial numbers begin.")
    var serial = "sv"

    @Option(help: "Seed; the same seed gives the same vehicles.")
    var seed: UInt64 = 1

    @Option(help: "The chance that something is in the way at an edge, 0 to 1.")
    var delays = 0.0

    @Option(help: "Faults in an hour of driving, on average.")
    var faults = 0.0

    @Option(help: "The broker's host.")
    var host = "127.0.0.1"

    @Option(help: "The broker's port.")
    var port = 1883

    @Option(help: "The broker's account.")
    var user = "vehicles"

    @Option(help: "A file with the account's password, or with lines “account:password”.")
    var passwordFile: String?

    func validate() throws {
        guard (1...500).contains(count), (0...1).contains(delays), (0...3600).contains(faults) else {
            throw ValidationError("--count from 1 to 500, --delays from 0 to 1, --faults from 0 to 3600")
        }
    }

    func run() async throws {
        let account = MQTTAccount(host: host, port: port, username: user, password: try password())
        try await VehicleSimulator(
            site: site, count: count, version: version, manufacturer: manufacturer, serial: serial, seed: seed,
            delays: delays, faults: faults
        ).run(at: account, clock: Timestamp.now) { Output.error($0) }
    }

    private func password() throws -> String {
        guard let passwordFile else { return "" }
        let text = try String(contentsOfFile: passwordFile, encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        return lines.first { $0.hasPrefix("\(user):") }.map { String($0.dropFirst(user.count + 1)) } ?? lines.first
            ?? ""
    }
}
