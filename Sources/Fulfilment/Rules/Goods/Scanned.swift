import Foundation

/// What stands in a code that was scanned, by a wedge scanner or a camera alike: an element string of GS1 (as it is transmitted,
/// or with its identifiers in brackets), or a GS1 Digital Link. Plain numbers and labels of our own are none.
struct Scanned: Sendable, Hashable {
    /// The kind of goods, 14 figures with a right check figure.
    var gtin: String?
    var lot: String?
    var serial: String?
    /// The logistic unit, 18 figures.
    var sscc: String?
    /// Until when it may be used, `2026-12-31`.
    var expiry: String?
    /// What a place is called within its GLN.
    var place: String?

    /// How long the data of an identifier is, where that is fixed (General Specifications, figure 3.2-1); others end at a
    /// separator.
    private static let fixed: [String: Int] = [
        "00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2, "414": 13,
    ]
    /// Identifiers of varying length that may stand between those we read.
    private static let open = ["10", "21", "22", "30", "37", "240", "241", "250", "254", "400"]
    /// What a scanner sends where the symbol has FNC1.
    private static let separator: Character = "\u{1D}"

    /// Reads a code; nil where it is none of them, or its key is not sound.
    init?(_ text: String) {
        let text = text.drop { $0 == " " || $0 == Self.separator }
        guard text.utf8.count <= 500 else { return nil }
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            self.init(link: String(text))
        } else if text.hasPrefix("(") {
            self.init(Self.bracketed(text))
        } else {
            // A symbology identifier says which symbol it was: `]C1`, `]d2`, `]Q3`, `]e0`.
            self.init(Self.plain(text.hasPrefix("]") ? text.dropFirst(3) : text))
        }
    }

    private init?(link: String) {
        guard let key = GS1Key(link) else { return nil }
        switch key {
        case .gtin(let gtin): self.gtin = gtin
        case .lgtin(let gtin, let lot): (self.gtin, self.lot) = (gtin, lot)
        case .sgtin(let gtin, let serial):
            (self.gtin, self.serial) = (gtin, serial)
            // A piece may say its lot as well.
            let parts = link.prefix { $0 != "?" }.split(separator: "/")
            lot = parts.firstIndex(of: "10").flatMap { at in
                at + 1 < parts.count ? String(parts[at + 1]).removingPercentEncoding : nil
            }
        case .sscc(let sscc): self.sscc = sscc
        case .sgln(_, let part): place = part
        }
        // The date stands in the query: `?17=261231`.
        let query = link.split(separator: "?", maxSplits: 1).dropFirst().first?.prefix { $0 != "#" } ?? ""
        for pair in query.split(separator: "&") where pair.hasPrefix("17=") { expiry = Self.day(pair.dropFirst(3)) }
    }

    private init?(_ parts: [String: String]?) {
        guard let parts, !parts.isEmpty else { return nil }
        if let said = parts["01"] ?? parts["02"] {
            guard let gtin = GS1.gtin14(said) else { return nil }
            self.gtin = gtin
        }
        if let said = parts["00"] {
            guard said.utf8.count == 18, GS1.isSound(said) else { return nil }
            sscc = said
        }
        lot = parts["10"]
        serial = parts["21"]
        place = parts["254"]
        expiry = (parts["17"] ?? parts["15"]).flatMap { Self.day($0) }
        guard gtin != nil || sscc != nil || parts["414"] != nil else { return nil }
    }

    private static func bracketed(_ text: some StringProtocol) -> [String: String]? {
        var parts: [String: String] = [:]
        for piece in text.split(separator: "(") {
            let halves = piece.split(separator: ")", maxSplits: 1)
            guard halves.count == 2, halves[0].allSatisfy(\.isNumber) else { return nil }
            parts[String(halves[0])] = String(halves[1].filter { $0 != separator })
        }
        return parts
    }

    private static func plain(_ text: some StringProtocol) -> [String: String]? {
        var (rest, parts) = (Substring(text), [String: String]())
        // Anything may begin with figures: only what begins with a key is an element string.
        guard ["00", "01", "02", "414"].contains(where: { rest.hasPrefix($0) }) else { return nil }
        while !rest.isEmpty {
            if rest.first == separator {
                rest = rest.dropFirst()
                continue
            }
            if let (name, length) = fixed.first(where: { rest.hasPrefix($0.key) }) {
                let data = rest.dropFirst(name.count).prefix(length)
                guard data.count == length, data.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
                parts[name] = String(data)
                rest = rest.dropFirst(name.count + length)
            } else if let name = open.first(where: { rest.hasPrefix($0) }) {
                let data = rest.dropFirst(name.count).prefix { $0 != separator }
                guard !data.isEmpty else { return nil }
                parts[name] = String(data)
                rest = rest.dropFirst(name.count + data.count)
            } else {
                return nil
            }
        }
        return parts
    }

    /// Six figures as a day; day 00 means the month's last (General Specifications 3.4.7).
    private static func day(_ text: some StringProtocol) -> String? {
        let figures = text.utf8.map { Int($0) - 48 }
        guard figures.count == 6, figures.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let (year, month) = (2000 + figures[0] * 10 + figures[1], figures[2] * 10 + figures[3])
        guard (1...12).contains(month) else { return nil }
        let leap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        let day = figures[4] * 10 + figures[5]
        guard day <= last else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day == 0 ? last : day))"
    }
}
