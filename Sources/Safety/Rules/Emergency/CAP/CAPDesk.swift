import District
import Record

/// Who sends our CAP messages and for whom, as a district says it in `emergency-cap.json`.
struct CAPDesk: Sendable {
    /// Unique in the world, such as a host name; no space, comma, `<` or `&`.
    let sender: String
    /// As people call the sender.
    let name: String
    let audience: CAPAlert.Audience
    /// The mark before every text of an exercise, by language.
    let exercise: [String: String]
    /// “All clear”, by language.
    let clear: [String: String]
    /// The language tags of our workers' languages.
    let tags: [WorkerLanguage: String]

    init(_ book: Handbook) throws(HandbookError) {
        let file = "emergency-cap.json"
        let json = try book.read(file).json
        func broken(_ place: String, _ rule: String) -> HandbookError {
            HandbookError(file: file, place: place, rule: rule)
        }
        guard let sender = json["sender"]?.text, CAPRules.isName(sender) else {
            throw broken("sender", "a text without spaces, commas, < and &")
        }
        guard let name = json["name"]?.text, !name.isEmpty else { throw broken("name", "is missing") }
        let addresses = (json["addresses"]?.elements ?? []).compactMap(\.text).filter { !$0.isEmpty }
        guard let restriction = json["restriction"]?.text, !restriction.isEmpty || !addresses.isEmpty else {
            throw broken("restriction", "addresses, or a sentence saying for whom it is")
        }
        var tags: [WorkerLanguage: String] = [:]
        var (exercise, clear): ([String: String], [String: String]) = ([:], [:])
        for language in WorkerLanguage.allCases {
            let entry = json["languages"]?[language.rawValue]
            guard let tag = entry?["tag"]?.text, CAPRules.isLanguage(tag), let mark = entry?["exercise"]?.text,
                !mark.isEmpty, let end = entry?["clear"]?.text, !end.isEmpty
            else {
                throw broken(
                    "languages.\(language.rawValue)", "a tag such as ko-KR, the mark of an exercise, all clear")
            }
            tags[language] = tag
            exercise[tag] = mark
            clear[tag] = end
        }
        self.sender = sender
        self.name = name
        audience = addresses.isEmpty ? .restriction(restriction) : .addresses(addresses)
        self.exercise = exercise
        self.clear = clear
        self.tags = tags
    }
}
