import District
import Record

/// What a parcel says of its contents to whoever loads and carries it: keep cool, or a class of dangerous goods.
struct ParcelMark: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable {
        /// Drawn as a star of three lines.
        case cold
        /// Drawn as a square on its point, with the class in it.
        case hazard
    }

    let kind: Kind
    /// The climate, or the class.
    let code: String
    /// `인화성 액체`; `냉장 보관 2–8 ℃`.
    let name: Words
    /// `화기엄금`; nil where none is known.
    let caution: Words?

    /// One line of it, as lists show it.
    var words: Words {
        let (ko, en) = kind == .hazard ? ("위험물 \(code) ", "Class \(code) ") : ("", "")
        return Words(
            ko + name.ko + (caution.map { " · \($0.ko)" } ?? ""), en + name.en + (caution.map { " · \($0.en)" } ?? ""))
    }
}

/// The marks of parcels, from `parcel-marks.json` and `cold.json`.
struct ParcelMarks: Sendable {
    private let cold: [Item.Climate: Words]
    private let hazards: [String: (name: Words, caution: Words?)]

    init(_ book: Handbook) throws(HandbookError) {
        let file = "parcel-marks.json"
        let json = try book.read(file).json
        let limits = try ColdSettings(book).limits
        var cold: [Item.Climate: Words] = [:]
        for climate in [Item.Climate.chilled, .frozen] {
            guard let ko = json["cold"]?[climate.rawValue]?["ko"]?.text,
                let en = json["cold"]?[climate.rawValue]?["en"]?.text, let range = limits[climate]?.range
            else { throw HandbookError(file: file, place: "cold.\(climate.rawValue)", rule: "ko and en") }
            let (low, high) = (Int(range.lowerBound.rounded()), Int(range.upperBound.rounded()))
            // No tilde: label printers take it for the beginning of a command.
            let degrees = climate == .frozen ? "\(high) ℃ 이하" : "\(low)–\(high) ℃"
            let english = climate == .frozen ? "max. \(high) °C" : "\(low)–\(high) °C"
            cold[climate] = Words("\(ko) \(degrees)", "\(en) \(english)")
        }
        var hazards: [String: (name: Words, caution: Words?)] = [:]
        for (code, entry) in json["hazards"]?.members ?? [:] {
            guard let ko = entry["ko"]?.text, let en = entry["en"]?.text else {
                throw HandbookError(file: file, place: "hazards.\(code)", rule: "ko and en")
            }
            let caution = entry["caution_ko"]?.text.flatMap { ko in
                entry["caution_en"]?.text.map { Words(ko, $0) }
            }
            hazards[code] = (Words(ko, en), caution)
        }
        (self.cold, self.hazards) = (cold, hazards)
    }

    /// The marks of what is in a parcel: cold first, then dangerous classes in order. A class that nobody named is marked
    /// as well: unknown is never safe.
    func of(_ items: [Item]) -> [ParcelMark] {
        let climates = Set(items.map(\.climate))
        let marks = [Item.Climate.frozen, .chilled].filter { climates.contains($0) }.compactMap { climate in
            cold[climate].map { ParcelMark(kind: .cold, code: climate.rawValue, name: $0, caution: nil) }
        }
        return marks
            + Set(items.compactMap(\.hazard)).sorted().map { code in
                let known = hazards[code] ?? hazards[String(code.prefix { $0 != "." })]
                return ParcelMark(
                    kind: .hazard, code: code, name: known?.name ?? Words("위험물", "Dangerous goods"),
                    caution: known?.caution)
            }
    }
}
