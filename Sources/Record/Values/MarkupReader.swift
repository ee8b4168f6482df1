/// Reads an XML document into ``Markup``: elements, attributes, text, CDATA, comments and the five entities. A document
/// type is refused, and with it every entity that could grow; so is nesting deeper than a message has.
public struct MarkupReader {
    /// Why a document cannot be read, and where.
    public struct Failure: Error, Hashable, CustomStringConvertible {
        /// The byte, from 0.
        public let offset: Int
        /// What was expected or is not allowed.
        public let rule: String
        /// Why, and where.
        public init(offset: Int, rule: String) {
            self.offset = offset
            self.rule = rule
        }

        /// Both.
        public var description: String { "\(offset): \(rule)" }
    }

    private let bytes: [UInt8]
    private var at = 0
    private let deepest: Int

    private init(_ bytes: [UInt8], deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    /// The root element of a document.
    /// - Parameters:
    ///   - largest: a document of more bytes is refused unread.
    ///   - deepest: how many elements may stand in each other.
    public static func read(_ text: String, largest: Int = 1 << 20, deepest: Int = 16) throws(Failure) -> Markup {
        var reader = MarkupReader(Array(text.utf8), deepest: deepest)
        guard reader.bytes.count <= largest else { throw Failure(offset: 0, rule: "at most \(largest) bytes") }
        try reader.skipMisc()
        let root = try reader.element(depth: 0, scopes: [:])
        try reader.skipMisc()
        guard reader.at == reader.bytes.count else { throw reader.failure("one root element") }
        return root
    }

    private func failure(_ rule: String) -> Failure { Failure(offset: at, rule: rule) }
    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }
    private func sees(_ word: String) -> Bool { bytes[at...].starts(with: word.utf8) }

    private mutating func skipSpace() { while let byte, [32, 9, 10, 13].contains(byte) { at += 1 } }

    private mutating func skip(past word: String) throws(Failure) {
        let end = Array(word.utf8)
        while at + end.count <= bytes.count {
            if bytes[at..<at + end.count].elementsEqual(end) {
                at += end.count
                return
            }
            at += 1
        }
        throw failure("no end: \(word)")
    }

    /// White space, comments and instructions outside of elements.
    private mutating func skipMisc() throws(Failure) {
        while true {
            skipSpace()
            if sees("<?") { try skip(past: "?>") } else if sees("<!--") { try skip(past: "-->") } else { break }
        }
        if sees("<!") { throw failure("no document type") }
    }

    private mutating func name() throws(Failure) -> String {
        let start = at
        while let byte,
            byte > 127 || byte == 45 || byte == 46 || byte == 58 || byte == 95 || (48...57).contains(byte)
                || (65...90).contains(byte) || (97...122).contains(byte)
        { at += 1 }
        guard at > start else { throw failure("a name") }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func expect(_ word: String) throws(Failure) {
        guard sees(word) else { throw failure("expected \(word)") }
        at += word.utf8.count
    }

    private mutating func element(depth: Int, scopes outer: [String: String]) throws(Failure) -> Markup {
        guard depth < deepest else { throw failure("nested too deeply") }
        try expect("<")
        let tag = try name()
        var scopes = outer
        var seen: [String: String] = [:]
        while true {
            skipSpace()
            if sees("/>") || sees(">") { break }
            let key = try name()
            guard seen[key] == nil else { throw failure("an attribute once") }
            skipSpace()
            try expect("=")
            skipSpace()
            let value = try quoted()
            seen[key] = value
            if key == "xmlns" {
                scopes[""] = value
            } else if key.hasPrefix("xmlns:") {
                scopes[String(key.dropFirst(6))] = value
            }
        }
        let parts = tag.split(separator: ":", maxSplits: 1).map(String.init)
        var markup = Markup(parts.last ?? tag, [])
        markup.namespace = scopes[parts.count == 2 ? parts[0] : ""]
        if parts.count == 2, markup.namespace == nil { throw failure("prefix \(parts[0]) is not bound") }
        for (key, value) in seen where key != "xmlns" && !key.hasPrefix("xmlns:") {
            markup.attributes[try qualified(key, scopes)] = value
        }
        if sees("/>") {
            at += 2
            return markup
        }
        at += 1
        try content(of: &markup, tag: tag, depth: depth, scopes: scopes)
        return markup
    }

    /// An attribute's name: one without a prefix is in no namespace, whatever the element is in.
    private func qualified(_ key: String, _ scopes: [String: String]) throws(Failure) -> String {
        let parts = key.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0] != "xml" else { return key }
        guard let namespace = scopes[parts[0]] else { throw failure("prefix \(parts[0]) is not bound") }
        return "{\(namespace)}\(parts[1])"
    }

    private mutating func content(
        of markup: inout Markup, tag: String, depth: Int, scopes: [String: String]
    ) throws(Failure) {
        var text: [UInt8] = []
        while true {
            guard let byte else { throw failure("no end of \(tag)") }
            if sees("</") {
                at += 2
                guard try name() == tag else { throw failure("the end of \(tag)") }
                skipSpace()
                try expect(">")
                break
            } else if sees("<!--") {
                try skip(past: "-->")
            } else if sees("<![CDATA[") {
                at += 9
                let start = at
                try skip(past: "]]>")
                text += bytes[start..<at - 3]
            } else if sees("<?") {
                try skip(past: "?>")
            } else if byte == 60 {
                markup.children.append(try element(depth: depth + 1, scopes: scopes))
            } else if byte == 38 {
                text += Array(String(try entity()).utf8)
            } else {
                text.append(byte)
                at += 1
            }
        }
        // Line ends are one sign (XML 1.0, 2.11); between elements white space means nothing.
        let read = String(decoding: text, as: UTF8.self)
        markup.text = markup.children.isEmpty ? read : ""
        if !markup.children.isEmpty, read.contains(where: { !$0.isWhitespace }) { throw failure("text among elements") }
        guard read.unicodeScalars.allSatisfy(XMLText.isAllowed) else { throw failure("a sign XML cannot carry") }
    }

    private mutating func quoted() throws(Failure) -> String {
        guard let quote = byte, quote == 34 || quote == 39 else { throw failure("a quoted value") }
        at += 1
        var value: [UInt8] = []
        while let byte, byte != quote {
            guard byte != 60 else { throw failure("no < in a value") }
            if byte == 38 {
                value += Array(String(try entity()).utf8)
            } else {
                value.append(byte)
                at += 1
            }
        }
        guard byte == quote else { throw failure("the end of a value") }
        at += 1
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func entity() throws(Failure) -> Character {
        let start = at
        try skip(past: ";")
        let word = String(decoding: bytes[start + 1..<at - 1], as: UTF8.self)
        switch word {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let number =
                word.hasPrefix("#x")
                ? UInt32(word.dropFirst(2), radix: 16)
                : word.hasPrefix("#") ? UInt32(word.dropFirst(1)) : nil
            guard let scalar = number.flatMap(Unicode.Scalar.init), XMLText.isAllowed(scalar) else {
                throw Failure(offset: start, rule: "entity \(word.prefix(20))")
            }
            return Character(scalar)
        }
    }
}
