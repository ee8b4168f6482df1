import District
import Record

/// The closed lists in which needs and offers are told: kinds of solutions, regions, languages.
struct SolutionKinds: Sendable {
    /// An entry of a list.
    struct Entry: Sendable, Hashable {
        let id: String
        let words: Words
    }

    let kinds: [Entry], regions: [Entry], languages: [Entry]
    private let named: [String: Words]

    static let file = "firms-kinds.json"

    /// Reads the handbook's file.
    init(_ book: Handbook) throws(HandbookError) {
        let json = try book.read(Self.file).json
        kinds = try Self.list("kinds", json)
        regions = try Self.list("regions", json)
        languages = try Self.list("languages", json)
        var named: [String: Words] = [:]
        for (list, entries) in [("kind", kinds), ("region", regions), ("language", languages)] {
            for entry in entries { named["\(list).\(entry.id)"] = entry.words }
        }
        self.named = named
    }

    private static func list(_ name: String, _ json: JSON) throws(HandbookError) -> [Entry] {
        var entries: [Entry] = []
        for (index, one) in (json[name]?.elements ?? []).enumerated() {
            guard let id = one["id"]?.text, id.wholeMatch(of: /[a-z][a-z-]*/) != nil, let words = Words(one["words"])
            else { throw HandbookError(file: file, place: "\(name)[\(index)]", rule: "needs id and words") }
            entries.append(Entry(id: id, words: words))
        }
        // Each entry is a bit where pairs are looked at.
        guard (1...63).contains(entries.count), Set(entries.map(\.id)).count == entries.count else {
            throw HandbookError(file: file, place: name, rule: "has 1 to 63 entries, each once")
        }
        return entries
    }

    /// What an entry of a list is called; its id where a later edition has it no more.
    func kind(_ id: String, _ language: Language) -> String { named["kind.\(id)"]?[language] ?? id }
    func region(_ id: String, _ language: Language) -> String { named["region.\(id)"]?[language] ?? id }
    func language(_ id: String, _ language: Language) -> String { named["language.\(id)"]?[language] ?? id }

    /// A list's choices in a form.
    static func choices(_ entries: [Entry]) -> Field.Kind { .choice(entries.map { .init($0.id, $0.words) }) }
}

extension FormValues {
    /// What was chosen in the rows of a list, each once, in order.
    func chosen(_ list: String, _ field: String) -> [String] {
        var seen: Set<String> = []
        return (members[list]?.elements ?? []).compactMap { $0[field]?.text }.filter { seen.insert($0).inserted }
    }
}
