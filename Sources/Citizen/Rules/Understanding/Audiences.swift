import Record
import Synchronization

/// The books of those who may ask for less than everything. What only the floor of a centre or an officer asks for then
/// takes no sentence from a citizen, and no word of it weighs less for them: each is made when one of theirs first speaks.
final class Audiences: Sendable {
    private let books = Mutex<[Set<String>: IntentBook]>([:])

    /// So many are kept: roles go together in few ways.
    private static let most = 32

    /// The book of these intents.
    func book(of names: Set<String>, _ make: () -> IntentBook) -> IntentBook {
        if let known = books.withLock({ $0[names] }) { return known }
        let book = make()
        books.withLock { if $0.count < Self.most { $0[names] = book } }
        return book
    }
}
