import Record

/// What somebody types or scans when they look for goods or a container: any way of writing a key of GS1, the figures of a
/// bar code, or the item's own code and lot.
enum EPCISLook: Sendable, Hashable {
    /// An identifier, in the way in which identifiers compare.
    case identifier(String)
    /// An item's code, and a lot of it where one was said.
    case item(String, lot: String)

    init?(_ said: String) {
        let text = String(said.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        guard !text.isEmpty, text.utf8.count <= 500 else { return nil }
        if text.hasPrefix("urn:") || text.hasPrefix("http") {
            self = .identifier(GS1Key.comparable(text))
        } else if let sscc = GTIN.sscc(scanned: text) {
            self = .identifier(GS1Key.sscc(sscc).link())
        } else if let key = Self.elements(text) {
            self = .identifier(key.link())
        } else {
            let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
            self = .item(parts[0], lot: parts.count > 1 ? parts[1] : "")
        }
    }

    /// `(01)08801234567893(10)L1(21)S1`, as people read it under a bar code.
    private static func elements(_ text: String) -> GS1Key? {
        var parts: [String: String] = [:]
        for part in text.split(separator: "(") {
            let halves = part.split(separator: ")", maxSplits: 1).map(String.init)
            guard halves.count == 2 else { return nil }
            parts[halves[0]] = halves[1].filter { !$0.isWhitespace }
        }
        guard let gtin = parts["01"].flatMap(GS1.gtin14) else { return nil }
        if let serial = parts["21"], GS1.isComponent(serial) { return .sgtin(gtin, serial: serial) }
        if let lot = parts["10"], GS1.isComponent(lot) { return .lgtin(gtin, lot: lot) }
        return .gtin(gtin)
    }
}
