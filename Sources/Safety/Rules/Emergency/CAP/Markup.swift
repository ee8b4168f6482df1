/// An XML element as CAP needs it: a name, and either text or other elements. Its one namespace is the document's.
struct Markup: Sendable, Hashable {
    let name: String
    /// The namespace, where it was read from a document that names one.
    var namespace: String?
    var text = ""
    var children: [Markup] = []

    /// An element with text.
    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    /// An element of elements.
    init(_ name: String, _ children: [Markup]) {
        self.name = name
        self.children = children
    }

    /// The text of the first child of a name.
    func first(_ name: String) -> String? { children.first { $0.name == name }?.text }
    /// The texts of all children of a name, in order.
    func all(_ name: String) -> [String] { children.filter { $0.name == name }.map(\.text) }

    /// The document, with its declaration.
    func document(namespace: String) -> String {
        var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        write(to: &out, indent: "", attribute: " xmlns=\"\(Self.escaped(namespace))\"")
        return out
    }

    private func write(to out: inout String, indent: String, attribute: String = "") {
        guard children.isEmpty else {
            out += "\(indent)<\(name)\(attribute)>\n"
            for child in children { child.write(to: &out, indent: indent + "  ") }
            out += "\(indent)</\(name)>\n"
            return
        }
        out += "\(indent)<\(name)\(attribute)>\(Self.escaped(text))</\(name)>\n"
    }

    /// Text as it may stand in a document; signs that XML 1.0 cannot carry are left out.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            // A bare carriage return would be read back as a line feed.
            case "\r": out += "&#13;"
            default: if isAllowed(scalar) { out.unicodeScalars.append(scalar) }
            }
        }
        return out
    }

    /// The characters of XML 1.0 (production 2).
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
