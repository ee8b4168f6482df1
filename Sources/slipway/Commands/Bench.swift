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

    @Option(
        help:
            "Only one of: stores, series, pages, types, packs, agent, dialogues, fleet, zone, traffic, picking, fulfilment, economy, brokerage, budget, ballots; all but the last nine where left out."
    )
    var only: Part?

    @Option(help: "The part of the district that zone simulates, up to 1 (all 1,954 firms), or of traffic's day.")
    var share = 1.0

    @Option(help: "The folder with the sentences on which the agent's understanding is judged.")
    var corpus = "Tests/CitizenTests/Corpus"

    @Flag(help: "Show the sentences that the agent did not understand.")
    var failures = false

    @Option(help: "The folder with MovingAI maps on which traffic is planned; maps that are not there are left out.")
    var maps = "../shared/data/robots/mapf"

    @Option(
        help: "The folder with instances of order batching on which picking is planned; left out where it is not there."
    )
    var instances = "../shared/data/fulfilment/picking"

    @Option(help: "Processor seconds for each instance of picking.")
    var patience = 10.0

    @Option(
        help:
            "A Python with ecomplexity, matching and pabutools, to be measured beside economy, brokerage, budget and ballots; left out where it has none."
    )
    var python = ".venv/bin/python"

    @Option(help: "The folder with real economies on which predictions are measured; left out where it is not there.")
    var economies = "../shared/data/transition"

    @Option(help: "How many order lines a centre promises in fulfilment.")
    var lines = 20_000

    @Option(help: "How many vehicles fleet simulates.")
    var vehicles = 200

    @Option(help: "How many ballots are cast in ballots.")
    var ballots = 10_000

    @Flag(help: "Answer in JSON.")
    var json = false

    enum Part: String, ExpressibleByArgument, CaseIterable {
        case stores, series, pages, types, packs, agent, dialogues, fleet, zone, traffic, picking, fulfilment,
            economy, brokerage, budget, ballots

        /// Those that take long or need more than this machine has: run only when asked for by name.
        static let alone: Set<Self> = [
            .zone, .traffic, .picking, .fleet, .fulfilment, .economy, .brokerage, .budget, .ballots,
        ]
    }

    func run() async throws {
        let logger = Log.bootstrap("error")
        var figures: [Figure] = []
        var stores: [(String, StoreLocation)] = [("SQLite", .sqlite("\(folder)/record.sqlite"))]
        if let postgres { stores.append(("PostgreSQL", try StoreLocation(postgres))) }
        try? FileManager.default.removeItem(atPath: folder)
        func runs(_ part: Part) -> Bool {
            only.map { $0 == part } ?? !Part.alone.contains(part)
        }
        for (name, location) in stores where runs(.stores) {
            Output.error("… \(name)")
            figures += try await StoreBench(name: name, location: location, seconds: seconds, logger: logger).run()
        }
        if runs(.series) {
            figures += try await SeriesBench(path: "\(folder)/series.sqlite", seconds: seconds, logger: logger).run()
        }
        if runs(.pages) { figures += try await PageBench(folder: "\(folder)/house", logger: logger).run() }
        if runs(.types) { figures += try TypeBench().run() }
        if runs(.packs) { figures += try await PackBench(folder: "\(folder)/packs", logger: logger).run() }
        if runs(.agent) { figures += try AgentBench(corpus: corpus, showsFailures: failures).run() }
        if runs(.dialogues) { figures += try DialogueBench().run() }
        if runs(.traffic) { figures += try TrafficBench(maps: maps, share: share).run() }
        if runs(.picking) { figures += await PickingBench(instances: instances, seconds: patience).run() }
        if runs(.brokerage) { figures += try BrokerageBench(folder: folder, python: python).run() }
        if runs(.economy) { figures += try EconomyBench(folder: folder, python: python, data: economies).run() }
        if runs(.budget) { figures += try BudgetBench(folder: folder, python: python).run() }
        if runs(.ballots) {
            figures += try await BallotBench(folder: "\(folder)/ballots", people: ballots, logger: logger).run()
            figures += try BudgetBench(folder: folder, python: python).run()
        }
        for (name, location) in stores where runs(.fulfilment) {
            figures += try await FulfilmentBench(name: name, location: location, lines: lines, logger: logger).run()
        }
        if runs(.fleet) {
            figures += try await FleetBench(
                folder: "\(folder)/fleet", count: vehicles, seconds: max(30, seconds), logger: logger
            ).run()
        }
        if runs(.zone) { figures += try await ZoneBench(folder: "\(folder)/zone", share: share, logger: logger).run() }
        try? FileManager.default.removeItem(atPath: folder)
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
