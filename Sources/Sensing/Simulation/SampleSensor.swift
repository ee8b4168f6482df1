import Record
import Series

/// A sensor of the sample district, and how its values behave when all is well.
struct SampleSensor: Sendable, Hashable {
    /// The machine and what is measured of it.
    let series: SeriesKey
    /// UCUM code.
    let unit: String
    let name: Words
    /// The sensor's make, as on its type plate; no such product exists.
    let model: String
    /// The value about which it moves.
    let nominal: Double
    /// How far it scatters (a standard deviation).
    let scatter: Double
    /// Digits after the point.
    let decimals: Int
    /// How far the day moves it up and down.
    var daily = 0.0
    /// How much a reading leans on the one before.
    var correlation = 0.6

    /// The value in a second when all is well, not yet rounded.
    func healthy(second: Int64, noise: HashedNoise) -> Double {
        let phase = noise.uniform(-1)
        let hours = Double(second) / 3600
        // Warmest at three in the afternoon, Korean time; the load comes and goes within the hour.
        let day = daily * Self.wave((hours + 9 - 15) / 24)
        let load = 0.4 * scatter * Self.wave(hours * (1.3 + phase) + phase)
        return nominal + day + load + scatter * noise.smooth(second, correlation: correlation, terms: 16)
    }

    /// Rounded as the sensor shows it.
    func shown(_ value: Double) -> Double {
        let factor = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        return (value * factor).rounded() / factor
    }

    /// A cosine of so many turns.
    private static func wave(_ turns: Double) -> Double { HashedNoise.cosine(turns: turns) }
}
