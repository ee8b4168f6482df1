import Record

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
        write(to: &out, indent: "", attribute: " xmlns=\"\(XMLText.escaped(namespace))\"")
        return out
    }

    private func write(to out: inout String, indent: String, attribute: String = "") {
        guard children.isEmpty else {
            out += "\(indent)<\(name)\(attribute)>\n"
            for child in children { child.write(to: &out, indent: indent + "  ") }
            out += "\(indent)</\(name)>\n"
            return
        }
        out += "\(indent)<\(name)\(attribute)>\(XMLText.escaped(text))</\(name)>\n"
    }
}
