import Record

/// In what state goods are: only what is available may be promised, picked and shipped.
enum StockStatus: String, Sendable, Hashable, CaseIterable {
    /// Good, and free to be promised.
    case available
    /// Kept until somebody has decided: a failed check, an excursion of temperature, a recall.
    case quarantine
    /// Broken; it is returned to the supplier or destroyed.
    case damaged
    /// Past its date.
    case expired
    /// Came back from a customer and is not graded yet.
    case returned
    /// Good, but in a tote or a parcel whose order has no right to it: nobody is promised it before it is put back.
    case aside
}

/// Where goods lie and in what state.
struct Spot: Sendable, Hashable {
    /// A location of the centre, or a container in it (`container/…`): pallet, tote, carton.
    var location: String
    /// In what state.
    var status: StockStatus = .available

    /// What the locations of containers begin with.
    static let container = "container/"
}

/// Goods that go from one spot to another, come to be, or are no more: the only way in which stock changes.
struct Move: Sendable, Hashable {
    /// The item's code in its firm.
    var item: String
    /// The lot; empty where the item has none.
    var lot: String = ""
    /// How many, in the item's smallest unit (pieces; grams or millilitres for goods sold by measure); more than zero.
    var quantity: Int64
    /// From where; nil where they come to be in the centre (received, made, found).
    var from: Spot?
    /// To where; nil where they leave it (shipped, used up, lost).
    var to: Spot?
    /// The serial numbers, where the item has them: as many as the quantity.
    var serials: [String] = []

    /// As events carry it.
    var json: JSON {
        var members: [String: JSON] = ["item": .string(item), "quantity": .decimal(quantity)]
        if !lot.isEmpty { members["lot"] = .string(lot) }
        if let from { members["from"] = from.json }
        if let to { members["to"] = to.json }
        if !serials.isEmpty { members["serials"] = .array(serials.map { .string($0) }) }
        return .object(members)
    }

    init(
        _ item: String, lot: String = "", _ quantity: Int64, from: Spot? = nil, to: Spot? = nil, serials: [String] = []
    ) {
        self.item = item
        self.lot = lot
        self.quantity = quantity
        self.from = from
        self.to = to
        self.serials = serials
    }

    /// Reads a move; nil where it is none.
    init?(_ json: JSON) {
        guard let item = json["item"]?.text, let quantity = json["quantity"]?.integer, quantity > 0 else { return nil }
        let (from, to) = (json["from"].flatMap { Spot($0) }, json["to"].flatMap { Spot($0) })
        guard from != nil || to != nil else { return nil }
        self.init(
            item, lot: json["lot"]?.text ?? "", quantity, from: from, to: to,
            serials: json["serials"]?.elements?.compactMap(\.text) ?? [])
    }
}

extension Spot {
    /// As events carry it.
    var json: JSON { ["location": .string(location), "status": .string(status.rawValue)] }

    /// Reads a spot; nil where it is none.
    init?(_ json: JSON) {
        guard let location = json["location"]?.text, !location.isEmpty,
            let status = json["status"]?.text.flatMap({ StockStatus(rawValue: $0) })
        else { return nil }
        self.init(location: location, status: status)
    }
}
