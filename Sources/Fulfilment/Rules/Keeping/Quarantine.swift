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
    /// - Parameter promises: whose ends first, first; an order's line may come twice (see ``split(_:inHand:)``).
    static func excess(_ quantity: Int64, of promises: [Reserved]) -> [Reserved] {
        var (open, ended) = (quantity, [Reserved]())
        for promise in promises where open > 0 {
            let part = min(open, promise.quantity)
            open -= part
            if let index = ended.firstIndex(where: { $0.order == promise.order && $0.line == promise.line }) {
                ended[index].quantity += part
            } else {
                var one = promise
                one.quantity = part
                ended.append(one)
            }
        }
        return ended
    }

    /// Promises of a lot, those first that end first: what an order holds in its tote or parcels is lost last, or the
    /// order would be picked a second time while another keeps a promise of what lies in the first one's tote.
    /// - Parameters:
    ///   - promises: the latest order first.
    ///   - inHand: how much of the lot each order has in its tote and parcels.
    static func split(_ promises: [Reserved], inHand: [String: Int64]) -> (open: [Reserved], inHand: [Reserved]) {
        var (held, uncovered, covered) = (inHand, [Reserved](), [Reserved]())
        for promise in promises {
            let safe = min(promise.quantity, held[promise.order] ?? 0)
            held[promise.order, default: 0] -= safe
            var (one, other) = (promise, promise)
            (one.quantity, other.quantity) = (promise.quantity - safe, safe)
            if one.quantity > 0 { uncovered.append(one) }
            if other.quantity > 0 { covered.append(other) }
        }
        return (uncovered, covered)
    }

    /// Lets go what was kept back. What lies in a tote or a parcel was promised anew while it was kept back: it is put
    /// back before anybody gets it.
    /// - Parameter but: how much of what lies in a place stays kept back for another reason.
    static func free(_ held: [Held], but kept: [String: Int64] = [:]) -> [Move] {
        held.filter { $0.spot.status == .quarantine }.compactMap { held in
            let quantity = held.quantity - (kept[held.spot.location] ?? 0)
            guard quantity > 0 else { return nil }
            let isContainer = held.spot.location.hasPrefix(Spot.container)
            return Move(
                held.item, lot: held.lot, quantity, from: held.spot,
                to: Spot(location: held.spot.location, status: isContainer ? .aside : .available))
        }
    }
}
