public import District

/// What is wrong with how people ask for a room's commands and questions, a line each. One without phrasings is wrong too: a
/// room whose handbook was not found would else pass.
public func phrasingFaults(of room: any Capability) -> [String] {
    if room.phrasings.isEmpty { return ["\(room.name) has no phrasings"] }
    var forms: [String: Form] = [:]
    for form in room.commands.map(\.form) + room.answers.map(\.form) { forms[form.name] = form }
    var faults: [String] = []
    for phrasing in room.phrasings {
        guard let form = forms[phrasing.command] else {
            faults.append("\(phrasing.command) is no command and no question of \(room.name)")
            continue
        }
        if !form.surfaces.contains(.voice) { faults.append("\(phrasing.command) may not be spoken") }
        let fields = Set(form.fields.map(\.name))
        for sentence in phrasing.sentences.values.joined() {
            for slot in sentence.matches(of: /\{([^}]*)\}/) where !fields.contains(String(slot.1)) {
                faults.append("\(phrasing.command) has no such field: \(sentence)")
            }
        }
    }
    return faults
}
