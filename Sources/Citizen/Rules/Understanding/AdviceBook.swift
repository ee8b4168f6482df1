import District
import Record

/// What is said where no service of the house is meant: a greeting, thanks, a paper that is had elsewhere.
struct Advice: Sendable, Hashable {
    /// What is said.
    let words: Words
    /// Whom to call, or where to go.
    let links: [Said.Link]
    /// What comes after it.
    let then: Then

    /// What comes after it.
    enum Then: String, Sendable, Hashable {
        /// The house listens on.
        case listen
        /// It asks whether there is anything else.
        case more
        /// A person is offered.
        case person
        /// The conversation is over.
        case close
    }
}

/// All advice, from `listen-advice.json`.
struct AdviceBook: Sendable {
    private let normaliser: Normaliser
    private let entries: [(patterns: PatternSet, exact: Set<String>, advice: Advice)]

    init(_ json: JSON, normaliser: Normaliser) throws(HandbookError) {
        let file = "listen-advice.json"
        self.normaliser = normaliser
        var entries: [(patterns: PatternSet, exact: Set<String>, advice: Advice)] = []
        for (number, entry) in (json["advice"]?.elements ?? []).enumerated() {
            guard let ko = entry["ko"]?.text, let en = entry["en"]?.text, !ko.isEmpty, !en.isEmpty,
                let then = entry["then"]?.text.flatMap({ Advice.Then(rawValue: $0) })
            else { throw HandbookError(file: file, place: "\(number)", rule: "ko, en, and then") }
            var patterns: [Pattern] = []
            for text in entry["patterns"]?.elements?.compactMap(\.text) ?? [] {
                patterns.append(try Pattern(text, groups: [:], file: file))
            }
            let exact = (entry["exact"]?.elements ?? []).compactMap(\.text).map { Self.plain($0, normaliser) }
            guard !patterns.isEmpty || !exact.isEmpty else {
                throw HandbookError(file: file, place: "\(number)", rule: "needs patterns or exact words")
            }
            let links = (entry["call"]?.elements ?? []).compactMap(\.text).map { number in
                Said.Link(href: "tel:\(number)", title: number)
            }
            entries.append((PatternSet(patterns), Set(exact), Advice(words: Words(ko, en), links: links, then: then)))
        }
        self.entries = entries
    }

    /// What is advised to what was said; nil where nothing is.
    func advise(_ utterance: Utterance) -> Advice? {
        let said = normaliser.read(utterance, keepsFillers: true)
        guard !said.letters.isEmpty else { return nil }
        let sound = Sound(said)
        let plain = said.text.filter { $0 != " " }
        return entries.first { $0.exact.contains(plain) || $0.patterns.stands(in: sound) }?.advice
    }

    private static func plain(_ text: String, _ normaliser: Normaliser) -> String {
        normaliser.read(Utterance(text), keepsFillers: true).text.filter { $0 != " " }
    }
}
