public import Record

/// One measurement: when it was observed, its value, and how far it can be trusted.
public struct Reading: Sendable, Hashable {
    /// When it was observed (event time; arrival time is kept beside it in the journal).
    public var time: Timestamp
    /// The value, in the unit of its series; never NaN or infinite.
    public var value: Double
    /// How far it can be trusted.
    public var quality: Quality

    /// A measurement.
    public init(time: Timestamp, value: Double, quality: Quality = .good) {
        self.time = time
        self.value = value
        self.quality = quality
    }
}

/// How far a reading can be trusted, after OPC UA's three severities.
public enum Quality: UInt8, Sendable, Hashable, CaseIterable {
    case good = 0
    case uncertain = 1
    case bad = 2
}

/// Names a series: which thing, and which of its properties is measured (`press-1`, `vibration`).
public struct SeriesKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The thing that is measured, or that measures.
    public let thing: ThingID
    /// The property, lower case with underscores.
    public let property: String

    /// Names a series.
    public init(_ thing: ThingID, _ property: String) {
        self.thing = thing
        self.property = property
    }

    /// `press-1/vibration`.
    public var description: String { "\(thing)/\(property)" }

    /// By thing, then by property.
    public static func < (left: SeriesKey, right: SeriesKey) -> Bool {
        (left.thing.rawValue, left.property) < (right.thing.rawValue, right.property)
    }
}

/// A reading with the name of its series, as it comes in.
public struct Sample: Sendable, Hashable {
    /// The series it belongs to.
    public var series: SeriesKey
    /// The unit it was given in (UCUM code), where the source says so.
    public var unit: String?
    /// The reading.
    public var reading: Reading

    /// A reading with the name of its series.
    public init(_ series: SeriesKey, unit: String? = nil, _ reading: Reading) {
        self.series = series
        self.unit = unit
        self.reading = reading
    }
}
