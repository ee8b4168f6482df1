import Access
import District
import Record
import Store
import Web

/// A vehicle as the live floor shows it: from its last report.
struct FloorVehicle: Sendable, Hashable {
    let vehicle: VehicleID
    var thing: ThingID { vehicle.thing }
    let name: Words
    /// The floor it is on and where; nil where it has not said.
    var place: Place?
    /// The last node it reached.
    var node: String = ""
    /// 0…100.
    var charge: Double?
    var state: State
    /// What its own words tell of what it does.
    var signs = VehicleSigns()
    /// Faults that are open, the worst first.
    var faults: [String] = []
    /// The order it drives, where it has one.
    var order: String = ""
    /// When it was heard last.
    var seen: Timestamp?

    struct Place: Sendable, Hashable {
        let map: String
        let x: Double, y: Double
        /// Radians, counter-clockwise from the x axis.
        let heading: Double
    }

    /// What it does now, as people tell vehicles apart.
    enum State: String, Sendable, Hashable, CaseIterable {
        case driving, working, waiting, charging, fault, manual
        /// Nothing was heard of it for too long: where it is now is not known.
        case lost
    }
}

/// A part of a floor where nobody drives now, and why.
struct FloorMark: Sendable, Hashable {
    /// Closed by Safety, or held by a person or a rule.
    let isHold: Bool
    let words: Words
    /// The thing or zone that is meant; the site itself for all of it.
    let target: String
}

/// Whoever knows where vehicles are and what is closed: the fleet and the conductor, each in its own tables.
struct FloorSource: Sendable {
    /// The vehicles of a site, whose rows a tenant may see.
    var vehicles: @Sendable (String, Tenant, Spine) async throws -> [FloorVehicle] = { _, _, _ in [] }
    /// What is closed or held at a site.
    var marks: @Sendable (String, Tenant, Spine) async throws -> [FloorMark] = { _, _, _ in [] }
}
