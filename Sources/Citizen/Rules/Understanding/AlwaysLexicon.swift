import District
import Record

/// Hears what works in every state of a dialogue: an emergency before a wish for a person, and both before the rest.
struct AlwaysLexicon: Sendable {
    private let normaliser: Normaliser
    /// Ordinary things that sound like an emergency (`가스 요금`, `더워 죽겠다`): what they cover is not listened to.
    private let harmless: PatternSet
    private let emergency: PatternSet
    /// Emergencies for which something of their own is said, in the order in which they count.
    private let kinds: [(Danger, PatternSet)]
    /// Numbers of services (`119`), which count only as words of their own.
    private let numbers: CalledNumber
    /// Ordinary words in which others begin (`제안 하고 싶어` has `안 하고 싶어` in it): they say nothing of what follows.
    private let whole: PatternSet
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
        var rules = try patterns(emergency["rules"])
        var kinds: [(Danger, PatternSet)] = []
        for kind in Danger.allCases {
            let own = try patterns(emergency["kinds"]?[kind.rawValue])
            kinds.append((kind, PatternSet(own)))
            rules += own
        }
        self.kinds = kinds
        numbers = CalledNumber(
            PatternSet(try patterns(emergency["numbers"])), calls: PatternSet(try patterns(emergency["calls"])))
        self.emergency = PatternSet(rules)
        guard !rules.isEmpty else {
            throw HandbookError(file: "listen-emergency.json", place: "rules", rule: "an emergency must be heard")
        }
        whole = PatternSet(try patterns(json["harmless"]))
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
    /// - Parameter values: where in it, in characters, stand values that answer a question (a telephone number, an
    ///   address): a service's number in one of them calls nobody. Words of an emergency count wherever they stand.
    func detect(_ utterance: Utterance, values: () -> [Range<Int>] = { [] }) -> Always? {
        let said = normaliser.read(utterance, keepsFillers: true)
        guard !said.letters.isEmpty else { return nil }
        let sound = Sound(said)
        if emergency.stands(in: sound), emergency.stands(in: withoutHarmless(sound)) { return .emergency }
        if numbers.stands(in: said, sound, harmless: harmless, values: values) { return .emergency }
        for text in [said.text, normaliser.read(utterance).text] {
            if let kind = exact[text.filter { $0 != " " }] { return kind }
        }
        let rest = whole.ranges(in: sound).reduce(sound) { $0.without($1) }
        return others.first { $0.1.stands(in: rest) }?.0
    }

    /// Of what kind the danger is; nil where it is danger at large.
    func danger(_ utterance: Utterance) -> Danger? {
        let sound = withoutHarmless(Sound(normaliser.read(utterance, keepsFillers: true)))
        return kinds.first { $0.1.stands(in: sound) }?.0
    }

    private func withoutHarmless(_ sound: Sound) -> Sound {
        harmless.ranges(in: sound).reduce(sound) { $0.without($1) }
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
