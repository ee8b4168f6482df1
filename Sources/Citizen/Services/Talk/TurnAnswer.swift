import District
import Record

/// One turn as it is answered: the JSON of the channel.
enum TurnAnswer {
    /// The sentence that every answer carries: it is a machine, and a person can be had (AI 기본법 제31조).
    static let notice = Words(
        "사람이 아닌 자동 안내입니다. ‘사람’이라고 말씀하시면 담당자를 연결합니다.",
        "This is an automatic service, not a person. Say “person” to reach somebody.")

    /// - Parameter notice: what the register of AI has people told of this use.
    static func json(
        code: String, _ turn: Int64, _ dialogue: Dialogue, _ said: Said, notice told: Words
    ) -> JSON {
        let language = dialogue.language
        let numbers = numbers(of: dialogue)
        var members: [String: JSON] = [
            "dialogue": .string(code), "turn": .number(Double(turn)), "state": .string(dialogue.phase.rawValue),
            "language": .string(language.rawValue), "notice": .string("\(notice[language]) \(told[language])"),
            "reply": [
                "text": .string(said.text), "speech": .string(said.speech(language)),
                "captions": .array(said.lines.map { .string(written($0, numbers)) }),
                "rate": .number([1.0, 0.8, 0.65][min(dialogue.slowness, 2)]),
            ],
        ]
        if !said.choices.isEmpty { members["choices"] = .array(said.choices.map { .string($0) }) }
        if !said.readBack.isEmpty {
            members["read_back"] = .array(
                said.readBack.map { pair in
                    var shown: [String: JSON] = ["label": .string(pair.label), "value": .string(pair.value)]
                    let text = written(pair.value, numbers)
                    if text != pair.value { shown["written"] = .string(text) }
                    return .object(shown)
                })
        }
        if !said.links.isEmpty {
            members["links"] = .array(said.links.map { ["href": .string($0.href), "title": .string($0.title)] })
        }
        if let slip = said.receipt {
            var receipt: [String: JSON] = ["state": .string(slip.state)]
            if let number = slip.number { receipt["number"] = .string(number) }
            members["receipt"] = .object(receipt)
        }
        if [.ended, .handedOver].contains(dialogue.phase) { members["ended"] = true }
        return .object(members)
    }

    /// Telephone numbers as they are spoken, and as they are written.
    private static func numbers(of dialogue: Dialogue) -> [(spoken: String, written: String)] {
        (dialogue.answers.values + [dialogue.phone].compactMap { $0 }).compactMap { answer in
            // A number ends in four digits after a dash, which no day does.
            guard let text = answer.json.text, text.count >= 8, text.dropLast(4).last == "-",
                text.allSatisfy({ $0.isASCIIDigit || $0 == "-" })
            else { return nil }
            let spoken = answer.spoken[dialogue.language]
            return spoken.isEmpty ? nil : (spoken, text)
        }
    }

    /// Words as a screen shows them: a number is heard digit by digit, and read as it is written.
    private static func written(_ text: String, _ numbers: [(spoken: String, written: String)]) -> String {
        numbers.reduce(text) { $0.replacing($1.spoken, with: $1.written) }
    }
}
