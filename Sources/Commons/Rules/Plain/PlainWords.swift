import District
import Record

extension PlainCheck {
    /// Reads `plain-words.json`: words by language, each with an easier one and its source.
    /// - Throws: ``HandbookError`` naming the entry that cannot be used.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "plain-words.json"
        let json = try book.read(file).json
        let sources = json["sources"]?.members ?? [:]
        var (entries, most): ([Language: [Entry]], [Language: Int]) = ([:], [:])
        for language in Language.allCases {
            guard let limit = json["most_words"]?[language.rawValue]?.integer, limit > 0 else {
                throw HandbookError(file: file, place: "most_words", rule: language.rawValue)
            }
            most[language] = Int(limit)
            for (index, entry) in (json["words"]?[language.rawValue]?.elements ?? []).enumerated() {
                guard let word = entry["word"]?.text, !word.isEmpty, let easier = entry["easier"]?.text,
                    let source = entry["source"]?.text, sources[source] != nil
                else {
                    throw HandbookError(
                        file: file, place: "words.\(language.rawValue)[\(index)]", rule: "word, easier, source")
                }
                entries[language, default: []].append(
                    Entry(
                        word: word.lowercased(), easier: easier,
                        except: (entry["except"]?.elements ?? []).compactMap(\.text)))
            }
        }
        self.entries = entries
        self.most = most
    }
}
