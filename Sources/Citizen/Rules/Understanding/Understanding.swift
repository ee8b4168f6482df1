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
}

/// Decides between what was said clearly, what must be asked, and what cannot be done here.
enum Understanding {
    /// Below it nothing is taken for anything.
    static let floor = 0.45
    /// From it on a single intent is taken at its word; below it is better asked for.
    static let sure = 0.52
    /// How far the next one must stay behind.
    static let margin = 0.06

    /// What an utterance means, for whoever says it.
    static func read(_ utterance: Utterance, book: IntentBook, caller: Caller? = nil) -> Reading {
        let matches = book.matches(utterance, for: caller)
        guard let best = matches.first, best.score >= floor else { return .none }
        let near = matches.prefix(3).filter { best.score - $0.score < margin && $0.score >= floor }
        return near.count > 1 ? .several(Array(near)) : .one(best)
    }
}
