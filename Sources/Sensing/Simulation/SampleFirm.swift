import Record

/// A firm of the sample district; none of them exists.
struct SampleFirm: Sendable, Hashable {
    let id: FirmID
    let name: Words
    /// A business registration number that no firm can have.
    let registration: String
    /// People employed.
    let headcount: Int
}
