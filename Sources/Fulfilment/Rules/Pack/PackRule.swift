import District
import Record
import Web

/// What an order's tote holds, how it is proposed to be packed, and what it should weigh.
struct PackRule: Sendable {
    /// The kinds of cartons at the station.
    let cartons: [Carton]

    /// Pieces beyond this are packed by a person without a proposal.
    static let most = 400

    init(_ book: Handbook) throws(HandbookError) {
        let json = try book.read("cartons.json").json
        cartons = (json["cartons"]?.elements ?? []).compactMap { carton in
            guard let code = carton["code"]?.text, let length = carton["length"]?.integer,
                let width = carton["width"]?.integer, let height = carton["height"]?.integer
            else { return nil }
            let climates = (carton["climates"]?.elements ?? []).compactMap {
                $0.text.flatMap { Item.Climate(rawValue: $0) }
            }
            return Carton(
                code, inside: Item.Size(length: Int(length), width: Int(width), height: Int(height)),
                tare: Int(carton["tare"]?.integer ?? 0), most: Int(carton["most"]?.integer ?? 0),
                climates: climates.isEmpty ? [.ambient] : Set(climates))
        }
        guard !cartons.isEmpty else { throw HandbookError(file: "cartons.json", place: "cartons", rule: "is empty") }
    }

    /// So much of a lot, that is packed together.
    struct Share: Sendable, Hashable {
        var item: String
        var lot: String
        var quantity: Int64
    }

    /// A parcel as proposed.
    struct Proposed: Sendable, Hashable {
        /// Its carton; nil where a person chooses.
        var carton: String?
        var shares: [Share]
        /// What it should weigh, in grams; nil where a weight is not known.
        var weight: Int64?
    }

    /// The parcels of what a tote holds; what no carton is known for is a parcel of its own, without one.
    func propose(_ shares: [Share], _ items: [String: Item]) -> (parcels: [Proposed], notes: [Words]) {
        let total = shares.reduce(0) { $0 + $1.quantity }
        guard total <= Self.most else {
            return ([Proposed(carton: nil, shares: shares, weight: weight(shares, items, carton: nil))], [])
        }
        var (pieces, whose): ([PackPiece], [Share]) = ([], [])
        for share in shares {
            guard let item = items[share.item] else { continue }
            for _ in 0..<share.quantity {
                pieces.append(PackPiece(item))
                whose.append(share)
            }
        }
        let packed = Cartons.pack(pieces, cartons)
        func joined(_ places: [Int]) -> [Share] {
            var joined: [Share] = []
            for place in places {
                let share = whose[place]
                if let index = joined.firstIndex(where: { $0.item == share.item && $0.lot == share.lot }) {
                    joined[index].quantity += 1
                } else {
                    joined.append(Share(item: share.item, lot: share.lot, quantity: 1))
                }
            }
            return joined
        }
        var parcels = packed.parcels.map {
            Proposed(carton: $0.carton.code, shares: joined($0.contents.map(\.piece)), weight: Int64($0.weight))
        }
        let rest = packed.unknown + packed.unfit
        if !rest.isEmpty {
            let left = joined(rest)
            parcels.append(Proposed(carton: nil, shares: left, weight: weight(left, items, carton: nil)))
        }
        return (parcels, packed.notes)
    }

    /// What goods weigh in a carton, in grams; nil where something of it is not known.
    func weight(_ shares: [Share], _ items: [String: Item], carton: String?) -> Int64? {
        var sum: Int64 = 0
        if let carton {
            guard let kind = cartons.first(where: { $0.code == carton }) else { return nil }
            sum += Int64(kind.tare)
        }
        for share in shares {
            guard let weight = items[share.item]?.weight else { return nil }
            sum += Int64(weight) * share.quantity
        }
        return sum
    }

    /// Whether a measured weight is what it should be: by 5 %, and 60 g for tape and padding.
    static func isRight(_ measured: Int64, expected: Int64) -> Bool {
        abs(measured - expected) <= max(60, expected / 20)
    }
}
