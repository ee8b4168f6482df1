import ArgumentParser
import Record
import Sensing

/// The sample district's simulator by itself: readings on standard output, for whatever wants to be fed.
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the seeded simulator. 시뮬레이터를 실행합니다.",
        discussion:
            "Prints InfluxDB line protocol; pipe it where readings are wanted. The same seed gives the same values.",
        subcommands: [SimulateSafetyYear.self, SimulateVehicle.self])

    @Option(help: "Seed of the district.")
    var seed: UInt64 = 1

    @Option(help: "How many seconds to simulate.")
    var seconds = 60

    @Option(help: "Start (RFC 3339); now where left out.")
    var start: String?

    @Flag(help: "Without the scripted faults.")
    var healthy = false

    @Flag(help: "Keep to the clock instead of running through.")
    var live = false

    func validate() throws {
        guard (1...31_536_000).contains(seconds) else { throw ValidationError("--seconds is from 1 to 31536000") }
        if let start, Timestamp(iso8601: start) == nil {
            throw ValidationError("--start takes a moment such as 2026-11-21T09:00:00Z")
        }
    }

    func run() async throws {
        let begin = start.flatMap { Timestamp(iso8601: $0) } ?? .now()
        for second in 0..<seconds {
            print(
                Simulator.lines(
                    seed: seed, at: begin.advanced(bySeconds: Double(second)), from: begin, healthy: healthy))
            if live { try await Task.sleep(for: .seconds(1)) }
        }
    }
}
