import Access
import Record

/// What an utterance is taken to mean.
enum Reading: Sendable {
    /// This; it is still read back before anything is done.
    case one(Match)
    /// One of these, the likeliest first: to be asked.
    case several([Match])
    /// Nothing that can be done here.
    case none

    /// How well the likeliest fits.
    var best: Double? {
        switch self {
        case .one(let match): match.score
        case .several(let matches): matches.first?.score
        case .none: nil
        }
    }
}

/// Decides between what was said clearly, what must be asked, and what cannot be done here.
enum Understanding {
    /// Below it nothing is taken for anything.
    static let floor = 0.45
    /// From it on a single intent is taken at its word; below it is better asked for.
    static let sure = 0.52
    /// How far the next one must stay behind.
    static let margin = 0.06
    /// From it on, and so far before all that they may ask for, somebody asks for what others may only.
    private static let plain = (score: 0.8, lead: 0.2)

    /// What an utterance means to whoever says it. Whoever asks plainly for what others may only is told so, instead of
    /// being given something else.
    static func read(_ utterance: Utterance, book: IntentBook, allows: (Permission) -> Bool) -> Reading {
        let own = book.open(to: allows)
        let reading = read(utterance, book: own)
        guard own.intents.count < book.intents.count else { return reading }
        guard let best = reading.best else { return read(utterance, book: book) }
        guard best < 1, case .one(let other) = read(utterance, book: book), own.intents[other.intent] == nil,
            other.score >= plain.score, other.score >= best + plain.lead
        else { return reading }
        return .one(other)
    }

    /// What an utterance means.
    static func read(_ utterance: Utterance, book: IntentBook) -> Reading {
        let matches = book.matches(utterance)
        guard let best = matches.first, best.score >= floor else { return .none }
        let near = matches.prefix(3).filter { best.score - $0.score < margin && $0.score >= floor }
        return near.count > 1 ? .several(Array(near)) : .one(best)
    }
}
