import Record

/// A site as it was drawn or imported: what people edit and the Record keeps. Lengths are metres, angles radians, speeds
/// metres a second; each map (floor) has its own right-handed coordinates.
struct SitePlan: Sendable, Hashable {
    /// The site: a thing of the Twin, `onyu-main`.
    var id: String
    /// What it is called.
    var name: Words
    /// The floors.
    var maps: [Floor]
    /// Where vehicles stop or turn.
    var nodes: [Node]
    /// How they get from one to the other.
    var edges: [Edge]
    /// Areas with a rule.
    var zones: [Zone]
    /// Cabins that carry a vehicle between floors; one vehicle at a time.
    var lifts: [Lift]
    /// Doors that open on request; one side of an edge.
    var doors: [Door]
    /// The outline that a vehicle sweeps, as the radius of a circle about its centre.
    var footprint: Double

    /// One floor, or one place outdoors.
    struct Floor: Sendable, Hashable {
        var id: String
        var name: Words
    }

    /// Where vehicles stop or turn.
    struct Node: Sendable, Hashable {
        /// Unique in the site; VDA 5050 `nodeId`.
        var id: String
        /// The floor.
        var map: String
        var x: Double, y: Double
        /// What people call it, where it has a name: a ward, a café, a packing station.
        var name: Words?
        /// What happens here.
        var kind: Kind = .way
        /// The thing of the Twin that it stands at, where it does.
        var thing: ThingID?
        /// Who puts goods aboard there.
        var loading: Mission.Stop.Loading = .person
    }

    /// What happens at a node.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It is only driven over.
        case way
        /// Missions begin or end here.
        case station
        /// Vehicles charge here.
        case charger
        /// Vehicles wait here for work.
        case parking
        /// Vehicles may always wait here out of everybody's way: the last resort of whoever must clear a corridor.
        case escape
    }

    /// A way between two nodes.
    struct Edge: Sendable, Hashable {
        /// Unique in the site; VDA 5050 `edgeId`.
        var id: String
        var from: String, to: String
        /// Whether it may also be driven from `to` to `from`.
        var isTwoWay: Bool = true
        /// The most a vehicle may drive here.
        var speed: Double = 1
        /// How steep it is, in per cent; vehicles that cannot climb it do not drive it.
        var slope: Double = 0
        /// The narrowest place.
        var width: Double?
        /// The lift that is this edge, where one is.
        var lift: String?
        /// The door in its course, where one is.
        var door: String?
    }

    /// An area with a rule.
    struct Zone: Sendable, Hashable {
        var id: String
        var name: Words
        var map: String
        /// The contour, at least three corners.
        var corners: [Point]
        var rule: Rule
        /// The thing of the Twin whose closing closes it.
        var thing: ThingID?

        /// What holds in it.
        enum Rule: Sendable, Hashable {
            /// Nobody drives here (VDA 5050 BLOCKED).
            case blocked
            /// At most so fast, m/s (SPEED_LIMIT).
            case speed(Double)
            /// Costs so many times more (PENALTY), or less (PRIORITY: under 1).
            case cost(Double)
            /// One vehicle at a time (RELEASE): the only number that traffic can keep without vehicles waiting for each other for ever.
            case capacity(Int)
            /// Nothing but a place with a name: what is closed or held by it.
            case named
        }
    }

    /// A place of a floor.
    struct Point: Sendable, Hashable {
        var x: Double, y: Double
    }

    /// A cabin between floors.
    struct Lift: Sendable, Hashable {
        var id: String
        var name: Words
        /// The nodes inside the cabin, one a floor.
        var stops: [String]
        /// How long a ride is waited for before a person is called, in seconds.
        var patience: Double = 120
    }

    /// A door.
    struct Door: Sendable, Hashable {
        var id: String
        var name: Words
        var patience: Double = 60
    }
}
