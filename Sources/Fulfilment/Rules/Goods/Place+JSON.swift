import Record

extension Place {
    /// As events carry it, whether it is closed left out: that has events of its own.
    var json: [String: JSON] {
        var members: [String: JSON] = [
            "place": .string(id), "centre": .string(centre), "name": .string(name), "kind": .string(kind.rawValue),
            "level": .number(Double(level)), "climate": .string(climate.rawValue),
            "hazards": .array(hazards.map { .string($0) }), "sequence": .number(Double(sequence)),
        ]
        if let aisle { members["aisle"] = .number(Double(aisle)) }
        if let position { members["position"] = .number(Double(position)) }
        if let volume { members["volume"] = .decimal(Int64(volume)) }
        if let weight { members["weight"] = .decimal(Int64(weight)) }
        if let node { members["node"] = .string(node) }
        if let zone { members["zone"] = .string(zone) }
        return members
    }

    /// Reads a place from its event; nil where it is none.
    init?(_ json: [String: JSON]) {
        guard let id = json["place"]?.text, let centre = json["centre"]?.text, let name = json["name"]?.text,
            let kind = json["kind"]?.text.flatMap({ Kind(rawValue: $0) })
        else { return nil }
        self.init(id: id, centre: centre, name: name, kind: kind)
        let whole = { (key: String) in json[key]?.integer.map { Int($0) } }
        aisle = whole("aisle")
        position = whole("position")
        level = whole("level") ?? 0
        volume = whole("volume")
        weight = whole("weight")
        climate = json["climate"]?.text.flatMap { Item.Climate(rawValue: $0) } ?? .ambient
        hazards = json["hazards"]?.elements?.compactMap(\.text) ?? []
        sequence = whole("sequence") ?? 0
        node = json["node"]?.text
        zone = json["zone"]?.text
    }

    /// The thing that a zone of a centre's hall is, by what people call it.
    static func zone(_ name: String, in centre: String) -> String { "\(centre)-zone-\(name.lowercased())" }

    /// The thing that a place is, by its centre and what people call it: `haesol-center-a-03-2`.
    static func id(_ name: String, in centre: String) -> String { "\(centre)-\(name.lowercased())" }

    /// The letters of a name: what a label and a scanner carry without doubt.
    static func isName(_ text: String) -> Bool {
        (1...30).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
            }
    }

    /// Whether goods stay here for longer than a step of work: only such places are proposed for putting away.
    var isStorage: Bool { kind == .reserve || kind == .pick }

    /// The event type that brings it, or describes it anew.
    static let registered = "fulfilment.place.registered"
    /// Nothing is put there or taken away any more, until it is opened.
    static let closed = "fulfilment.place.closed"
    /// It is in use again.
    static let opened = "fulfilment.place.opened"
}

extension Place.Kind {
    /// What people call it.
    var words: Words {
        switch self {
        case .dock: Words("도크", "Dock")
        case .staging: Words("입고 대기", "Staging")
        case .reserve: Words("보관", "Reserve")
        case .pick: Words("피킹", "Pick face")
        case .pack: Words("포장대", "Packing")
        case .sort: Words("분류", "Sorting")
        case .shipping: Words("출고", "Shipping")
        case .quarantine: Words("격리", "Quarantine")
        case .returns: Words("반품", "Returns")
        case .work: Words("작업대", "Workbench")
        }
    }
}
