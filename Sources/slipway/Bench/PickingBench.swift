import Foundation
import Fulfilment

/// Batches and tours of pickers on the instances that others measure on.
struct PickingBench {
    /// The folder with the instances of Henn and Wäscher.
    let instances: String
    /// Processor time for each instance.
    let seconds: Double

    func run() async -> [Figure] {
        let instances = instances
        let figures = PickingFigures(
            cpu: { Self.cpu() }, text: { try? String(contentsOfFile: "\(instances)/\($0)", encoding: .utf8) },
            say: { Output.error($0) })
        let rows = await figures.rows(seconds: seconds)
        if rows.isEmpty {
            Output.error("… picking: no instances in \(instances), left out (--instances names another folder)")
        }
        return rows.map { Figure(name: $0.name, value: $0.value, unit: $0.unit, how: $0.how) }
    }

    /// Processor time of this thread, in seconds.
    private static func cpu() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
