import Record

/// What lies where while advice is worked out, and what the tours past it are long.
struct SlotBoard {
    /// An item to another place, and what lies there to its place.
    struct Change {
        let item: Int
        let to: Int
        let other: Int?
        let isUnchecked: Bool
        /// How many goods are moved.
        var goods: Int { other == nil ? 1 : 2 }
    }

    private let items: [SlotItem]
    private let places: [Place]
    private let stops: [PickStop?]
    private let hall: PickHall
    /// The items of each tour, and the tours of each item.
    private let tours: [[Int]]
    private let toursOf: [[Int]]
    private var lengths: [Int]
    /// Where each item lies (a place's number), and what lies in each place.
    private var at: [Int?]
    private var lying: [[Int]]
    /// All tours together, in units of the hall.
    private(set) var length: Int

    init(_ items: [SlotItem], _ places: [Place], _ tours: [[String]], _ hall: PickHall) {
        self.items = items
        self.places = places
        self.hall = hall
        stops = places.map { PickStop($0) }
        let numbers = Dictionary(places.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let codes = Dictionary(items.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        at = items.map { numbers[$0.place] }
        var lying = Array(repeating: [Int](), count: places.count)
        for (item, place) in at.enumerated() { if let place { lying[place].append(item) } }
        self.lying = lying
        self.tours = tours.map { Array(Set($0.compactMap { codes[$0] })).sorted() }
        var toursOf = Array(repeating: [Int](), count: items.count)
        for (tour, members) in self.tours.enumerated() { for item in members { toursOf[item].append(tour) } }
        self.toursOf = toursOf
        lengths = []
        length = 0
        lengths = self.tours.map { walked($0, at) }
        length = lengths.reduce(0, +)
    }

    private func walked(_ members: [Int], _ at: [Int?]) -> Int {
        Tour.length(members.compactMap { at[$0].flatMap { stops[$0] } }, hall)
    }

    /// How far a place is from the depot.
    private func distance(_ place: Int) -> Int {
        guard let stop = stops[place] else { return 0 }
        return abs(stop.aisle - hall.depot) * hall.pitch + stop.position
    }

    /// How far two places are apart.
    private func between(_ one: Int, _ other: Int) -> Int {
        guard let one = stops[one], let other = stops[other] else { return 0 }
        if one.aisle == other.aisle { return abs(one.position - other.position) }
        let (down, up) = (one.position + other.position, 2 * hall.length - one.position - other.position)
        return abs(one.aisle - other.aisle) * hall.pitch + min(down, up)
    }

    /// The way from an item's place to where it goes, in units of the hall.
    func way(_ change: Change) -> Int { at[change.item].map { between($0, change.to) } ?? 0 }

    /// What might be worth a look: items that are picked often and lie far away, to the places nearest the depot or nearest to what
    /// is picked with them most.
    func changes(items count: Int, places most: Int) -> [Change] {
        let heavy = items.indices.filter { at[$0] != nil && !toursOf[$0].isEmpty }
            .map { (item: $0, work: toursOf[$0].count * distance(at[$0] ?? 0)) }
            .sorted { ($1.work, $0.item) < ($0.work, $1.item) }.prefix(count).map(\.item)
        return heavy.flatMap { item -> [Change] in
            guard let here = at[item] else { return [] }
            let partner = partner(item).flatMap { at[$0] }
            func rank(_ place: Int) -> Int { min(distance(place), partner.map { between(place, $0) } ?? .max) }
            let targets = places.indices.filter {
                $0 != here && lying[$0].count <= 1 && items[item].fits(places[$0]) != false
            }
            .map { (place: $0, rank: rank($0)) }.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.prefix(most)
            return targets.compactMap { change(item, here, $0.place) }
        }
    }

    private func change(_ item: Int, _ here: Int, _ to: Int) -> Change? {
        guard let other = lying[to].first else {
            return Change(item: item, to: to, other: nil, isUnchecked: items[item].fits(places[to]) == nil)
        }
        // Who shares a place with others does not change it with one; nor does what is hazardous with what is not.
        guard lying[here].count == 1, (items[item].hazard == nil) == (items[other].hazard == nil),
            let back = optional(items[other].fits(places[here]))
        else { return nil }
        return Change(item: item, to: to, other: other, isUnchecked: back || items[item].fits(places[to]) == nil)
    }

    /// Whether somebody has to look; nil where it does not fit.
    private func optional(_ fits: Bool?) -> Bool? {
        switch fits {
        case .some(false): nil
        case .some(true): false
        case nil: true
        }
    }

    /// The item that is picked most often on the same tours.
    private func partner(_ item: Int) -> Int? {
        var together: [Int: Int] = [:]
        for tour in toursOf[item] { for other in tours[tour] where other != item { together[other, default: 0] += 1 } }
        return together.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private func places(after change: Change) -> [Int?] {
        var places = at
        if let other = change.other { places[other] = at[change.item] }
        places[change.item] = change.to
        return places
    }

    private func touched(_ change: Change) -> Set<Int> {
        Set(toursOf[change.item] + (change.other.map { toursOf[$0] } ?? []))
    }

    /// How much shorter all tours are after a change, in units of the hall.
    func saved(_ change: Change) -> Int {
        let places = places(after: change)
        return touched(change).reduce(0) { $0 + lengths[$1] - walked(tours[$1], places) }
    }

    /// Makes a change.
    mutating func make(_ change: Change) {
        let (places, touched, here) = (places(after: change), touched(change), at[change.item])
        at = places
        if let here {
            lying[here].removeAll { $0 == change.item }
            if let other = change.other { lying[here].append(other) }
        }
        lying[change.to] = change.other == nil ? lying[change.to] + [change.item] : [change.item]
        for tour in touched {
            let now = walked(tours[tour], places)
            length += now - lengths[tour]
            lengths[tour] = now
        }
    }

    /// A change as people read it.
    func told(_ change: Change, gain: Double) -> SlotMove {
        let (item, to) = (items[change.item], places[change.to])
        let from = at[change.item].map { places[$0] }
        let other = change.other.map { items[$0].code }
        let metres = Int(gain.rounded())
        return SlotMove(
            item: item.code, from: from?.id ?? item.place, to: to.id, exchanged: other, gain: gain,
            isUnchecked: change.isUnchecked,
            reason: Words(
                "\(item.code): \(from?.name ?? item.place) → \(to.name)\(other.map { ", \($0)과(와) 맞바꿈" } ?? ""). "
                    + "집품 동선 \(toursOf[change.item].count)회 기준으로 하루 \(metres) m 덜 걷습니다."
                    + (change.isUnchecked ? " 들어가는지 먼저 확인해 주십시오." : ""),
                "\(item.code): \(from?.name ?? item.place) → \(to.name)\(other.map { ", in exchange for \($0)" } ?? ""). "
                    + "By \(toursOf[change.item].count) tours it saves \(metres) m of walking a day."
                    + (change.isUnchecked ? " Please check first that it fits." : "")))
    }
}
