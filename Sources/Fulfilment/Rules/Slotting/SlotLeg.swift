/// What is to be carried next for two goods to change places, or one to go to a free one: told by where they lie now, so that
/// whatever was carried already counts, however it was done.
struct SlotLeg: Sendable, Hashable {
    let item: String
    let lot: String
    let quantity: Int64
    /// Whence whither: ids of places.
    let from: String
    let to: String

    /// The next leg of a move; nil where it is done. What lies there goes out before anything else comes in, and the two
    /// never lie side by side: one of them may be food, the other medicine or something dangerous, and a picker would take
    /// one for the other.
    /// - Parameters:
    ///   - held: what lies in good state of both items in the centre.
    ///   - staging: places that goods pass through, the best first.
    ///   - mayJoin: where goods can pass through nowhere: whether all that lies in one place of an item may join what lies in
    ///     another.
    static func next(
        item: String, from: String, to: String, exchanged: String?, _ held: [Held], staging: [String],
        mayJoin: (_ item: String, _ quantity: Int64, _ place: String) throws -> Bool
    ) rethrows -> SlotLeg? {
        func lying(_ item: String, _ place: String) -> [Held] {
            held.filter { $0.item == item && $0.spot.location == place && $0.spot.status == .available }
        }
        func leg(_ held: Held?, to goal: String) -> SlotLeg? {
            held.map { SlotLeg(item: $0.item, lot: $0.lot, quantity: $0.quantity, from: $0.spot.location, to: goal) }
        }
        func all(_ held: [Held]) -> Int64 { held.reduce(0) { $0 + $1.quantity } }
        let mine = lying(item, from)
        guard let exchanged else { return leg(mine.first, to: to) }
        let theirs = lying(exchanged, to)
        if !mine.isEmpty, !theirs.isEmpty {
            if let place = staging.first { return leg(theirs.first, to: place) }
            if try mayJoin(exchanged, all(theirs), from) { return leg(theirs.first, to: from) }
            return try mayJoin(item, all(mine), to) ? leg(mine.first, to: to) : nil
        }
        if !mine.isEmpty { return leg(mine.first, to: to) }
        if !theirs.isEmpty { return leg(theirs.first, to: from) }
        guard lying(exchanged, from).isEmpty else { return nil }
        return leg(staging.lazy.compactMap { lying(exchanged, $0).first }.first, to: from)
    }
}
