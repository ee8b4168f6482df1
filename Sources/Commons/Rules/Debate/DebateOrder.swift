/// In which order a debate is read: as it was said, each comment with its answers after it; cut into pages.
struct DebateOrder: Sendable {
    struct Entry: Sendable, Hashable {
        let id: String
        let parent: String?
        let isShown: Bool
    }

    /// As many comments as a page holds.
    static let size = 100

    let entries: [Entry]
    /// How many everybody reads.
    let shown: Int

    /// - Parameter said: in the order in which they were said.
    init(_ said: [Entry]) {
        let answers = Dictionary(grouping: said.filter { $0.parent != nil }) { $0.parent ?? "" }
        func thread(_ entry: Entry) -> [Entry] { [entry] + (answers[entry.id] ?? []).flatMap(thread) }
        entries = said.filter { $0.parent == nil }.flatMap(thread)
        shown = said.count { $0.isShown }
    }

    /// At least one: an empty debate has an empty page.
    var pages: Int { max((entries.count + Self.size - 1) / Self.size, 1) }

    func page(_ number: Int) -> [Entry] { Array(entries.dropFirst((number - 1) * Self.size).prefix(Self.size)) }

    /// The page on which a comment stands; nil where it is none of this debate.
    func page(of id: String) -> Int? { entries.firstIndex { $0.id == id }.map { $0 / Self.size + 1 } }
}

/// A page of a debate.
struct DebatePage: Sendable {
    let order: DebateOrder
    /// From 1.
    let number: Int
    let comments: [Comment]
    /// These, and those that they answer, by their identifiers.
    let known: [String: Comment]

    /// What leads to a page from the page of what is debated; nothing where there is only one.
    static func query(_ number: Int, of pages: Int) -> String { pages > 1 ? "?debate=\(number)" : "" }
    var query: String { Self.query(number, of: order.pages) }
}
