import Record

/// The events of parcels on their way out.
enum ShipEvents {
    /// Parcels were given to a robot's mission: of the order's stream.
    static let sent = "fulfilment.order.sent"
    /// The robot did not bring them: they are at the station again.
    static let unsent = "fulfilment.order.unsent"
    /// A carrier's list was begun; a parcel was scanned, or taken off it; it was handed over.
    static let opened = "fulfilment.manifest.opened"
    static let scanned = "fulfilment.manifest.scanned"
    static let removed = "fulfilment.manifest.removed"
    static let handed = "fulfilment.manifest.handed"

    /// Parcels were handed out at the counter: of the order's stream, with the `proof` and, in the vault, the `taker`.
    static let handedOut = "fulfilment.order.handed-out"

    static let all = [sent, unsent, opened, scanned, removed, handed]

    /// What a robot's mission is for: the order, and the how manieth attempt.
    static func purpose(_ order: String, attempt: Int64) -> String { attempt < 2 ? order : "\(order)/\(attempt)" }

    /// The order of such a purpose; nil where it is of something else.
    static func order(of purpose: String?) -> String? {
        guard let parts = purpose?.split(separator: "/"), parts.count >= 2, parts[0] == "order" else { return nil }
        return "order/\(parts[1])"
    }
}
