import District
import Record

/// What a listener knows about the language, read from `lexicon.json`: how words end, what is said for the same thing,
/// what a recogniser mishears, and what works in every state of a dialogue.
struct Lexicon: Sendable {
    /// Makes utterances even.
    let normaliser: Normaliser
    /// Takes endings off.
    let stemmer: Stemmer
    /// Stems that carry no subject: `주세요`, `어떻게`, `please`.
    let idle: Set<[UInt8]>
    /// What is said for the same thing: a stem, and the concept it stands for.
    let concepts: [[UInt8]: String]
    /// Stems that many subjects share (`알려`, `예약`, `open`): alone they say nothing.
    let light: Set<[UInt8]>
    /// What is also said when an intent is meant, beside its sentences: by intent.
    let hints: [String: [String]]
    /// What a word that names a place ends with.
    let places: [[UInt32]]
    /// Syllables that numbers are made of.
    let numerals: Set<[UInt32]>
    /// What is counted in: `통`, `시`.
    let counters: Set<[UInt32]>
    /// What works in every state.
    let always: AlwaysLexicon
    /// Answers to a yes-or-no question.
    let assent: AssentLexicon
    /// What means an intent for certain, whatever else is said: `신청한 거 언제 와` asks what became of it.
    let meant: [(intent: String, patterns: PatternSet, exact: Set<String>)]
    /// What is said where no service is meant.
    let advice: AdviceBook
    /// The hash of the edition.
    let edition: String

    /// Reads the lexicon of a handbook.
    /// - Throws: ``HandbookError`` naming the part that is missing or cannot be read.
    static func read(_ book: Handbook, file: String = "lexicon.json") throws(HandbookError) -> Lexicon {
        let (json, edition) = try book.read(file)
        let emergency = try book.read("listen-emergency.json").json
        let advice = try book.read("listen-advice.json").json
        return try Lexicon(json, emergency: emergency, advice: advice, file: file, edition: edition)
    }

    init(_ json: JSON, emergency: JSON, advice: JSON, file: String, edition: String) throws(HandbookError) {
        func list(_ key: String) throws(HandbookError) -> [String] {
            guard let elements = json[key]?.elements else {
                throw HandbookError(file: file, place: key, rule: "is no list")
            }
            return elements.compactMap(\.text)
        }
        let confusions = (json["confusions"]?.members ?? [:]).compactMapValues(\.text)
        let normaliser = Normaliser(fillers: try list("fillers"), confusions: confusions)
        let concepts = (json["concepts"]?.members ?? [:]).mapValues { $0.elements?.compactMap(\.text) ?? [] }
        let whole = try list("whole") + concepts.values.flatMap { $0 }.filter { !$0.contains(" ") }
        let stemmer = Stemmer(endings: try list("endings"), shy: try list("shy"), whole: whole)
        var byStem: [[UInt8]: String] = [:]
        for (concept, words) in concepts.sorted(by: { $0.key < $1.key }) {
            for word in words { byStem[Self.key(word, stemmer)] = concept }
        }
        self.normaliser = normaliser
        self.stemmer = stemmer
        self.concepts = byStem
        idle = Set(try list("idle").map { Self.key($0, stemmer) })
        light = Set(try list("light").map { Self.key($0, stemmer) })
        hints = (json["hints"]?.members ?? [:]).mapValues { $0.elements?.compactMap(\.text) ?? [] }
        places = try list("places").map { Normaliser.letters($0) }
        numerals = Set(try list("numerals").map { Normaliser.letters($0) })
        counters = Set(try list("counters").map { Normaliser.letters($0) })
        always = try AlwaysLexicon(json["always"] ?? .null, emergency: emergency, normaliser: normaliser, file: file)
        assent = try AssentLexicon(json["assent"] ?? .null, file: file)
        var meant: [(intent: String, patterns: PatternSet, exact: Set<String>)] = []
        for (intent, list) in (json["meant"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            var patterns: [Pattern] = []
            var exact: Set<String> = []
            for text in list.elements?.compactMap(\.text) ?? [] {
                // With `=` before it, it is all that is said.
                if text.hasPrefix("=") {
                    exact.insert(normaliser.read(Utterance(String(text.dropFirst()))).text.filter { $0 != " " })
                } else {
                    patterns.append(try Pattern(text, groups: [:], file: file))
                }
            }
            meant.append((intent, PatternSet(patterns), exact))
        }
        self.meant = meant
        self.advice = try AdviceBook(advice, normaliser: normaliser)
        self.edition = edition
    }

    /// The stem by which a word is known; a phrase is known by its letters.
    static func key(_ word: String, _ stemmer: Stemmer) -> [UInt8] {
        let codes = Jamo.codes(word.lowercased())
        return word.contains(" ") ? Stemmer.even(codes) : stemmer.stem(codes)
    }
}
