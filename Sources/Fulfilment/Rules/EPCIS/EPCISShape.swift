import Foundation
import Record

/// How a member of an event must look: the rules of the official JSON schema of EPCIS 2.0, as values.
indirect enum EPCISShape: Sendable {
    case any
    case text
    case uri
    case uris
    case number
    case flag
    case time
    /// A text whose signs follow a rule of their own.
    case written(EPCISWriting)
    /// One of so many words.
    case choice([String])
    /// A bare word of a vocabulary, or the URI of another one.
    case word(CBV.Kind)
    case list(EPCISShape, minimum: Int = 0, isSet: Bool = false)
    /// Members by name, those that must be there, and whether others may be there whose names are URIs.
    case members([String: EPCISShape], required: [String] = [], others: EPCISOthers = .own)

    /// What is wrong with a value at a path.
    func faults(in value: JSON, at path: String, into faults: inout [EPCISFault]) {
        guard faults.count < EPCISShapes.mostFaults else { return }
        switch self {
        case .any: return
        case .text:
            if value.text == nil { faults.append(EPCISFault(path, .kind, "text")) }
        case .uri:
            guard case .string(let text) = value else { return faults.append(EPCISFault(path, .kind, "URI")) }
            if !EPCISWriting.isURI(text) { faults.append(EPCISFault(path, .uri, text)) }
        case .uris:
            if value.elements == nil { return Self.uri.faults(in: value, at: path, into: &faults) }
            Self.list(.uri).faults(in: value, at: path, into: &faults)
        case .number:
            guard case .number = value else { return faults.append(EPCISFault(path, .kind, "number")) }
        case .flag:
            if value.bool == nil { faults.append(EPCISFault(path, .kind, "true/false")) }
        case .time:
            guard case .string(let text) = value else { return faults.append(EPCISFault(path, .kind, "date-time")) }
            if EPCISWriting.moment(text) == nil { faults.append(EPCISFault(path, .time, text)) }
        case .written(let writing):
            guard case .string(let text) = value else { return faults.append(EPCISFault(path, .kind, "text")) }
            if !writing.holds(text) { faults.append(EPCISFault(path, .pattern, text)) }
        case .choice(let words):
            guard case .string(let text) = value else { return faults.append(EPCISFault(path, .kind, "text")) }
            if !words.contains(text) { faults.append(EPCISFault(path, .vocabulary, text)) }
        case .word(let kind):
            guard case .string(let text) = value else { return faults.append(EPCISFault(path, .kind, "text")) }
            if !kind.words.contains(text), !EPCISWriting.isOwnWord(text, of: kind) {
                faults.append(EPCISFault(path, .vocabulary, text))
            }
        case .list(let element, let minimum, let isSet):
            guard let elements = value.elements else { return faults.append(EPCISFault(path, .kind, "list")) }
            if elements.count < minimum { faults.append(EPCISFault(path, .few)) }
            if isSet, Set(elements).count < elements.count { faults.append(EPCISFault(path, .twice)) }
            for (number, one) in elements.enumerated() {
                element.faults(in: one, at: "\(path)/\(number)", into: &faults)
            }
        case .members(let shapes, let required, let others):
            guard let members = value.members else { return faults.append(EPCISFault(path, .kind, "object")) }
            let below = path.isEmpty ? "" : "\(path)/"
            for name in required where members[name] == nil { faults.append(EPCISFault("\(below)\(name)", .required)) }
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                if let shape = shapes[name] {
                    shape.faults(in: member, at: "\(below)\(name)", into: &faults)
                } else if others == .none || others == .own && !EPCISWriting.isURI(name) {
                    faults.append(EPCISFault("\(below)\(name)", .unknown))
                }
            }
        }
    }
}

/// Which members may stand besides those that are named.
enum EPCISOthers: Sendable {
    case none
    /// Those whose names are URIs or begin with a prefix.
    case own
    case any
}

/// How texts are written.
enum EPCISWriting: Sendable {
    /// `+09:00`, at most 14 hours away.
    case offset
    /// Two or three capitals and figures (UN/CEFACT Recommendation 20).
    case unit
    case hex

    /// Whether a text is so.
    func holds(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch self {
        case .unit:
            return (2...3).contains(bytes.count)
                && bytes.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        case .hex: return !bytes.isEmpty && text.allSatisfy { $0.isASCII && $0.isHexDigit }
        case .offset: return Self.offset(text) != nil
        }
    }

    /// `+09:00` in seconds.
    static func offset(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == 43 || bytes[0] == 45, bytes[3] == 58,
            let hours = Int64(text.dropFirst().prefix(2)), let minutes = Int64(text.suffix(2)),
            text.dropFirst().prefix(2).allSatisfy(\.isNumber), minutes < 60, hours < 14 || hours == 14 && minutes == 0
        else { return nil }
        return (hours * 3600 + minutes * 60) * (bytes[0] == 45 ? -1 : 1)
    }

    /// A moment that says its zone (RFC 3339, and its date separated by T).
    static func moment(_ text: String) -> Timestamp? {
        guard text.utf8.count <= 40, text.utf8.count > 19, Array(text.utf8)[10] | 0x20 == 0x74, let last = text.last,
            last == "Z" || last == "z" || text.dropFirst(19).contains(where: { $0 == "+" || $0 == "-" })
        else { return nil }
        return Timestamp(iso8601: text)
    }

    /// Whether a text is a URI (RFC 3986): a scheme, a colon, and signs that may stand in it.
    static func isURI(_ text: String) -> Bool {
        guard (3...2000).contains(text.utf8.count), let colon = text.utf8.firstIndex(of: 58) else { return false }
        let scheme = text.utf8[..<colon]
        guard let first = scheme.first, (first | 0x20) >= 97, (first | 0x20) <= 122,
            scheme.allSatisfy({
                (48...57).contains($0) || (97...122).contains($0 | 0x20) || $0 == 43 || $0 == 45 || $0 == 46
            })
        else { return false }
        var hex = 0
        for byte in text.utf8[text.utf8.index(after: colon)...] {
            if hex > 0 {
                guard Unicode.Scalar(byte).properties.isASCIIHexDigit else { return false }
                hex -= 1
                continue
            }
            switch byte {
            case 0x25: hex = 2
            case 0x21, 0x23, 0x24, 0x26...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: continue
            default: return false
            }
        }
        return hex == 0
    }

    /// Whether a value is the URI of a word that the standard does not have: words of its own stand bare.
    static func isOwnWord(_ text: String, of kind: CBV.Kind) -> Bool {
        guard isURI(text) else { return false }
        let kept: [String] =
            switch kind {
            case .measurement, .alert:
                ["https://gs1.org/voc/", "http://gs1.org/voc/", "https://www.gs1.org/voc/", "http://www.gs1.org/voc/"]
            default: ["urn:epcglobal:cbv", "https://ns.gs1.org/cbv/", "http://ns.gs1.org/cbv/"]
            }
        return !kept.contains { text.hasPrefix($0) }
    }
}
