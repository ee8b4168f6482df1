import Record

/// How a vehicle stands, as pages show it.
struct VehicleStanding: Sendable, Hashable {
    var vehicle: VehicleID
    var version: VDAVersion
    var presence: VehicleReport.Presence
    var report: VehicleReport?
    var factsheet: VDAFactsheet?
    /// Open faults with their levels.
    var faults: [String: VehicleSession.OpenFault]
    /// How two senders gave themselves away.
    var contest: SenderWatch.Contest?
    /// The order it was sent last, and whether it has taken it.
    var order: SentOrder?
    var isCancelling: Bool
    /// A route waits to be published.
    var waits: Bool
    /// What was not believed, by why.
    var ignored: [String: Int]
    /// The last messages that were refused, newest first.
    var refused: [RefusedMessage]
    /// The zones that it says it keeps (3.0), and what its requests were answered.
    var zoneSets: [VDAState.ZoneSet] = []
    var answers: [VehicleSession.Answer] = []

    /// Whether the vehicle turns within the circle for which a site was compiled (`SitePlan.footprint`, metres); nil where it
    /// has not said how large it is, and then nothing may be released to it either.
    func fits(_ footprint: Double) -> Bool? { factsheet?.radius.map { $0 <= footprint + 0.001 } }
}

/// A message that broke a rule.
struct RefusedMessage: Sendable, Hashable {
    var topic: String
    var came: Timestamp
    var faults: [VDAFault]
}

/// Somebody who speaks without being enrolled.
struct Stranger: Sendable, Hashable {
    var vehicle: VehicleID
    var version: VDAVersion
    var first: Timestamp, last: Timestamp
    var messages = 0
}
