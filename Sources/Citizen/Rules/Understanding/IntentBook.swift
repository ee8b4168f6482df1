import Access
import District
import Record

/// Everything that can be asked for in words: commands with a voice, look-ups and apps, with the sentences they are
/// asked for by. A room that adds a form and its phrasings is in it without a change here.
struct IntentBook: Sendable {
    /// The intents by name.
    let intents: [String: Intent]
    let index: BookIndex
    let lexicon: Lexicon
    private let audiences = Audiences()

    /// - Parameters:
    ///   - forms: the commands' forms by name; only those with the surface `voice` can be asked for.
    ///   - phrasings: the sentences people ask with.
    ///   - lookups: questions to services.
    ///   - inquiries: questions to the rooms of the house.
    ///   - launches: apps that can be opened.
    ///   - lexicon: what a listener knows about the language.
    init(
        forms: [String: Form], phrasings: [Phrasing], lookups: [Lookup] = [],
        inquiries: some Sequence<Inquiry> = [], launches: [Launch] = [], lexicon: Lexicon
    ) {
        let spoken = Dictionary(grouping: phrasings, by: \.command)
        var intents: [String: Intent] = [:]
        for (name, form) in forms {
            if let intent = Self.intent(of: form, said: spoken[name] ?? []) { intents[name] = intent }
        }
        for form in inquiries.map(\.form) {
            intents[form.name] = Self.intent(of: form, said: spoken[form.name] ?? [], as: .lookup)
        }
        for intent in lookups.map(\.intent) + launches.map(\.intent) {
            intents[intent.name] = Self.merged(intent, with: spoken[intent.name] ?? [])
        }
        self.init(intents, lexicon)
    }

    private init(_ intents: [String: Intent], _ lexicon: Lexicon) {
        self.intents = intents
        self.lexicon = lexicon
        index = BookIndex(intents.values.sorted { $0.name < $1.name }, lexicon: lexicon)
    }

    /// The book of what somebody may ask for.
    func open(to allows: (Permission) -> Bool) -> IntentBook {
        let open = intents.filter { allows($0.value.permission) }
        guard open.count < intents.count else { return self }
        return audiences.book(of: Set(open.keys)) { IntentBook(open, lexicon) }
    }

    /// A look-up's or an app's own sentences, and those of the phrasings beside them.
    private static func merged(_ intent: Intent, with phrasings: [Phrasing]) -> Intent {
        Intent(
            name: intent.name, title: intent.title, kind: intent.kind, slots: intent.slots,
            permission: intent.permission,
            sentences: phrasings.reduce(into: intent.sentences) { all, phrasing in
                all.merge(phrasing.sentences) { $0 + $1 }
            }, near: intent.near + phrasings.flatMap(\.near))
    }

    /// What was said may mean these, the likeliest first.
    func matches(_ utterance: Utterance) -> [Match] {
        let said = lexicon.normaliser.read(utterance)
        guard !said.letters.isEmpty else { return [] }
        let scan = Scan(said, index: index, lexicon: lexicon)
        let matches = index.score(scan, said).map { scored in
            Match(
                intent: index.intents[scored.intent].name, score: scored.score,
                spans: index.spans(scored, scan: scan, said: said))
        }
        return certain(matches, utterance)
    }

    /// The same, with what is meant for certain before all else.
    private func certain(_ matches: [Match], _ utterance: Utterance) -> [Match] {
        let sound = Sound(lexicon.normaliser.read(utterance, keepsFillers: true))
        let plain = lexicon.normaliser.read(utterance).text.filter { $0 != " " }
        let meant = lexicon.meant.filter { entry in
            intents[entry.intent] != nil && (entry.exact.contains(plain) || entry.patterns.stands(in: sound))
        }.map(\.intent)
        guard !meant.isEmpty else { return matches }
        let first = meant.map { name in
            Match(intent: name, score: 1, spans: matches.first { $0.intent == name }?.spans ?? [:])
        }
        return Array((first + matches.filter { !meant.contains($0.intent) && $0.score < 0.9 }).prefix(6))
    }
}
