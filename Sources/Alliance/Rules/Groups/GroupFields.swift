import District
import Record

/// The fields of industry that groups work in, as the handbook has them.
struct GroupFields: Sendable {
    /// As forms offer them.
    let choices: [Field.Choice]

    /// Reads the handbook's.
    /// - Throws: ``HandbookError`` where a field lacks its identifier or its words, or stands twice.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "groups-fields.json"
        var choices: [Field.Choice] = []
        for (place, entry) in (try book.read(file).json["fields"]?.elements ?? []).enumerated() {
            guard let id = entry["id"]?.text, let words = Words(entry), !choices.contains(where: { $0.value == id })
            else {
                throw HandbookError(file: file, place: "fields[\(place)]", rule: "has an id of its own, ko and en")
            }
            choices.append(Field.Choice(id, words))
        }
        guard !choices.isEmpty else { throw HandbookError(file: file, place: "fields", rule: "at least one") }
        self.choices = choices
    }

    /// What a field is called; its identifier where the handbook knows it no more.
    func words(_ id: String) -> Words { choices.first { $0.value == id }?.label ?? Words(id, id) }
}
