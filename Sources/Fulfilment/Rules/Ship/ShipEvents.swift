import Record

/// The events of parcels on their way out.
enum ShipEvents {
    /// A parcel was handed to a robot's mission: of the order's stream.
    static let sent = "fulfilment.order.sent"
    /// A carrier's list was begun, scanned, handed over.
    static let opened = "fulfilment.manifest.opened"
    static let scanned = "fulfilment.manifest.scanned"
    static let handed = "fulfilment.manifest.handed"
}
