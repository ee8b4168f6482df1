/// What the readings of an anomaly look like, so that a lasting one can become the normal state.
struct Candidate: Sendable, Hashable {
    private(set) var location = 0.0
    private(set) var deviation = 0.0
    private(set) var step = 0.0
    private(set) var count = 0
    private var previous = 0.0

    /// Readings over which the candidate follows.
    private static let memory = 300

    /// Takes in a reading of an anomaly. One that came back to the same place goes on counting.
    mutating func observe(_ value: Double, floor: Double) {
        count += 1
        if count > 30, abs(value - location) > 8 * max(deviation * Regime.gaussian, floor) {
            // A single outlier does not move it; many make it start anew.
            outliers += 1
            if outliers > 20 { self = Candidate() }
            return
        }
        outliers = 0
        let rate = 1 / Double(min(count, Self.memory))
        if count == 1 {
            location = value
            previous = value
        }
        location += (value - location) * rate
        deviation += (abs(value - location) - deviation) * rate
        step += (abs(value - previous) - step) * rate
        previous = value
    }
    private var outliers = 0

    /// The regime these readings make; `correlation` is that from one reading to the next.
    func regime(floor: Double, correlation: Double) -> Regime {
        let scale = max(floor, deviation * Regime.gaussian)
        // For an AR(1) process: innovation² = scale² (1 − φ²), and what steps show can only be of that order.
        let innovation = max(floor, scale * (1 - correlation * correlation).squareRoot(), step * 0.6)
        return Regime(location: location, scale: scale, innovation: min(innovation, scale), count: 300)
    }

    /// Carries the state out or in.
    mutating func exchange(with archive: inout StateArchive) {
        archive.exchange(&location)
        archive.exchange(&deviation)
        archive.exchange(&step)
        archive.exchange(&count)
        archive.exchange(&previous)
        archive.exchange(&outliers)
    }
}
