/// What a vehicle means that refuses an order: the words of 2.1 and 3.0 brought together.
enum OrderError: Sendable, Hashable {
    /// It cannot read or do what is asked: sending it again helps nothing.
    case unfit
    /// It has this update, or a later one.
    case outdated
    /// The update does not begin where its base ends.
    case notContinuing
    /// Another order is being driven.
    case otherOrder
    /// It finds no way, or is not where the order begins.
    case noWay
    /// Somebody has taken it over; the order may be sent again later.
    case unavailable
    /// There was nothing to cancel.
    case nothingToCancel
    /// It has the zone set already.
    case sameZones

    /// Reads the type of an error; nil where it is no word about orders but a fault of the vehicle.
    init?(_ type: String) {
        switch type.replacing("_", with: "").lowercased() {
        case "validationerror", "validationfailure", "unsupportedparameter", "invalidorderaction", "orderactionerror",
            "insufficientmemory", "unknownmapid", "maperror", "validation":
            self = .unfit
        case "outdatedorderupdate", "sameorderupdateid": self = .outdated
        case "orderupdateerror", "orderupdatefollowingcancel": self = .notContinuing
        case "ordererror", "otherorderactive": self = .otherOrder
        case "norouteerror", "noroutetotarget", "startnodeoutofrange": self = .noWay
        case "mobilerobotnotavailable", "notavailable": self = .unavailable
        case "noordertocancel": self = .nothingToCancel
        case "duplicatezoneset": self = .sameZones
        default: return nil
        }
    }
}
