import Record

/// What fits into the Twin: sizes and signs.
enum Bounds {
    /// The most things that may stand in each other.
    static let depth = 32
    /// The most positions of a shape.
    static let positions = 1000
    /// The most attributes declared of a thing.
    static let attributes = 100
    /// The most bytes of an attribute's canonical JSON.
    static let valueBytes = 4096
    /// How far a clock may run ahead, in seconds, before its observations are refused: one that displaced all later
    /// ones until its time came would be worse than none.
    static let ahead: Double = 300

    static func check(_ thing: Thing) throws(TwinError) {
        try identifier(thing.id)
        if let parent = thing.parent { try identifier(parent, field: "parent") }
        try text(thing.name.ko, "name.ko", 1...200)
        try text(thing.name.en, "name.en", 1...200)
        if let geometry = thing.geometry { try check(geometry) }
        guard thing.attributes.count <= attributes else {
            throw TwinError(
                .bounds, "attributes",
                Words("속성은 \(attributes)개까지 등록할 수 있습니다.", "A thing has at most \(attributes) attributes."))
        }
        for (name, value) in thing.attributes.sorted(by: { $0.key < $1.key }) { try attribute(name, value) }
        guard case .firm(let owner) = thing.scope, let firm = thing.firm, firm != owner else { return }
        throw TwinError(
            .scope, "scope",
            Words("운영 기업과 공개 범위의 기업이 다릅니다.", "The firm that runs it is not the firm of its scope."))
    }

    static func identifier(_ id: ThingID, field: String = "id") throws(TwinError) {
        let allowed = id.rawValue.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 || $0 == 95
        }
        guard allowed, (1...100).contains(id.rawValue.utf8.count) else {
            throw TwinError(
                .characters, field,
                Words(
                    "식별자는 영문 소문자, 숫자, -, _, .로 100자까지 입력해 주십시오.",
                    "An identifier has 1 to 100 lower-case letters, digits, -, _ or dots."))
        }
    }

    static func attribute(_ name: String, _ value: JSON, unit: String? = nil) throws(TwinError) {
        let allowed = name.utf8.allSatisfy {
            (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
        }
        guard allowed, (1...64).contains(name.utf8.count) else {
            throw TwinError(
                .characters, "attribute",
                Words(
                    "속성 이름은 영문자, 숫자, _로 64자까지 입력해 주십시오.",
                    "An attribute's name has 1 to 64 letters, digits or underscores."))
        }
        guard value.isCanonicalizable, value.canonical.count <= valueBytes else {
            throw TwinError(
                .bounds, "value",
                Words("\(name)의 값이 너무 크거나 올바르지 않습니다.", "The value of \(name) is too large, or no finite number."))
        }
        if let unit { try text(unit, "unit", 1...32) }
    }

    static func check(_ geometry: Geometry) throws(TwinError) {
        let positions = geometry.positions
        let least =
            switch geometry.shape {
            case .point: 1
            case .lineString: 2
            case .polygon: 3
            }
        // A plan wider than a hundred kilometres is a mistaken unit.
        let (width, height) = geometry.frame == .wgs84 ? (180.0, 90.0) : (100_000.0, 100_000.0)
        // NaN compares false and is refused with the rest.
        guard (least...Self.positions).contains(positions.count),
            positions.allSatisfy({ abs($0.x) <= width && abs($0.y) <= height })
        else {
            throw TwinError(
                .bounds, "geometry",
                Words("위치의 좌표 수나 값이 범위를 벗어났습니다.", "The shape has too few or too many positions, or one out of range."))
        }
        if let level = geometry.level { try text(level, "geometry.level", 1...16) }
    }

    static func time(_ observed: Timestamp, now: Timestamp) throws(TwinError) {
        guard observed <= now.advanced(bySeconds: ahead) else {
            throw TwinError(
                .future, "observed",
                Words("관측 시각이 현재보다 늦습니다. 장치의 시계를 확인해 주십시오.", "It was observed in the future: check the device's clock.")
            )
        }
    }

    private static func text(_ text: String, _ field: String, _ length: ClosedRange<Int>) throws(TwinError) {
        let clean = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        guard clean, length.contains(text.count), text.utf8.count <= length.upperBound * 8 else {
            throw TwinError(
                .bounds, field,
                Words(
                    "\(length.lowerBound)자 이상 \(length.upperBound)자 이하로 입력해 주십시오.",
                    "Please enter \(length.lowerBound) to \(length.upperBound) characters."))
        }
    }
}
