import District
import Record
import Store

/// What a lot reaches, from the shelf to the customer: where it lies, in which totes and parcels, who got it, what was made
/// of it, what came back.
struct LotReach: Sendable {
    let item: Item
    let lot: String
    /// Why it is kept back; nil where it is not.
    let held: Quarantine.Reason?
    let expiry: Timestamp?
    var lying: [Lying] = []
    var boxed: [Boxed] = []
    var promised: [Promised] = []
    var gone: [Gone] = []
    var sold: [LotTrail.Step] = []
    var made: [LotTrail.Step] = []

    /// In a place of the house.
    struct Lying: Sendable, Hashable {
        let held: Held
        let place: String
    }

    /// In an order's tote, or in a parcel that has not been handed over.
    struct Boxed: Sendable {
        let held: Held
        let order: Order
        /// The parcel; nil where it is the tote.
        let box: ParcelTable.Box?
        /// The carrier's list that the parcel is on.
        let manifest: ParcelTable.Manifest?
    }

    /// Promised to an order that has none of it in hand.
    struct Promised: Sendable {
        let order: Order
        let quantity: Int64
    }

    /// Out of the house with an order: on its way, or with the customer.
    struct Gone: Sendable {
        let order: Order
        let parcels: [String]
        let quantity: Int64
        let back: Int64
        let left: Timestamp
        let recipient: Recipient?
        /// How many the customer has, or will have.
        var out: Int64 { max(0, quantity - back) }
    }

    /// How many pieces lie in the house, in whatever state.
    var here: Int64 { (lying.map(\.held) + boxed.map(\.held)).reduce(0) { $0 + $1.quantity } }
    /// How many pieces are with customers or on their way there.
    var out: Int64 { gone.reduce(0) { $0 + $1.out } + sold.reduce(0) { $0 + $1.quantity } }

    /// Whose goods of this code and lot there are, or were: an officer of the zone sees several firms, whose codes may be the
    /// same though their goods are not.
    static func owners(
        _ said: String, lot: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [FirmID] {
        let item = try ItemTable.meant(said, for: tenant, in: reader)?.code ?? said
        let scopes =
            try StockTable.known(lot, of: item, for: tenant, in: reader).map(\.scope)
            + StockTable.owners(of: lot, of: item, for: tenant, in: reader).map(\.scope)
            + LotTrail.scopes(of: item, lot: lot, for: tenant, in: reader)
        return Set(
            scopes.compactMap { scope -> FirmID? in
                guard case .firm(let firm) = scope else { return nil }
                return firm
            }
        ).sorted { $0.rawValue < $1.rawValue }
    }

    /// - Parameter isNamed: whether whoever asks may see who the orders are for.
    /// - Returns: nil where whoever asks has no such item, or nothing was ever known of the lot.
    static func find(
        _ said: String, lot: String, isNamed: Bool, for tenant: some Tenancy, in reader: any Reader
    ) throws -> LotReach? {
        guard let item = try ItemTable.meant(said, for: tenant, in: reader) else { return nil }
        let known = try StockTable.known(lot, of: item.code, for: tenant, in: reader)
        let steps = try LotTrail.steps(of: item.code, lot: lot, for: tenant, in: reader)
        let owners = try StockTable.owners(of: lot, of: item.code, for: tenant, in: reader)
        guard !known.isEmpty || !steps.isEmpty || !owners.isEmpty || (lot.isEmpty && !item.hasLots) else { return nil }
        var reach = LotReach(
            item: item, lot: lot,
            held: known.lazy.compactMap(\.held).first.map { Quarantine.Reason(rawValue: $0) ?? .other },
            expiry: try lot.isEmpty ? nil : FloorStock.expiry(of: item.code, lot: lot, for: tenant, in: reader))
        for centre in Set(owners.map(\.centre)).sorted() {
            try reach.add(
                try StockTable.held(in: centre, item: item.code, lot: lot, for: tenant, in: reader), for: tenant, reader
            )
            let inHand = Set(reach.boxed.map(\.order.id))
            let promises = try StockTable.promises(of: item.code, lot: lot, in: centre, for: tenant, in: reader)
            for (id, shares) in Dictionary(grouping: promises, by: \.order).sorted(by: { $0.key < $1.key })
            where !inHand.contains(id) {
                guard let order = try OrderTable.find(id, for: tenant, in: reader) else { continue }
                reach.promised.append(
                    Promised(order: order, quantity: shares.reduce(0) { $0 + $1.quantity }))
            }
        }
        reach.sold = steps.filter { $0.way == .sold }
        reach.made = steps.filter { $0.way == .made }
        let moved = Dictionary(grouping: steps.filter { [.shipped, .returned].contains($0.way) }, by: \.paper)
        for (id, steps) in moved {
            guard let order = try OrderTable.find(id, for: tenant, in: reader), let last = steps.last else { continue }
            let sent = steps.filter { $0.way == .shipped }
            reach.gone.append(
                Gone(
                    order: order, parcels: sent.map(\.other), quantity: sent.reduce(0) { $0 + $1.quantity },
                    back: steps.filter { $0.way == .returned }.reduce(0) { $0 + $1.quantity },
                    left: sent.last?.at ?? last.at,
                    recipient: try isNamed && reach.held != nil
                        ? OrderTable.recipient(of: id, for: tenant, in: reader) : nil))
        }
        reach.gone.sort { ($0.left, $0.order.id) < ($1.left, $1.order.id) }
        return reach
    }

    private mutating func add(_ held: [Held], for tenant: some Tenancy, _ reader: any Reader) throws {
        let names = Dictionary(
            try PlaceTable.several(
                Set(held.map(\.spot.location).filter { !$0.hasPrefix(Spot.container) }).sorted(), for: tenant,
                in: reader
            ).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        for one in held {
            let location = one.spot.location
            if let id = Tote.order(of: location), let order = try OrderTable.find(id, for: tenant, in: reader) {
                boxed.append(Boxed(held: one, order: order, box: nil, manifest: nil))
            } else if location.hasPrefix(Spot.container),
                let box = try ParcelTable.find(
                    String(location.dropFirst(Spot.container.count)), for: tenant, in: reader),
                let order = try OrderTable.find(box.order, for: tenant, in: reader)
            {
                let manifest = try box.manifest.flatMap { try ParcelTable.manifest($0, for: tenant, in: reader) }
                boxed.append(Boxed(held: one, order: order, box: box, manifest: manifest))
            } else {
                lying.append(Lying(held: one, place: names[location] ?? location))
            }
        }
    }
}
