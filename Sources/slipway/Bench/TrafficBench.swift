import Foundation
import Robots

/// Plans for thousands of vehicles on the maps that others measure on, and a day of execution with delays.
struct TrafficBench {
    /// The folder with MovingAI maps.
    let maps: String
    /// The part of the day that execution simulates, up to 1.
    let share: Double

    func run() throws -> [Figure] {
        let maps = maps
        let figures = TrafficFigures(
            cpu: { CPU.seconds() }, memory: { Self.memory() },
            text: { try? String(contentsOfFile: "\(maps)/\($0)", encoding: .utf8) }, say: { Output.error($0) })
        return try figures.rows(hours: 24 * share).map {
            Figure(name: $0.name, value: $0.value, unit: $0.unit, how: $0.how)
        }
    }

    /// The most memory that this process ever had, in bytes.
    private static func memory() -> Int {
        var usage = rusage()
        // RUSAGE_SELF is 0; the constant does not match the function's type here.
        getrusage(__rusage_who_t(0), &usage)
        return usage.ru_maxrss * 1024
    }
}
