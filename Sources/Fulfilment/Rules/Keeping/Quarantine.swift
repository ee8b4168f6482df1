import Record

/// Goods that are kept back, or let go again: promises of them end first, so that no order waits for what it cannot get.
enum Quarantine {
    /// Why goods are kept back.
    enum Reason: String, Sendable, Hashable, CaseIterable {
        /// A check found them bad.
        case check
        /// They were too warm or too cold.
        case temperature
        /// The maker or an authority calls them back.
        case recall
        /// The paper or the label is wrong.
        case papers
        /// Something else, said in words.
        case other
    }

    /// What is kept back, and whose promises that ends.
    struct Kept: Sendable, Hashable {
        var moves: [Move]
        var ended: [Reserved]

        /// The orders that lose stock, in order.
        var orders: [String] { Set(ended.map(\.order)).sorted() }
    }

    /// Keeps back what lies in good state of a lot in a centre.
    /// - Parameters:
    ///   - held: what lies of the lot, by spot.
    ///   - within: only what lies in these locations; nil for wherever it lies.
    ///   - lot: what there is of it and what of it is promised.
    ///   - promises: whom it is promised to, who loses theirs first, first.
    /// - Returns: the moves and the promises that must end so that no more is promised than stays.
    static func keep(_ held: [Held], within: Set<String>? = nil, of lot: LotStock, promises: [Reserved])
        -> Kept
    {
        let moves = held.filter { $0.spot.status == .available && within?.contains($0.spot.location) ?? true }.map {
            Move(
                $0.item, lot: $0.lot, $0.quantity, from: $0.spot,
                to: Spot(location: $0.spot.location, status: .quarantine))
        }
        let leaving = moves.map(\.quantity).reduce(0, +)
        return Kept(moves: moves, ended: excess(lot.reserved - (lot.available - leaving), of: promises))
    }

    /// The promises that end where so much can no longer be kept.
    static func excess(_ quantity: Int64, of promises: [Reserved]) -> [Reserved] {
        var (open, ended) = (quantity, [Reserved]())
        for promise in promises where open > 0 {
            var part = promise
            part.quantity = min(open, promise.quantity)
            ended.append(part)
            open -= part.quantity
        }
        return ended
    }

    /// Lets go what was kept back.
    static func free(_ held: [Held]) -> [Move] {
        held.filter { $0.spot.status == .quarantine }.map {
            Move(
                $0.item, lot: $0.lot, $0.quantity, from: $0.spot,
                to: Spot(location: $0.spot.location, status: .available))
        }
    }
}
