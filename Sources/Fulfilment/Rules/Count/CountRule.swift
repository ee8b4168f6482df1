import District
import Record

/// What a count found: by item and lot what the books had and what was there.
struct Variance: Sendable, Hashable {
    let item: String
    let lot: String
    let book: Int64
    let counted: Int64

    /// What was found beyond the books; below zero where something is missing.
    var difference: Int64 { counted - book }

    var json: JSON {
        ["item": .string(item), "lot": .string(lot), "book": .decimal(book), "counted": .decimal(counted)]
    }

    init(item: String, lot: String, book: Int64, counted: Int64) {
        self.item = item
        self.lot = lot
        self.book = book
        self.counted = counted
    }

    init?(_ json: JSON) {
        guard let item = json["item"]?.text, let book = json["book"]?.integer, let counted = json["counted"]?.integer
        else { return nil }
        self.init(item: item, lot: json["lot"]?.text ?? "", book: book, counted: counted)
    }
}

/// When a count must be approved by a second person, and how often places are counted.
struct CountRule: Sendable, Hashable {
    /// The most that may be corrected at once, in won at cost.
    let value: Int64
    /// The largest share of what the books have.
    let share: Double
    /// After how many days goods are counted again.
    let days: [Item.Velocity: Int]

    /// Reads the bounds.
    /// - Throws: ``HandbookError`` where one is missing.
    init(_ json: JSON, file: String) throws(HandbookError) {
        guard let value = json["value"]?.integer, let share = json["share"]?.double, (0...1).contains(share) else {
            throw HandbookError(file: file, place: "value, share", rule: "is missing")
        }
        self.value = value
        self.share = share
        var days: [Item.Velocity: Int] = [:]
        for velocity in Item.Velocity.allCases {
            guard let number = json["days"]?[velocity.rawValue]?.integer, number > 0 else {
                throw HandbookError(file: file, place: "days.\(velocity.rawValue)", rule: "is missing")
            }
            days[velocity] = Int(number)
        }
        self.days = days
    }

    /// Whether a second person must approve: too much money, too large a share, or a cost that nobody knows.
    func needsApproval(_ variances: [Variance], costs: [String: Int64]) -> Bool {
        var total: Int64 = 0
        for variance in variances where variance.difference != 0 {
            let units = Int64(variance.difference.magnitude)
            guard let cost = costs[variance.item] else { return true }
            guard Double(units) <= share * Double(variance.book) || Won.of(Won.of(units, cost), 10) <= value else {
                return true
            }
            total = Won.sum([total, Won.of(units, cost)])
        }
        return total > value
    }

    /// How urgently a place is to be counted: 1 and more once its days are over; places never counted come first.
    func urgency(of velocity: Item.Velocity, last: Timestamp?, now: Timestamp) -> Double {
        guard let last else { return 1_000 - Double(days[velocity] ?? 180) }
        return now.seconds(since: last) / 86_400 / Double(days[velocity] ?? 180)
    }

    /// What lies in a place against what was counted there; what was not named was not there.
    static func variances(book held: [Held], counted: [(item: String, lot: String, quantity: Int64)]) -> [Variance] {
        struct Key: Hashable, Comparable {
            let item: String, lot: String
            static func < (a: Key, b: Key) -> Bool { (a.item, a.lot) < (b.item, b.lot) }
        }
        var (book, found) = ([Key: Int64](), [Key: Int64]())
        for one in held { book[Key(item: one.item, lot: one.lot), default: 0] += one.quantity }
        for one in counted { found[Key(item: one.item, lot: one.lot), default: 0] += one.quantity }
        return Set(book.keys).union(found.keys).sorted().map {
            Variance(item: $0.item, lot: $0.lot, book: book[$0] ?? 0, counted: found[$0] ?? 0)
        }
    }

    /// What was not found when it was to be picked, and is kept back until somebody has counted.
    struct Missing: Sendable, Hashable {
        let item: String
        let lot: String
        let quantity: Int64
    }

    /// The moves that correct a place.
    /// - Parameter missing: what a picker did not find there: of it, what was counted is good again.
    /// - Returns: nil where less lies there by now than was missing: it must be counted again.
    static func moves(
        _ variances: [Variance], at place: String, held: [Held], missing: [Missing] = []
    ) -> [Move]? {
        var moves: [Move] = []
        var kept: [[String]: Int64] = [:]
        for one in missing {
            let lies = held.filter {
                $0.item == one.item && $0.lot == one.lot && $0.spot.status == .quarantine
            }.reduce(0) { $0 + $1.quantity }
            kept[[one.item, one.lot]] = min(one.quantity, lies)
        }
        for variance in variances where variance.difference != 0 {
            let key = [variance.item, variance.lot]
            // What nobody found is missed first; else what could be sold first: nothing that is not there may be promised.
            let own = held.filter { $0.item == variance.item && $0.lot == variance.lot }
                .sorted { ($0.spot.status == .available ? 0 : 1) < ($1.spot.status == .available ? 0 : 1) }
            guard variance.difference < 0 else {
                let status = own.first?.spot.status ?? .available
                moves.append(
                    Move(
                        variance.item, lot: variance.lot, variance.difference,
                        to: Spot(location: place, status: status)))
                continue
            }
            var open = -variance.difference
            let lost = min(open, kept[key] ?? 0)
            if lost > 0 {
                moves.append(
                    Move(
                        variance.item, lot: variance.lot, lost, from: Spot(location: place, status: .quarantine)))
                kept[key, default: 0] -= lost
                open -= lost
            }
            for one in own where open > 0 {
                let taken = min(open, one.quantity - (one.spot.status == .quarantine ? lost : 0))
                guard taken > 0 else { continue }
                moves.append(Move(variance.item, lot: variance.lot, taken, from: one.spot))
                open -= taken
            }
            guard open == 0 else { return nil }
        }
        for one in missing {
            let key = [one.item, one.lot]
            guard let found = kept[key], found > 0 else { continue }
            kept[key] = 0
            moves.append(
                Move(
                    one.item, lot: one.lot, found, from: Spot(location: place, status: .quarantine),
                    to: Spot(location: place)))
        }
        return moves
    }

    /// Which promises end where so much of a lot's good stock is lost.
    /// - Parameter promises: the latest order first: it loses its own first.
    static func ended(_ promises: [Reserved], of lot: LotStock, losing lost: Int64) -> [Reserved] {
        Quarantine.excess(lot.reserved - (lot.available - lost), of: promises)
    }
}
