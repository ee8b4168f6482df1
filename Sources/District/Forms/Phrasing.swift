public import Record

/// How people ask for a command in their own words: data beside the command, by which a dialogue recognises it.
public struct Phrasing: Sendable, Hashable {
    /// The command.
    public let command: String
    /// What may be said in a language; `{field}` stands where a field of the form is spoken.
    public let sentences: [Language: [String]]
    /// How a field is asked for, where its label makes no good question.
    public let questions: [String: Words]
    /// What people also say for a choice: by field, then by the choice's value.
    public let synonyms: [String: [String: [String]]]
    /// What is also said where the command is meant, though no sentence has it: what its fields are often filled with.
    public let near: [String]

    /// How people ask for a command.
    public init(
        _ command: String, ko: [String], en: [String], questions: [String: Words] = [:],
        synonyms: [String: [String: [String]]] = [:], near: [String] = []
    ) {
        self.command = command
        sentences = [.ko: ko, .en: en]
        self.questions = questions
        self.synonyms = synonyms
        self.near = near
    }

    /// Reads `{ "room.subject.verb": { "ko": ["…"], "en": ["…"] } }`, each with `"ask": { field: { "ko", "en" } }` and
    /// `"say": { field: { choice: ["…"] } }` and `"near": ["…"]` where it has them.
    /// - Throws: ``HandbookError`` naming the command whose words are missing or are no sentences.
    public static func list(_ json: JSON, file: String) throws(HandbookError) -> [Phrasing] {
        var list: [Phrasing] = []
        for (command, words) in (json.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            let ko = words["ko"]?.elements?.compactMap(\.text) ?? []
            let en = words["en"]?.elements?.compactMap(\.text) ?? []
            guard !ko.isEmpty, !en.isEmpty else { throw HandbookError(file: file, place: command, rule: "ko and en") }
            let questions = (words["ask"]?.members ?? [:]).compactMapValues { question in
                question["ko"]?.text.flatMap { ko in question["en"]?.text.map { Words(ko, $0) } }
            }
            let synonyms = (words["say"]?.members ?? [:]).mapValues { choices in
                (choices.members ?? [:]).mapValues { $0.elements?.compactMap(\.text) ?? [] }
            }
            let near = words["near"]?.elements?.compactMap(\.text) ?? []
            list.append(
                Phrasing(command, ko: ko, en: en, questions: questions, synonyms: synonyms, near: near))
        }
        return list
    }
}

extension Handbook {
    /// The phrasings of all its files `phrasings-….json`.
    public func phrasings() throws(HandbookError) -> [Phrasing] {
        var phrasings: [Phrasing] = []
        for file in files("phrasings-") { phrasings += try Phrasing.list(read(file).json, file: file) }
        return phrasings
    }
}
