import Record

/// A place or a machine of the sample district.
struct SampleThing: Sendable, Hashable {
    let id: ThingID
    /// `zone`, `building`, `enterprise`, `site`, `area`, `line` or `machine`.
    let kind: String
    let parent: ThingID?
    let name: Words
    let firm: FirmID?
    /// Degrees north, where the thing stands on the map.
    var latitude: Double?
    /// Degrees east.
    var longitude: Double?
}
