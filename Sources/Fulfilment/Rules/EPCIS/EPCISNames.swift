import Record

/// How the house names its goods, places, containers and papers to others: by keys of GS1 under the district's own
/// resolver where they have one, else by addresses of the house.
struct EPCISNames: Sendable, Hashable {
    /// What is known of an item for naming it.
    struct Good: Sendable, Hashable {
        var gtin: String?
        var unit = Item.Unit.piece
    }

    /// Where the district's identifiers begin: `https://id.haesol.example`.
    let base: String
    /// The firm whose goods they are; empty for the zone.
    var firm = ""
    var goods: [String: Good] = [:]
    /// SSCCs by container.
    var containers: [String: String] = [:]
    /// GLN and extension by location.
    var places: [String: GS1Key] = [:]

    /// A kind of goods, or a lot of it.
    func goods(_ item: String, lot: String) -> String {
        if let gtin = goods[item]?.gtin.flatMap(GS1.gtin14) {
            if lot.isEmpty { return GS1Key.gtin(gtin).link(base) }
            if GS1.isComponent(lot) { return GS1Key.lgtin(gtin, lot: lot).link(base) }
        }
        return own("item", firm, item) + (lot.isEmpty ? "" : "/lot/\(GS1.encoded(lot))")
    }

    /// One piece.
    func piece(_ item: String, serial: String) -> String {
        if let gtin = goods[item]?.gtin.flatMap(GS1.gtin14), GS1.isComponent(serial) {
            return GS1Key.sgtin(gtin, serial: serial).link(base)
        }
        return own("item", firm, item) + "/serial/\(GS1.encoded(serial))"
    }

    /// A place, or a container that goods are in.
    func place(_ location: String) -> String {
        let tail = Self.isContainer(location) ? String(location.dropFirst(Self.container.count)) : ""
        if let sscc = containers[location] ?? (GTIN.isSoundSSCC(tail) ? tail : nil) {
            return GS1Key.sscc(sscc).link(base)
        }
        if let key = places[location] { return key.link(base) }
        return Self.isContainer(location) ? "\(base)/\(GS1.encoded(location, also: "/"))" : own("location", location)
    }

    /// A paper: an order, an advice, a count.
    func paper(_ reference: String) -> String { "\(base)/\(GS1.encoded(reference, also: "/"))" }

    /// Whether a spot is in a container.
    static func isContainer(_ location: String) -> Bool { location.hasPrefix(container) }

    private static let container = "container/"

    private func own(_ kind: String, _ parts: String...) -> String {
        ([base, kind] + parts.map { GS1.encoded($0, also: "/") }).joined(separator: "/")
    }

    /// The unit of a quantity (UN/CEFACT Recommendation 20); pieces have none.
    func unit(_ item: String) -> String? {
        switch goods[item]?.unit ?? .piece {
        case .piece: nil
        case .gram: "GRM"
        case .millilitre: "MLT"
        }
    }
}

extension StockStatus {
    /// The disposition that says the same; no two have the same one, so that a log can be read back.
    var disposition: String {
        switch self {
        case .available: "sellable_not_accessible"
        case .quarantine: "non_sellable_other"
        case .damaged: "damaged"
        case .expired: "expired"
        case .returned: "returned"
        case .aside: "in_progress"
        }
    }

    /// The state that a disposition stands for; nil where goods of it are in no stock.
    init?(disposition: String) {
        guard let status = Self.allCases.first(where: { $0.disposition == disposition }) else { return nil }
        self = status
    }
}
