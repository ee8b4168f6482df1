/// One state of a machine as a sensor sees it: where the values lie and how they scatter.
struct Regime: Sendable, Hashable {
    /// Where the values lie.
    var location: Double
    /// How far they scatter about it (a standard deviation where they are Gaussian).
    var scale: Double
    /// How far they are from what the reading before let expect.
    var innovation: Double
    /// From how many readings this is known.
    var count: Double
    /// When it was last the active one, in readings.
    var lastUsed = 0.0

    /// Mean absolute deviation to standard deviation, for a Gaussian: √(π/2).
    static let gaussian = 1.2533141373155

    /// Follows a healthy reading that deviates so much from the location, and so much from its prediction.
    mutating func follow(deviation: Double, residual: Double, slow: Double, memory: Double, floor: Double) {
        count += 1
        location += min(max(deviation, -2 * scale), 2 * scale) / min(count, slow)
        let rate = 1 / min(count, memory)
        scale = max(floor, scale + (Self.gaussian * min(abs(deviation), 4 * scale) - scale) * rate)
        innovation = max(floor, innovation + (Self.gaussian * min(abs(residual), 4 * innovation) - innovation) * rate)
    }

    /// Carries the state out or in.
    mutating func exchange(with archive: inout StateArchive) {
        archive.exchange(&location)
        archive.exchange(&scale)
        archive.exchange(&innovation)
        archive.exchange(&count)
        archive.exchange(&lastUsed)
    }
}
