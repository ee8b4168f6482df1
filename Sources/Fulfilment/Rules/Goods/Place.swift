import Record

/// A location of a centre: what may lie there, and how much.
struct Place: Sendable, Hashable {
    /// The thing that it is.
    var id: String
    /// The centre, a thing.
    var centre: String
    /// What people call it: `A-03-2`.
    var name: String
    /// What it is for.
    var kind: Kind
    /// The aisle, from 0, and the position in it, from 0, on side `left` or `right`; nil where it is in none.
    var aisle: Int?
    var position: Int?
    /// The level, from 0 at the floor.
    var level = 0
    /// How much it holds, in cubic millimetres; nil where nobody said.
    var volume: Int?
    /// How much it bears, in grams; nil where nobody said.
    var weight: Int?
    /// What temperature it keeps.
    var climate = Item.Climate.ambient
    /// Which hazard classes may lie there; none of them where empty.
    var hazards: [String] = []
    /// Where pickers come by on their way: lower comes first.
    var sequence = 0
    /// The node of the robots' site that serves it; nil where robots do not come.
    var node: String?
    /// The zone of the hall that it belongs to, as people call it, where one was entered: kept in the Twin, as what it is part of.
    var zone: String?
    /// Whether it is closed, by Safety or by people: nothing is put there or taken away.
    var isClosed = false

    /// What a location is for.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Where lorries are unloaded.
        case dock
        /// Where goods wait to be checked or put away.
        case staging
        /// Where goods lie in reserve.
        case reserve
        /// Where pickers take from.
        case pick
        /// Where orders are packed.
        case pack
        /// Where parcels wait for their tour.
        case sort
        /// Where goods are handed over.
        case shipping
        /// Where goods that are kept back lie.
        case quarantine
        /// Where returns are looked at.
        case returns
        /// Where goods are made into others.
        case work
    }
}
