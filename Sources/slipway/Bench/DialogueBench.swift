import Citizen
import Foundation
import Record

/// Plays conversations that were drawn from a seed, and counts what must never happen.
struct DialogueBench {
    /// As many as the promise is made for.
    static let count = 10_000

    func run() throws -> [Figure] {
        let now = Timestamp(iso8601: "2026-11-23T10:00:00+09:00") ?? .now()
        return try DialogueFigures(count: Self.count, seed: 4, now: now).rows.map {
            Figure(name: $0.name, value: $0.value, unit: $0.unit, how: $0.how)
        }
    }
}
