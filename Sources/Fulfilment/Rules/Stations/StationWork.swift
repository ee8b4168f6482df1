/// An order that is picked at a station to which robots bring shelves.
struct StationOrder: Sendable, Hashable {
    let id: String
    /// How many of each item.
    let lines: [String: Int]
    /// When it has to be done, in seconds from the beginning.
    let due: Int

    init(_ id: String, _ lines: [String: Int], due: Int) {
        self.id = id
        self.lines = lines.filter { $0.value > 0 }
        self.due = due
    }
}

/// A shelf that robots carry, and what lies on it.
struct StationShelf: Sendable, Hashable {
    let id: String
    let stock: [String: Int]

    init(_ id: String, _ stock: [String: Int]) {
        self.id = id
        self.stock = stock
    }
}

/// How stations work.
struct StationWork: Sendable, Hashable {
    /// How many stations, and how many orders are open at one at the same time.
    var stations = 2
    var slots = 6
    /// How long a shelf takes to come and go, and how long one piece takes, in seconds.
    var visit = 25
    var pick = 4
    /// How many waiting orders are looked at for each free slot.
    var window = 200
    /// How many orders each station takes at a time, where they differ, and for how many seconds each is busy already.
    var room: [Int] = []
    var busy: [Int] = []

    /// How many orders a station takes at a time.
    func slots(at station: Int) -> Int { max(1, room.indices.contains(station) ? room[station] : slots) }

    /// Which waiting order a station opens next.
    enum Rule: String, Sendable, Hashable, CaseIterable {
        /// The one that came first.
        case arrival
        /// The one that needs the fewest shelves besides those that come anyway; what is due soon goes first.
        case shared
    }
}
