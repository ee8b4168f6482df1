import Record

/// What whoever plans is told of vehicles, in the order in which it happened.
enum FleetNews: Sendable, Hashable {
    /// A valid state came, or how the vehicle stands to us has changed.
    case report(VehicleReport)
    /// An order is wholly done; `failed` names its actions that failed.
    case finished(VehicleID, order: String, failed: [String])
    /// An order was called off, and the vehicle stands.
    case cancelled(VehicleID, order: String)
    /// A route was not taken, or an order is over without being done: plan anew from where the vehicle reports to be.
    case refused(VehicleID, order: String, RouteRefusal)
    /// Something asked for at once does not happen: the vehicle says that it failed, or never showed it, however often it
    /// was asked. `action` is its id, `type` what it was: `startPause`, `stopPause` …
    case unheeded(VehicleID, action: String, type: String)

    var vehicle: VehicleID {
        switch self {
        case .report(let report): report.vehicle
        case .finished(let vehicle, _, _), .cancelled(let vehicle, _), .refused(let vehicle, _, _),
            .unheeded(let vehicle, _, _):
            vehicle
        }
    }
}

/// Why a route is not being driven.
enum RouteRefusal: String, Sendable, Hashable, CaseIterable {
    /// Its fence is below one that was published: whoever sent it has been succeeded. Or its order was called off, or is
    /// over, while it was under way: how that ended is told by itself.
    case outdated
    /// It does not begin on the base that the vehicle has, or takes back what was released.
    case notContinuing
    /// The vehicle finds no way, or does not stand where the order begins.
    case noWay
    /// The vehicle refuses the message, or an action in it: sending it again helps nothing.
    case unfit
    /// The vehicle did not take it, however often it was sent.
    case notTaken
    /// The vehicle has forgotten the order, or somebody ended it at the vehicle.
    case lost
    /// The vehicle was moved by hand to a place that is not on its way.
    case moved
    /// Two speak under the vehicle's name.
    case contested
}
