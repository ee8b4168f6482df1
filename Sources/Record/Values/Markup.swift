/// An XML element as documents of data need it: a name, attributes, and either text or other elements.
public struct Markup: Sendable, Hashable {
    /// Its name, without a prefix.
    public let name: String
    /// The namespace, where it was read from a document that names one.
    public var namespace: String?
    /// Its attributes by their names, those of a namespace as `{namespace}name`; declarations of namespaces are none.
    public var attributes: [String: String] = [:]
    /// Its text; empty where it has elements.
    public var text = ""
    /// The elements in it, in order.
    public var children: [Markup] = []

    /// An element with text.
    public init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    /// An element of elements.
    public init(_ name: String, _ children: [Markup]) {
        self.name = name
        self.children = children
    }

    /// The text of the first child of a name.
    public func first(_ name: String) -> String? { children.first { $0.name == name }?.text }
    /// The texts of all children of a name, in order.
    public func all(_ name: String) -> [String] { children.filter { $0.name == name }.map(\.text) }

    /// The document, with its declaration and without attributes: its one namespace is the document's.
    public func document(namespace: String) -> String {
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
