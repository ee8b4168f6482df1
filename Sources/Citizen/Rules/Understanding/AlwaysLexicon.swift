import District
import Record

/// Hears what works in every state of a dialogue: an emergency before a wish for a person, and both before the rest.
struct AlwaysLexicon: Sendable {
    private let normaliser: Normaliser
    /// Ordinary things that sound like an emergency (`가스 요금`, `더워 죽겠다`): what they cover is not listened to.
    private let harmless: PatternSet
    private let emergency: PatternSet
    private let others: [(Always, PatternSet)]
    /// Answers that are whole utterances: `처음`.
    private let exact: [String: Always]

    private static let order: [Always] = [.person, .help, .again, .slower, .restart, .cancel]

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
        harmless = PatternSet(try patterns(emergency["harmless"]))
        let rules = try patterns(emergency["rules"])
        self.emergency = PatternSet(rules)
        guard !rules.isEmpty else {
            throw HandbookError(file: "listen-emergency.json", place: "rules", rule: "an emergency must be heard")
        }
        var others: [(Always, PatternSet)] = []
        var exact: [String: Always] = [:]
        for kind in Self.order {
            others.append((kind, PatternSet(try patterns(json[kind.rawValue]))))
            for text in json["exact"]?[kind.rawValue]?.elements?.compactMap(\.text) ?? [] {
                exact[normaliser.read(Utterance(text)).text.filter { $0 != " " }] = kind
            }
        }
        self.others = others
        self.exact = exact
    }

    /// What of it was said, the most urgent first; nil where it is nothing of this kind.
    func detect(_ utterance: Utterance) -> Always? {
        let said = normaliser.read(utterance, keepsFillers: true)
        guard !said.letters.isEmpty else { return nil }
        let sound = Sound(said)
        if emergency.stands(in: sound) {
            // Only now is it worth looking for what is harmless.
            let rest = harmless.ranges(in: sound).reduce(sound) { $0.without($1) }
            if emergency.stands(in: rest) { return .emergency }
        }
        for text in [said.text, normaliser.read(utterance).text] {
            if let kind = exact[text.filter { $0 != " " }] { return kind }
        }
        return others.first { $0.1.stands(in: sound) }?.0
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
