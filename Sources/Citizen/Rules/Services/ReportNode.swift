import Record

/// A piece of a GeoReport document, written as XML or as JSON from the same values.
indirect enum ReportNode: Sendable, Hashable {
    /// A text; nil is an empty element, and null in JSON.
    case text(String?)
    /// A number, which JSON writes without quotes.
    case number(String)
    /// Yes or no.
    case flag(Bool)
    /// Named members, in their order.
    case members([Member])
    /// Several, each an element of this name.
    case list(of: String, [ReportNode])

    /// A named member.
    struct Member: Sendable, Hashable {
        let name: String
        let value: ReportNode

        init(_ name: String, _ value: ReportNode) {
            self.name = name
            self.value = value
        }
    }
}

/// Writes a GeoReport document as XML 1.0 in UTF-8.
struct ReportXML {
    private var out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

    /// The document whose root has this name.
    static func document(_ root: String, _ node: ReportNode) -> String {
        var writer = ReportXML()
        writer.write(root, node)
        return writer.out
    }

    private mutating func write(_ name: String, _ node: ReportNode) {
        out += "<\(name)>"
        switch node {
        case .text(let text): out += XMLText.escaped(text ?? "")
        case .number(let text): out += XMLText.escaped(text)
        case .flag(let flag): out += flag ? "true" : "false"
        case .members(let members): for member in members { write(member.name, member.value) }
        case .list(let element, let nodes): for node in nodes { write(element, node) }
        }
        out += "</\(name)>"
    }
}
