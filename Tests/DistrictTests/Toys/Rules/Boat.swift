import Record

/// A boat that was launched.
struct Boat: Sendable, Hashable {
    /// Its identifier: the stream `boat/…`.
    let id: String
    /// What it is called.
    let name: String
    /// The slipway it went down, a thing of the Twin.
    let slip: ThingID
    /// How long it is, in metres.
    let metres: Double
    /// Whose it is.
    let scope: Scope
    /// When it was launched.
    let launched: Timestamp
    /// Whether it must stay at the quay.
    let isHeld: Bool

    /// The longest boat that may go down a slipway where boats are held, in metres: one that two people can carry.
    static let carried = 2.0

    /// Whether a boat of this length may go down a slipway, given the boats that went down it before.
    static func mayLaunch(metres: Double, after others: [Boat]) -> Bool {
        metres <= carried || !others.contains(where: \.isHeld)
    }
}
