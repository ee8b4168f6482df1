import District
import Record

/// Hears what works in every state of a dialogue: an emergency before a wish for a person, and both before the rest.
struct AlwaysLexicon: Sendable {
    private let normaliser: Normaliser
    /// Ordinary things that sound like an emergency (`가스 요금`, `더워 죽겠다`): what they cover is not listened to.
    private let harmless: [Pattern]
    private let emergency: [Pattern]
    private let others: [(Always, [Pattern])]
    /// Answers that are whole utterances: `처음`.
    private let exact: [String: Always]

    private static let order: [Always] = [.person, .again, .slower, .restart, .cancel, .help]

    init(_ json: JSON, emergency: JSON, normaliser: Normaliser, file: String) throws(HandbookError) {
        self.normaliser = normaliser
        let groups = (emergency["groups"]?.members ?? [:]).mapValues { $0.elements?.compactMap(\.text) ?? [] }
        func patterns(_ list: JSON?) throws(HandbookError) -> [Pattern] {
            var patterns: [Pattern] = []
            for text in list?.elements?.compactMap(\.text) ?? [] {
                patterns.append(try Pattern(text, groups: groups, file: file))
            }
            return patterns
        }
        harmless = try patterns(emergency["harmless"])
        self.emergency = try patterns(emergency["rules"])
        guard !self.emergency.isEmpty else {
            throw HandbookError(file: "listen-emergency.json", place: "rules", rule: "an emergency must be heard")
        }
        var others: [(Always, [Pattern])] = []
        var exact: [String: Always] = [:]
        for kind in Self.order {
            others.append((kind, try patterns(json[kind.rawValue])))
            for text in json["exact"]?[kind.rawValue]?.elements?.compactMap(\.text) ?? [] {
                exact[normaliser.read(Utterance(text)).text.filter { $0 != " " }] = kind
            }
        }
        self.others = others
        self.exact = exact
    }

    /// What of it was said, the most urgent first; nil where it is nothing of this kind.
    func detect(_ utterance: Utterance) -> Always? {
        let said = normaliser.read(utterance)
        guard !said.letters.isEmpty else { return nil }
        var sound = Sound(said)
        if emergency.contains(where: { $0.find(in: sound) != nil }) {
            // Only now is it worth looking for what is harmless.
            for pattern in harmless {
                while let range = pattern.find(in: sound) { sound = sound.without(range) }
            }
            if emergency.contains(where: { $0.find(in: sound) != nil }) { return .emergency }
        }
        let whole = said.text.filter { $0 != " " }
        if let kind = exact[whole] { return kind }
        let heard = Sound(said)
        return others.first { $0.1.contains { $0.find(in: heard) != nil } }?.0
    }
}

extension Sound {
    /// The same with some letters unheard.
    func without(_ letters: Range<Int>) -> Sound {
        var codes = codes
        for index in starts[letters.lowerBound]..<starts[letters.upperBound] { codes[index] = 0 }
        return Sound(codes: codes, like: self)
    }
}
