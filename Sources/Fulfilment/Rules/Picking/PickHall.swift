/// A block of parallel aisles between a front and a back cross aisle: where tours are walked.
///
/// All lengths are whole numbers of one unit, which `metres` tells. Tours begin and end at the depot, which is where the aisle
/// `depot` meets the front cross aisle.
struct PickHall: Sendable, Hashable {
    /// How far two neighbouring aisles are apart, middle to middle.
    let pitch: Int
    /// How long an aisle is, from the front cross aisle to the back one.
    let length: Int
    /// How each aisle may be entered, from the aisle 0.
    var doors: [Door]
    /// The aisle at whose front end the depot lies.
    let depot: Int
    /// What one unit is in metres.
    let metres: Double

    /// How an aisle may be entered; cross aisles are always open.
    enum Door: String, Sendable, Hashable, CaseIterable {
        /// From both ends, and passed through.
        case open
        /// From the front only: in and out again there.
        case front
        /// From the back only.
        case back
        /// Not at all.
        case closed
    }

    /// - Parameters:
    ///   - aisles: how many there are, at least one.
    ///   - length: of an aisle, in units, at least one.
    ///   - pitch: between two aisles, in units.
    ///   - depot: the aisle at whose front end tours begin; within the aisles.
    ///   - metres: what a unit is.
    init(aisles: Int, length: Int, pitch: Int, depot: Int = 0, metres: Double = 1) {
        self.pitch = max(0, pitch)
        self.length = max(1, length)
        doors = Array(repeating: .open, count: max(1, aisles))
        self.depot = min(max(0, depot), max(1, aisles) - 1)
        self.metres = metres
    }

    /// The hall that a centre's places make: as many aisles and positions as they name, one position one unit of `metres`,
    /// a cross aisle one unit before the first and one behind the last. Nil where no place lies in an aisle.
    /// - Parameter pitch: between two aisles, in positions.
    init?(_ places: [Place], pitch: Int = 3, depot: Int = 0, metres: Double = 1) {
        guard let aisles = places.compactMap(\.aisle).max(), let positions = places.compactMap(\.position).max(),
            aisles >= 0, positions >= 0
        else { return nil }
        self.init(aisles: aisles + 1, length: positions + 2, pitch: pitch, depot: depot, metres: metres)
    }

    /// The same hall with aisles that may be entered otherwise; what names no aisle of it changes nothing.
    func with(_ closures: [Int: Door]) -> PickHall {
        var hall = self
        for (aisle, door) in closures where doors.indices.contains(aisle) { hall.doors[aisle] = door }
        return hall
    }

    /// Whether a picker who starts at the depot can come to this place.
    func reaches(_ stop: PickStop) -> Bool {
        guard doors.indices.contains(stop.aisle), (0...length).contains(stop.position) else { return false }
        return switch doors[stop.aisle] {
        case .open, .front: true
        // Who goes in from the back must have gone through another aisle to come there.
        case .back: doors.contains(.open)
        case .closed: false
        }
    }
}

/// A place where something is taken: both sides of an aisle alike.
struct PickStop: Sendable, Hashable, Comparable {
    /// From 0, in the order in which aisles lie.
    let aisle: Int
    /// How far from the front cross aisle, in units of the hall.
    let position: Int

    init(_ aisle: Int, _ position: Int) {
        self.aisle = aisle
        self.position = position
    }

    /// Where a place of a centre lies in the hall that ``PickHall/init(_:pitch:depot:metres:)`` makes; nil where it is in no aisle.
    init?(_ place: Place) {
        guard let aisle = place.aisle, let position = place.position else { return nil }
        self.init(aisle, position + 1)
    }

    static func < (one: PickStop, other: PickStop) -> Bool {
        (one.aisle, one.position) < (other.aisle, other.position)
    }
}

/// An order as a picker sees it: where to go, and how much of a cart it fills.
struct PickOrder: Sendable, Hashable {
    /// Whose it is: anything that tells orders apart.
    let id: String
    /// Where its items lie; the same place may stand there more than once.
    let stops: [PickStop]
    /// How many items it is, against the cart's capacity.
    let items: Int

    init(_ id: String, stops: [PickStop], items: Int? = nil) {
        self.id = id
        self.stops = stops
        self.items = items ?? stops.count
    }
}
