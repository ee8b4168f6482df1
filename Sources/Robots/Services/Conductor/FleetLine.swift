/// How the conductor speaks to vehicles: over MQTT in the house, in process in a simulation.
struct FleetLine: Sendable {
    /// Has a vehicle drive a route that was journaled.
    var drive: @Sendable (VehicleID, Route) async -> Void
    /// Calls an order off.
    var cancel: @Sendable (VehicleID, String) async -> Void
    /// Has a vehicle do something at once.
    var instant: @Sendable (VehicleID, RouteAction) async -> Void
    /// Calls a lift or a door of a site to a stop; nil where nobody needs it any more.
    var call: @Sendable (String, String, String?) async -> Void
    /// Says whether this node conducts; returns when the fleet goes on from what was published, or listens.
    var conduct: @Sendable (Bool) async -> Void = { _ in }
}
