import Access
import District
import Record

extension Ear {
    /// An ear made of a book of intents and its lexicon; how slots are heard is handed in.
    init(
        _ book: IntentBook, hear: @escaping @Sendable (Utterance, Slot, Place) -> Heard,
        correct: @escaping @Sendable (Utterance, [(slot: Slot, known: Dialogue.Answer)], Place) -> [String: Heard]
    ) {
        let lexicon = book.lexicon
        self.init(
            intents: book.intents, always: { lexicon.always.detect($0, values: $1) },
            danger: { lexicon.always.danger($0) }, assent: { lexicon.assent.hear($0) },
            sure: Understanding.floor,
            understand: { utterance, allows in
                switch Understanding.read(utterance, book: book, allows: allows) {
                case .one(let match): .one(match)
                case .several(let matches): .several(matches)
                case .none: .hinted(utterance, book)
                }
            }, hear: hear, correct: correct)
    }
}

extension Ear.Understood {
    /// What engines outside proposed for words that were not understood here. It stays below what is taken at its word,
    /// so that it is asked and nothing begins by it alone.
    fileprivate static func hinted(_ utterance: Utterance, _ book: IntentBook) -> Self {
        let matches = utterance.hints.prefix(3).filter { book.intents[$0.intent] != nil }.map {
            Match(intent: $0.intent, score: 0, spans: $0.spans)
        }
        if matches.count > 1 { return .several(Array(matches)) }
        return matches.first.map { .one($0) } ?? .none
    }
}
