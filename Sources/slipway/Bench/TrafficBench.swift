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
            cpu: { ProcessUse.seconds() }, memory: { ProcessUse.memory() },
            text: { try? String(contentsOfFile: "\(maps)/\($0)", encoding: .utf8) }, say: { Output.error($0) })
        return try figures.rows(hours: 24 * share).map {
            Figure(name: $0.name, value: $0.value, unit: $0.unit, how: $0.how)
        }
    }
}
