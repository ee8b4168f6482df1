public import Record

/// How people ask for a command in their own words: data beside the command, by which a dialogue recognises it.
public struct Phrasing: Sendable, Hashable {
    /// The command.
    public let command: String
    /// What may be said in a language; `{field}` stands where a field of the form is spoken.
    public let sentences: [Language: [String]]

    /// How people ask for a command.
    public init(_ command: String, ko: [String], en: [String]) {
        self.command = command
        sentences = [.ko: ko, .en: en]
    }

    /// Reads `{ "room.subject.verb": { "ko": ["…"], "en": ["…"] } }`.
    /// - Throws: ``HandbookError`` naming the command whose words are missing or are no sentences.
    public static func list(_ json: JSON, file: String) throws(HandbookError) -> [Phrasing] {
        var list: [Phrasing] = []
        for (command, words) in (json.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            let ko = words["ko"]?.elements?.compactMap(\.text) ?? []
            let en = words["en"]?.elements?.compactMap(\.text) ?? []
            guard !ko.isEmpty, !en.isEmpty else { throw HandbookError(file: file, place: command, rule: "ko and en") }
            list.append(Phrasing(command, ko: ko, en: en))
        }
        return list
    }
}
