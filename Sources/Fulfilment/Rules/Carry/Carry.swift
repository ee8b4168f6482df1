import District
import Record

/// What a robot of the centre's site carries within it: a tour's totes to a packing station, or a shelf to a station and
/// back.
struct Carry: Sendable, Hashable {
    /// `carry/…`, its stream, and what the robots' mission is for.
    var id: String
    var scope: Scope
    var centre: String
    var kind: Kind
    /// The tour whose totes it carries, or the node of the shelf.
    var subject: String
    /// The station it goes to, or comes from, a thing.
    var station: String
    /// The nodes between which it goes.
    var from: String
    var to: String
    var state = State.underWay
    var since: Timestamp

    enum Kind: String, Sendable, Hashable {
        /// The totes of a tour, to a packing station.
        case totes
        /// A shelf, to a station; and back where it stands.
        case shelf, home
    }

    enum State: String, Sendable, Hashable {
        case underWay = "under-way"
        case arrived, failed
    }

    /// A robot was asked for it.
    static let asked = "fulfilment.carry.asked"
    /// It is there, or a person must carry it.
    static let arrived = "fulfilment.carry.arrived"
    static let failed = "fulfilment.carry.failed"

    /// The events that ask for it: the house's own, and the fact that robots answer.
    /// - Parameter load: kilograms, where known.
    func drafts(site: String, items: String, load: Double?) -> [Draft] {
        let wanted = MissionWanted(
            kind: kind == .totes ? "deliver" : "fetch", site: site, stops: [from, to], purpose: id, items: items,
            load: load, scope: scope)
        return [
            Draft(
                Self.asked, stream: id, scope: scope,
                payload: [
                    "centre": .string(centre), "kind": .string(kind.rawValue), "subject": .string(subject),
                    "station": .string(station), "from": .string(from), "to": .string(to),
                ]),
            wanted.draft(stream: id),
        ]
    }
}
