import ArgumentParser
import Foundation
import Record
import Store

/// Measures what a house can do on this machine; the figures go into Benchmarks/.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure this machine. 이 컴퓨터에서의 성능을 잽니다.")

    @Option(help: "Folder for the benchmark's databases; emptied afterwards.")
    var folder = NSTemporaryDirectory() + "slipway-bench"

    @Option(help: "A PostgreSQL to measure beside SQLite (postgres://…).")
    var postgres: String?

    @Option(help: "Seconds for each figure.")
    var seconds = 5.0

    @Flag(help: "Answer in JSON.")
    var json = false

    func run() async throws {
        let logger = Log.bootstrap("error")
        var figures: [Figure] = []
        var stores: [(String, StoreLocation)] = [("SQLite", .sqlite("\(folder)/record.sqlite"))]
        if let postgres { stores.append(("PostgreSQL", try StoreLocation(postgres))) }
        try? FileManager.default.removeItem(atPath: folder)
        for (name, location) in stores {
            Output.error("… \(name)")
            figures += try await StoreBench(name: name, location: location, seconds: seconds, logger: logger).run()
        }
        figures += try await SeriesBench(path: "\(folder)/series.sqlite", seconds: seconds, logger: logger).run()
        figures += try await PageBench(folder: "\(folder)/house", logger: logger).run()
        try FileManager.default.removeItem(atPath: folder)
        if json {
            Output.json(.array(figures.map(\.json)))
        } else {
            print("| figure | value | unit | how |\n|---|---:|---|---|")
            for figure in figures { print("| \(figure.name) | \(figure.shown) | \(figure.unit) | \(figure.how) |") }
        }
    }
}

/// One measured figure.
struct Figure: Sendable {
    let name: String
    let value: Double
    let unit: String
    let how: String

    var shown: String { value >= 100 ? "\(Int(value.rounded()))" : "\((value * 100).rounded() / 100)" }

    var json: JSON {
        ["name": .string(name), "value": .number(value), "unit": .string(unit), "how": .string(how)]
    }
}
