import District
import Record
import Web

/// What simulated days are like, from `what-if.json`.
struct WhatIfSettings: Sendable, Hashable {
    /// How many days are simulated, each from a seed of its own.
    let seeds: Int
    /// How long a day runs before it counts, how long it counts, and how long what was asked for may still come to its end;
    /// seconds.
    let warm: Double, counted: Double, drain: Double
    /// The most a robot drives, m/s.
    let speed: Double
    /// The share of steps that take longer, and by how many seconds on average.
    let lateShare: Double, late: Double
    /// How long it takes up or lays down a load by itself; how long people let it wait on average at a hand-over, and at a
    /// visit; seconds.
    let handling: Double, handOver: Double, visit: Double
    /// The most robots, and missions an hour, that are simulated.
    let mostRobots: Int, mostMissions: Double
    /// From how many past days the demand is taken.
    let days: Int
    /// A simulation that takes longer, in seconds of the clock, is given up.
    let limit: Double
    /// How many are kept.
    let kept: Int
    let edition: String

    private static let file = "what-if.json"

    init(_ book: Handbook) throws(HandbookError) {
        let (json, edition) = try book.read(Self.file)
        try self.init(json, edition: edition)
    }

    init(_ json: JSON, edition: String) throws(HandbookError) {
        let file = Self.file
        func number(_ name: String, _ range: ClosedRange<Double>) throws(HandbookError) -> Double {
            guard let value = json[name]?.double, range.contains(value) else {
                throw HandbookError(
                    file: file, place: name, rule: "a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
        // An interval needs at least three; twenty take minutes.
        seeds = Int(try number("seeds", 3...20))
        warm = try number("warm_minutes", 0...60) * 60
        counted = try number("hours", 0.25...8) * 3600
        drain = try number("drain_minutes", 0...120) * 60
        speed = try number("speed", 0.1...5)
        lateShare = try number("late_share", 0...0.5)
        late = try number("late_seconds", 0...60)
        handling = try number("handling_seconds", 0...600)
        handOver = try number("hand_over_seconds", 0...600)
        visit = try number("visit_seconds", 0...600)
        mostRobots = Int(try number("most_robots", 1...200))
        mostMissions = try number("most_missions_an_hour", 1...2000)
        days = Int(try number("days", 1...60))
        limit = try number("limit_seconds", 5...1800)
        kept = Int(try number("kept", 1...1000))
        self.edition = edition
    }
}
