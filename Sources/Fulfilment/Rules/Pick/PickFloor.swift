import Record

/// What can be taken from where: places that are open, with what lies there in good state and no task takes yet.
struct PickFloor: Sendable {
    /// So much of a lot in a place.
    struct Pile: Sendable, Hashable {
        var place: Place
        var free: Int64
    }

    /// Goods by item and lot.
    private(set) var piles: [Key: [Pile]] = [:]

    struct Key: Hashable, Sendable {
        let item: String
        let lot: String
    }

    /// - Parameters:
    ///   - held: what lies in the centre.
    ///   - tasked: what open tasks take.
    ///   - places: the centre's places; goods in containers are somebody's already.
    init(_ held: [Held], tasked: [PickTask], places: [Place]) {
        let known = Dictionary(places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var taken: [String: [Key: Int64]] = [:]
        for task in tasked {
            taken[task.place, default: [:]][Key(item: task.item, lot: task.lot), default: 0] += task.left
        }
        for pile in held where pile.spot.status == .available {
            guard let place = known[pile.spot.location], !place.isClosed, Self.isPicked(place.kind) else { continue }
            let key = Key(item: pile.item, lot: pile.lot)
            let free = pile.quantity - (taken[place.id]?[key] ?? 0)
            if free > 0 { piles[key, default: []].append(Pile(place: place, free: free)) }
        }
    }

    /// Pickers go to pick faces, and to reserve where there is nothing left in these.
    static func isPicked(_ kind: Place.Kind) -> Bool { kind == .pick || kind == .reserve }

    /// How much of a lot can be taken, except from one place.
    func free(_ item: String, _ lot: String, except place: String? = nil) -> Int64 {
        (piles[Key(item: item, lot: lot)] ?? []).filter { $0.place.id != place }.reduce(0) { $0 + $1.free }
    }

    /// Takes so much of a lot: pick faces first, one place that has all of it before several, in the order of the way.
    /// - Returns: place and quantity; together less than asked where there is too little.
    mutating func take(
        _ quantity: Int64, of item: String, lot: String, except avoided: String? = nil
    ) -> [(place: Place, quantity: Int64)] {
        let key = Key(item: item, lot: lot)
        var (open, taken) = (quantity, [(place: Place, quantity: Int64)]())
        let order = (piles[key] ?? []).indices.sorted { one, other in
            guard let piles = piles[key] else { return false }
            return rank(piles[one], quantity) < rank(piles[other], quantity)
        }
        for index in order where open > 0 {
            guard let pile = piles[key]?[index], pile.place.id != avoided, pile.free > 0 else { continue }
            let some = min(open, pile.free)
            piles[key]?[index].free -= some
            taken.append((pile.place, some))
            open -= some
        }
        return taken
    }

    /// Takes what a pick is to take, from its place.
    /// - Returns: false, with nothing taken, where there is less.
    mutating func take(_ task: PickTask) -> Bool {
        let key = Key(item: task.item, lot: task.lot)
        guard let index = piles[key]?.firstIndex(where: { $0.place.id == task.place && $0.free >= task.quantity })
        else { return false }
        piles[key]?[index].free -= task.quantity
        return true
    }

    private func rank(_ pile: Pile, _ quantity: Int64) -> (Int, Int, Int, String) {
        (pile.place.kind == .pick ? 0 : 1, pile.free >= quantity ? 0 : 1, pile.place.sequence, pile.place.id)
    }
}
