import Record

/// A lot of an item in a centre, as promising sees it.
struct LotStock: Sendable, Hashable {
    /// Whose it is.
    let scope: Scope
    /// The centre.
    let centre: String
    /// The item.
    let item: String
    /// The lot; empty where the item has none.
    let lot: String
    /// What lies there in good state, in the item's smallest unit.
    let available: Int64
    /// What of it is promised to orders.
    let reserved: Int64
    /// Until when it may be used; nil where it does not expire.
    let expiry: Timestamp?
    /// When the first of it came in.
    let received: Timestamp

    /// What nobody has been promised.
    var free: Int64 { available - reserved }
}

/// Which lots an order gets: what expires first goes first (FEFO); what does not expire goes as it came (FIFO).
enum Allocation {
    /// So much of a lot.
    struct Share: Sendable, Hashable {
        let lot: String
        let quantity: Int64
    }

    /// The shares of a quantity, at most that much.
    /// - Parameters:
    ///   - lots: the lots of the item, in any order.
    ///   - usable: until when the goods must be good where they go; a lot that expires before is not taken.
    /// - Returns: shares in the order in which they should be picked; together less than asked where there is too little.
    static func shares(of quantity: Int64, from lots: [LotStock], usable: Timestamp) -> [Share] {
        var (open, shares) = (quantity, [Share]())
        for lot in lots.sorted(by: precedes) where lot.free > 0 && lot.expiry.map({ $0 > usable }) ?? true {
            guard open > 0 else { break }
            let taken = min(open, lot.free)
            shares.append(Share(lot: lot.lot, quantity: taken))
            open -= taken
        }
        return shares
    }

    /// Whether a lot goes before another.
    static func precedes(_ one: LotStock, _ other: LotStock) -> Bool {
        switch (one.expiry, other.expiry) {
        case (let a?, let b?) where a != b: a < b
        case (.some, nil): true
        case (nil, .some): false
        default: (one.received, one.lot) < (other.received, other.lot)
        }
    }
}
