import District
import Record

/// Why a plan of a site is not taken: one rule that is broken at one place.
struct SiteFault: Error, Sendable, Hashable {
    /// Where in the plan it stands.
    let place: Place
    /// The rule that is broken.
    let rule: Rule
    /// What a person reads; names the place.
    let words: Words

    /// An element of the plan.
    struct Place: Sendable, Hashable {
        /// Which list it is in.
        let list: List
        /// Its id; the site's own for the whole plan.
        let id: String

        enum List: String, Sendable, Hashable { case site, maps, nodes, edges, zones, lifts, doors }

        /// As refusals name a field: `nodes/ward-3a`.
        var field: String { "\(list.rawValue)/\(id)" }
    }

    /// The rules by which a plan is held to be drivable.
    enum Rule: String, Sendable, Hashable, CaseIterable {
        /// More of something than a site may have.
        case size
        /// An id that is empty, too long, or has characters that vehicles may not take.
        case id
        /// Two of the same id.
        case duplicate
        /// A name too long, or missing where one must stand.
        case name
        /// A floor that the plan does not have.
        case map
        /// A coordinate that is no number, or further than ``SiteLimits/reach``.
        case coordinates
        /// The footprint is no radius of a vehicle.
        case footprint
        /// An edge to a node that the plan does not have.
        case node
        /// An edge from a node to itself, or shorter than can be driven.
        case length
        /// A second edge between the same two nodes.
        case double
        /// One-way edges against each other.
        case oneWay
        /// Not above zero, or faster than any vehicle of the kind.
        case speed
        /// Steeper than any vehicle of the kind drives.
        case slope
        /// Narrower than the vehicle.
        case width
        /// A lift that the plan does not have, or an edge between floors that is none.
        case lift
        /// A lift that does not go to two floors.
        case stops
        /// A door that the plan does not have.
        case door
        /// Not above zero, or longer than anybody waits.
        case patience
        /// Under three corners, or no area between them.
        case corners
        /// A rule of a zone with a value that means nothing.
        case zone
        /// Nowhere to wait for ever.
        case refuge
        /// A place of work that cannot be reached and left again.
        case unreachable
        /// A node from which no refuge can be reached.
        case trapped
        /// A branch that ends nowhere.
        case deadEnd
    }
}

/// All that is wrong with a plan.
struct SiteFaults: Error, Sendable, Hashable {
    let faults: [SiteFault]

    /// As a command refuses it: each fault at its place.
    var refusal: Refusal {
        let first = faults[0].words
        let more = faults.count - 1
        return Refusal(
            .invalid, "site.plan",
            Words(
                "이 도면으로는 로봇이 안전하게 다닐 수 없습니다. " + first.ko + (more > 0 ? " (그 밖에 \(more)건)" : ""),
                "Robots cannot drive safely by this plan. " + first.en + (more > 0 ? " (\(more) more)" : "")),
            faults: faults.prefix(200).map {
                Refusal.Fault(field: $0.place.field, rule: $0.rule.rawValue, words: $0.words)
            })
    }
}

extension SitePlan {
    /// What does not keep a plan from being published, but should be known before: nothing to do for missions.
    var hints: [Words] {
        nodes.contains { $0.kind == .station }
            ? []
            : [
                Words(
                    "작업 지점이 하나도 없습니다. 펴내도 미션을 받을 수 없습니다.",
                    "There is no station: published like this it takes no missions.")
            ]
    }
}

/// How large a site may be, and how far its values go.
enum SiteLimits {
    static let maps = 64
    static let nodes = 20_000
    static let edges = 60_000
    static let zones = 500
    static let corners = 500
    static let lifts = 100
    static let doors = 2_000
    /// Nodes after long edges are cut.
    static let spots = 100_000
    /// The furthest coordinate from a floor's origin, in metres.
    static let reach = 20_000.0
    /// The radius of a vehicle, in metres.
    static let footprint = 0.05...5.0
    /// The fastest that any edge or zone allows, in metres a second.
    static let speed = 10.0
    /// The steepest edge, in per cent.
    static let slope = 30.0
    /// The shortest edge, in metres.
    static let length = 0.05
    /// The longest that a lift or a door is waited for, in seconds.
    static let patience = 3_600.0
    /// The most characters of an id or a name.
    static let text = 64
}
