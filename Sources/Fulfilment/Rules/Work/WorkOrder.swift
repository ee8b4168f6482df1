import Record

/// Light processing: goods are made out of others by a list of parts.
struct WorkOrder: Sendable, Hashable {
    let id: String
    let scope: Scope
    let centre: String
    let kind: Kind
    /// What is made, how many, and where.
    let item: String
    let quantity: Int64
    let made: Int64
    let place: String
    let parts: [Part]
    let isOpen: Bool

    /// What one piece takes.
    struct Part: Sendable, Hashable {
        let item: String
        let quantity: Int64

        var json: JSON { ["item": .string(item), "quantity": .decimal(quantity)] }
    }

    enum Kind: String, Sendable, Hashable, CaseIterable {
        case kit, relabel, assemble

        var words: Words {
            switch self {
            case .kit: Words("세트 구성", "Kitting")
            case .relabel: Words("라벨 교체", "Relabelling")
            case .assemble: Words("조립", "Assembly")
            }
        }
    }

    static let opened = "fulfilment.work.opened"
    static let cancelled = "fulfilment.work.cancelled"

    /// What is taken for so many parts, what expires first before the rest and never what is promised.
    /// - Parameters:
    ///   - held: what lies where in good state.
    ///   - tasked: what open picks are planned to take there: they keep it.
    ///   - order: where a place comes in the order of taking; nil where nothing is taken from it.
    /// - Returns: nil where there is too little that nobody was promised.
    static func taken(
        _ needed: Int64, from lots: [LotStock], held: [Held], usable: Timestamp, tasked: [PickTask] = [],
        order: (String) -> Int?
    ) -> [Move]? {
        var (open, moves) = (needed, [Move]())
        for lot in lots.sorted(by: Allocation.precedes) where lot.free > 0 && lot.expiry.map({ $0 > usable }) ?? true {
            var free = lot.free
            let own = held.filter { $0.lot == lot.lot && $0.spot.status == .available }
                .compactMap { one in order(one.spot.location).map { (one, $0) } }
                .sorted { ($0.1, $0.0.spot.location) < ($1.1, $1.0.spot.location) }
            for (one, _) in own where open > 0 && free > 0 {
                let picks = tasked.filter { $0.place == one.spot.location && $0.lot == one.lot && $0.item == one.item }
                    .reduce(0) { $0 + $1.left }
                let share = min(open, free, one.quantity - picks)
                guard share > 0 else { continue }
                moves.append(Move(one.item, lot: one.lot, share, from: one.spot))
                open -= share
                free -= share
            }
        }
        return open == 0 ? moves : nil
    }
}
