import Record

/// A vehicle with goods aboard of missions that are over: it gets no work before a person has taken them out.
struct LadenVehicle: Sendable, Hashable {
    let vehicle: VehicleID
    let site: String
    let scope: Scope
    /// Of which missions they are.
    var missions: [String]
    let since: Timestamp
}
