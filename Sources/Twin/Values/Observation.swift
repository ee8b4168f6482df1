public import Record

/// What an attribute of a thing was seen to be.
public struct Observation: Sendable, Hashable {
    /// The thing.
    public let thing: ThingID
    /// The attribute.
    public let attribute: String
    /// What it was.
    public let value: JSON
    /// Its unit (UCUM code), where it has one.
    public let unit: String?
    /// When it was so.
    public let observed: Timestamp
    /// When the Record learnt of it.
    public let recorded: Timestamp
}

/// Where a thing stood at some time.
public struct Placement: Sendable, Hashable {
    /// What it was part of.
    public let parent: ThingID?
    /// Where it was.
    public let geometry: Geometry?
    /// Since when.
    public let since: Timestamp
}
