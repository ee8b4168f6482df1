import Record

/// Something that lies somewhere.
struct Held: Sendable, Hashable {
    let centre: String
    let spot: Spot
    let item: String
    let lot: String
    let quantity: Int64
    let since: Timestamp
}
