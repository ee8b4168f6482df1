import Record

extension Item {
    /// As events carry it: all that is known of it, so that one event describes it anew.
    var json: [String: JSON] {
        var members: [String: JSON] = [
            "code": .string(code), "name": .string(name), "unit": .string(unit.rawValue),
            "climate": .string(climate.rawValue), "minimum_life": .number(Double(minimumLife)),
            "lots": .bool(hasLots), "serials": .bool(hasSerials), "velocity": .string(velocity.rawValue),
        ]
        if let gtin { members["gtin"] = .string(gtin) }
        if size.isKnown {
            members["length"] = .number(Double(size.length))
            members["width"] = .number(Double(size.width))
            members["height"] = .number(Double(size.height))
        }
        if let weight { members["weight"] = .number(Double(weight)) }
        if let hazard { members["hazard"] = .string(hazard) }
        if let shelfLife { members["shelf_life"] = .number(Double(shelfLife)) }
        if let cost { members["cost"] = .decimal(cost) }
        if let price { members["price"] = .decimal(price) }
        if let reorder {
            members["reorder_point"] = .decimal(reorder.point)
            members["reorder_quantity"] = .decimal(reorder.quantity)
        }
        return members
    }

    /// Reads an item from its event; nil where it is none.
    init?(_ json: [String: JSON]) {
        guard let code = json["code"]?.text, let name = json["name"]?.text else { return nil }
        self.init(code: code, name: name)
        let whole = { (key: String) in json[key]?.integer.map { Int($0) } }
        gtin = json["gtin"]?.text
        unit = json["unit"]?.text.flatMap { Unit(rawValue: $0) } ?? .piece
        size = Size(length: whole("length") ?? 0, width: whole("width") ?? 0, height: whole("height") ?? 0)
        weight = whole("weight")
        hazard = json["hazard"]?.text
        climate = json["climate"]?.text.flatMap { Climate(rawValue: $0) } ?? .ambient
        shelfLife = whole("shelf_life")
        minimumLife = whole("minimum_life") ?? 0
        hasLots = json["lots"]?.bool ?? false
        hasSerials = json["serials"]?.bool ?? false
        velocity = json["velocity"]?.text.flatMap { Velocity(rawValue: $0) } ?? .c
        cost = json["cost"]?.integer
        price = json["price"]?.integer
        if let point = json["reorder_point"]?.integer, let quantity = json["reorder_quantity"]?.integer {
            reorder = Reorder(point: point, quantity: quantity)
        }
    }

    /// The letters of a code: what scanners and URIs carry without doubt.
    static func isCode(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 || $0 == 95
            }
    }

    /// The hazard classes of the UN model regulations that goods may have.
    static let hazards = [
        "1", "2.1", "2.2", "2.3", "3", "4.1", "4.2", "4.3", "5.1", "5.2", "6.1", "6.2", "7", "8", "9",
    ]

    /// The stream of an item: codes are a firm's own.
    static func stream(_ code: String, of scope: Scope) -> String { "item/\(scope.text)/\(code)" }
}

extension Item.Climate {
    /// What people call it.
    var words: Words {
        switch self {
        case .ambient: Words("상온", "Ambient")
        case .chilled: Words("냉장(2~8℃)", "Chilled (2 to 8 °C)")
        case .frozen: Words("냉동(-18℃ 이하)", "Frozen (−18 °C or below)")
        }
    }
}

extension Item.Unit {
    /// What people call it.
    var words: Words {
        switch self {
        case .piece: Words("개", "pcs")
        case .gram: Words("g", "g")
        case .millilitre: Words("mL", "mL")
        }
    }
}
