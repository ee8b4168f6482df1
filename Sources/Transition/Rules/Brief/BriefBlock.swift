/// A piece of a brief: the printable page and the PDF are made of the same pieces, so that neither says more than the
/// other.
public enum BriefBlock: Sendable, Hashable {
    /// A heading, and one below it.
    case heading(String), sub(String)
    /// A paragraph.
    case paragraph(String)
    /// A table: headings, rows, and each column's part of the width.
    case table(head: [String], rows: [[String]], parts: [Double])
    /// A numbered source, with its address where it has one.
    case source(number: Int, text: String, url: String?)
}

/// What sources a brief names, each once and in the order in which it was first named.
public struct BriefSources: Sendable {
    private(set) var all: [(text: String, url: String?)] = []

    /// The number of a source.
    public mutating func number(_ text: String, _ url: String?) -> Int {
        if let known = all.firstIndex(where: { $0.text == text && $0.url == url }) { return known + 1 }
        all.append((text, url))
        return all.count
    }

    /// The list at the end.
    public var blocks: [BriefBlock] {
        all.enumerated().map { .source(number: $0.offset + 1, text: $0.element.text, url: $0.element.url) }
    }
}
