import Foundation

/// A GS1 key with what makes it finer: a kind of goods, a lot of it, one piece, a logistic unit, a place. Written as a
/// GS1 Digital Link URI, and as an EPC URN where the length of the company prefix is known (TDS 2.1, 6 and 7).
enum GS1Key: Sendable, Hashable {
    /// A kind of goods: GTIN of 14 figures.
    case gtin(String)
    /// A lot of it.
    case lgtin(String, lot: String)
    /// One piece of it.
    case sgtin(String, serial: String)
    /// A logistic unit: 18 figures.
    case sscc(String)
    /// A place: GLN of 13 figures, and what is in it.
    case sgln(String, extension: String?)

    /// The resolver of GS1 itself: addresses in canonical form begin so.
    static let canonical = "https://id.gs1.org"

    /// As a GS1 Digital Link URI under a resolver.
    func link(_ base: String = canonical) -> String {
        switch self {
        case .gtin(let gtin): "\(base)/01/\(gtin)"
        case .lgtin(let gtin, let lot): "\(base)/01/\(gtin)/10/\(GS1.encoded(lot))"
        case .sgtin(let gtin, let serial): "\(base)/01/\(gtin)/21/\(GS1.encoded(serial))"
        case .sscc(let sscc): "\(base)/00/\(sscc)"
        case .sgln(let gln, let part): "\(base)/414/\(gln)" + (part.map { "/254/\(GS1.encoded($0))" } ?? "")
        }
    }

    /// As an EPC URN.
    /// - Parameter prefix: how many figures the company prefix has, 6 to 12.
    /// - Returns: nil where the prefix cannot be so long.
    func urn(prefix: Int) -> String? {
        guard (6...12).contains(prefix) else { return nil }
        switch self {
        case .gtin(let gtin): return "urn:epc:idpat:sgtin:\(Self.split(gtin, prefix)).*"
        case .lgtin(let gtin, let lot): return "urn:epc:class:lgtin:\(Self.split(gtin, prefix)).\(Self.escaped(lot))"
        case .sgtin(let gtin, let serial): return "urn:epc:id:sgtin:\(Self.split(gtin, prefix)).\(Self.escaped(serial))"
        case .sscc(let sscc):
            let figures = sscc.dropFirst().dropLast()
            return "urn:epc:id:sscc:\(figures.prefix(prefix)).\(sscc.prefix(1))\(figures.dropFirst(prefix))"
        case .sgln(let gln, let part):
            let figures = gln.dropLast()
            return "urn:epc:id:sgln:\(figures.prefix(prefix)).\(figures.dropFirst(prefix)).\(Self.escaped(part ?? "0"))"
        }
    }

    /// The company prefix, and behind the dot the indicator and the reference of the item.
    private static func split(_ gtin: String, _ prefix: Int) -> String {
        let figures = gtin.dropFirst().dropLast()
        return "\(figures.prefix(prefix)).\(gtin.prefix(1))\(figures.dropFirst(prefix))"
    }

    /// A component as URNs write it (TDS table A-1): some signs with `%`.
    private static func escaped(_ text: String) -> String { GS1.encoded(text, also: "!'()*+,:;=") }

    /// Reads a Digital Link URI of any resolver, or an EPC URN; nil where it is neither, or breaks a rule of GS1.
    init?(_ uri: String) {
        guard uri.utf8.count <= 500 else { return nil }
        if uri.hasPrefix("urn:epc:") { self.init(urn: uri) } else { self.init(link: uri) }
    }

    private init?(link: String) {
        guard link.hasPrefix("https://") || link.hasPrefix("http://") else { return nil }
        let path = link.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
            .dropFirst(3).map(String.init)
        // The key is the first pair that names one; before it may stand a path of the resolver's own.
        guard let at = path.firstIndex(where: { ["01", "00", "414"].contains($0) }), at + 1 < path.count else {
            return nil
        }
        let (kind, key) = (path[at], path[at + 1])
        var parts: [String: String] = [:]
        var next = at + 2
        while next < path.count {
            guard next + 1 < path.count, let value = path[next + 1].removingPercentEncoding, !value.isEmpty,
                parts.updateValue(value, forKey: path[next]) == nil
            else { return nil }
            next += 2
        }
        switch kind {
        case "01":
            guard let gtin = GS1.gtin14(key), Set(parts.keys).isSubset(of: ["10", "21"]),
                parts.values.allSatisfy({ GS1.isComponent($0) })
            else { return nil }
            // The finest level counts: a piece is one piece, whatever lot it is of.
            self =
                parts["21"].map { .sgtin(gtin, serial: $0) } ?? parts["10"].map { .lgtin(gtin, lot: $0) } ?? .gtin(gtin)
        case "00":
            guard key.utf8.count == 18, GS1.isSound(key), parts.isEmpty else { return nil }
            self = .sscc(key)
        default:
            guard key.utf8.count == 13, GS1.isSound(key), Set(parts.keys).isSubset(of: ["254"]),
                parts.values.allSatisfy({ GS1.isComponent($0) })
            else { return nil }
            self = .sgln(key, extension: parts["254"])
        }
    }

    private init?(urn: String) {
        let parts = urn.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5 else { return nil }
        let fields = parts[4].split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 2, (6...12).contains(fields[0].utf8.count), Self.areFigures(fields[0]),
            Self.areFigures(fields[1])
        else { return nil }
        let (prefix, reference) = (fields[0], fields[1])
        let last = fields.count > 2 ? fields[2].removingPercentEncoding : nil
        switch (parts[2], parts[3]) {
        case ("id", "sgtin"), ("class", "lgtin"), ("idpat", "sgtin"):
            guard prefix.utf8.count + reference.utf8.count == 13, let last else { return nil }
            let figures = "\(reference.prefix(1))\(prefix)\(reference.dropFirst())"
            guard let check = GS1.checkFigure(of: figures) else { return nil }
            let gtin = figures + String(check)
            if parts[2] == "idpat" {
                guard last == "*" else { return nil }
                self = .gtin(gtin)
                return
            }
            guard GS1.isComponent(last) else { return nil }
            self = parts[2] == "id" ? .sgtin(gtin, serial: last) : .lgtin(gtin, lot: last)
        case ("id", "sscc"):
            guard fields.count == 2, prefix.utf8.count + reference.utf8.count == 17 else { return nil }
            let figures = "\(reference.prefix(1))\(prefix)\(reference.dropFirst())"
            guard let check = GS1.checkFigure(of: figures) else { return nil }
            self = .sscc(figures + String(check))
        case ("id", "sgln"):
            guard prefix.utf8.count + reference.utf8.count == 12, let last, GS1.isComponent(last),
                let check = GS1.checkFigure(of: prefix + reference)
            else { return nil }
            self = .sgln(prefix + reference + String(check), extension: last == "0" ? nil : last)
        default: return nil
        }
    }

    private static func areFigures(_ text: String) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }

    /// An identifier as all ways of writing it compare: a key of GS1 under its canonical address, anything else as it is.
    static func comparable(_ uri: String) -> String { GS1Key(uri)?.link() ?? uri }
}
