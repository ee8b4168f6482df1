import Record

/// The sentences of a book, taken apart into stems and weighed: a stem that few intents know says more.
struct BookIndex: Sendable {
    /// The intents, by number.
    let intents: [Intent]
    /// The features by stem; ``idle`` for what carries no subject.
    let features: [[UInt8]: Int]
    /// What each feature weighs: the logarithm of how few intents know it.
    let weights: [Double]
    /// Whether a feature alone says nothing about the subject.
    let isLight: [Bool]
    /// Stems that are looked for with letters wrong.
    let fuzzy: [Fuzzy]
    /// All sentences.
    let sentences: [Sentence]
    /// Sentences with slots and without one word that says something.
    let bare: [Int]
    /// Stems that carry no subject.
    let idle: Set<[UInt8]>
    /// In which sentences a feature stands.
    let postings: [[Int]]
    /// What each intent knows, and how far: 1 in a sentence, less in a choice of a slot.
    let bags: [[Int: Double]]
    /// Whether an intent takes words that nobody can foresee: a place, a description.
    let takesWords: [Bool]
    /// The options of choices by feature, for spans: intent → feature → slot.
    let choices: [[Int: String]]

    /// The feature of a stem that carries no subject.
    static let idle = -1

    /// A sentence, taken apart.
    struct Sentence: Sendable {
        let intent: Int
        let language: Language
        let parts: [Part]
        /// Its features, each once.
        let features: [Int]
        /// Its slots that are choices.
        let choices: [String]
    }

    /// A part of a sentence.
    enum Part: Sendable {
        /// A word with its features, and its ending where it follows a slot.
        case word([Int], String)
        /// A word that carries no subject, by its stem.
        case idle([UInt8])
        /// A slot by its name.
        case slot(String)
    }

    /// A stem that is looked for with letters wrong.
    struct Fuzzy: Sendable {
        let stem: [UInt8]
        let feature: Int
        /// Which codes are in it, a bit each.
        let mask: UInt64
        /// How far what was said may be from it (``Jamo/mishearing(_:_:limit:)``).
        let cost: Int
    }

    init(_ intents: [Intent], lexicon: Lexicon) {
        var reader = SentenceReader(lexicon: lexicon)
        var sentences: [Sentence] = []
        var bags: [[Int: Double]] = []
        var choices: [[Int: String]] = []
        for (number, intent) in intents.enumerated() {
            var bag: [Int: Double] = [:]
            let chosen = Set(intent.slots.filter(\.kind.isChoice).map(\.name))
            for (language, texts) in intent.sentences.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                for text in texts {
                    let parts = reader.parts(text)
                    var features: [Int] = []
                    for case .word(let found, _) in parts {
                        for feature in found where !features.contains(feature) { features.append(feature) }
                    }
                    let slots = parts.compactMap { part -> String? in
                        guard case .slot(let name) = part, chosen.contains(name) else { return nil }
                        return name
                    }
                    sentences.append(
                        Sentence(
                            intent: number, language: language, parts: parts, features: features, choices: slots))
                    for feature in features { bag[feature] = 1 }
                }
            }
            var options: [Int: String] = [:]
            for slot in intent.slots {
                guard case .choice(let list) = slot.kind else { continue }
                for option in list {
                    for word in [option.label.ko, option.label.en] + option.synonyms {
                        let found = reader.parts(word).flatMap { part in
                            if case .word(let features, _) = part { features } else { [Int]() }
                        }
                        // One word of several (`table tennis`) does not name the choice.
                        for feature in found {
                            bag[feature] = max(bag[feature] ?? 0, found.count == 1 ? 0.85 : 0.4)
                            if found.count == 1 { options[feature] = slot.name }
                        }
                    }
                }
            }
            for word in (lexicon.hints[intent.name] ?? []) + intent.near {
                for case .word(let found, _) in reader.parts(word) {
                    for feature in found { bag[feature] = max(bag[feature] ?? 0, 0.8) }
                }
            }
            bags.append(bag)
            choices.append(options)
        }
        self.intents = intents
        self.sentences = sentences
        self.bags = bags
        self.choices = choices
        takesWords = intents.map { $0.slots.contains(where: \.kind.takesWords) }
        var known = [Int](repeating: 0, count: reader.count)
        for bag in bags { for feature in bag.keys { known[feature] += 1 } }
        let total = Double(max(intents.count, 20))
        weights = known.map { min(4, 0.5 + (total / Double(max($0, 1))).logarithm) }
        var postings = [[Int]](repeating: [], count: reader.count)
        for (number, sentence) in sentences.enumerated() {
            for feature in sentence.features { postings[feature].append(number) }
            // A sentence of nothing but a choice is found by what can be chosen.
            guard sentence.features.isEmpty else { continue }
            for (feature, slot) in choices[sentence.intent] where sentence.choices.contains(slot) {
                postings[feature].append(number)
            }
        }
        self.postings = postings
        bare = sentences.indices.filter { sentences[$0].features.isEmpty && sentences[$0].parts.count > 3 }
        idle = lexicon.idle
        isLight = reader.light()
        features = reader.keys(idle: lexicon.idle)
        fuzzy = reader.fuzzy(lexicon: lexicon)
    }
}

extension Slot.Kind {
    /// Whether one of several is said here.
    var isChoice: Bool {
        if case .choice = self { return true }
        return false
    }

    /// Whether words are said here that nobody can foresee.
    var takesWords: Bool {
        switch self {
        case .text, .reference, .address, .name: true
        default: false
        }
    }
}
