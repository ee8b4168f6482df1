public import Record

/// What the readings of one time step amount to. A step without readings has no bucket: unknown is never zero.
public struct Bucket: Sendable, Hashable {
    /// When the step begins.
    public let start: Timestamp
    /// When the next step begins.
    public let end: Timestamp
    /// The smallest value.
    public private(set) var min: Double
    /// The largest value.
    public private(set) var max: Double
    /// The arithmetic mean of the values, whatever their quality.
    public private(set) var mean: Double
    /// How many readings.
    public private(set) var count: Int
    /// The worst quality among them.
    public private(set) var worst: Quality

    /// A step with its first reading.
    init(start: Timestamp, end: Timestamp, _ reading: Reading) {
        self.start = start
        self.end = end
        min = reading.value
        max = reading.value
        mean = reading.value
        count = 1
        worst = reading.quality
    }

    /// Takes in one reading more.
    mutating func add(_ reading: Reading) {
        count += 1
        min = Swift.min(min, reading.value)
        max = Swift.max(max, reading.value)
        // Divided before it is subtracted, so that the largest doubles do not overflow.
        mean += reading.value / Double(count) - mean / Double(count)
        if reading.quality.rawValue > worst.rawValue { worst = reading.quality }
    }
}
