/// What is to be visited in an aisle, and what each way of walking it costs.
struct AisleNeed {
    /// The places, lowest first, each once.
    let positions: [Int]
    /// How it may be entered.
    let door: PickHall.Door
    /// Whether the depot lies at its front end, which a tour has to touch.
    let hasDepot: Bool

    /// More than any tour is long, and small enough to be added to.
    static let never = 1 << 40

    /// The widest gap that a picker may leave out who comes in from both ends: the place below it and the place above it. The
    /// depot counts as the place 0.
    var gap: (below: Int, above: Int)? {
        let all = hasDepot && positions.first != 0 ? [0] + positions : positions
        guard all.count > 1 else { return nil }
        var widest = (below: all[0], above: all[1])
        for (below, above) in zip(all, all.dropFirst()) where above - below > widest.above - widest.below {
            widest = (below, above)
        }
        return widest
    }

    /// How far one walks in the aisle; ``never`` where it is not possible or visits not everything.
    func cost(_ walk: AisleWalk, _ length: Int) -> Int {
        let isEmpty = positions.isEmpty
        switch (door, walk) {
        case (.open, .through): return length
        case (.open, .twice): return 2 * length
        case (_, .none): return isEmpty && !hasDepot ? 0 : Self.never
        case (.open, .fromFront), (.front, .fromFront):
            return isEmpty && !hasDepot ? Self.never : 2 * (positions.last ?? 0)
        case (.open, .fromBack), (.back, .fromBack):
            guard let first = positions.first, !hasDepot else { return Self.never }
            return 2 * (length - first)
        case (.open, .fromBoth): return gap.map { 2 * (length - ($0.above - $0.below)) } ?? Self.never
        // The depot touches the front end of an aisle that nobody may enter there.
        case (.back, .fromFront), (.closed, .fromFront): return isEmpty && hasDepot ? 0 : Self.never
        case (.back, .fromBoth):
            guard let first = positions.first, hasDepot else { return Self.never }
            return 2 * (length - first)
        default: return Self.never
        }
    }
}
