import District
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook) throws(HandbookError) -> [Part] {
        [
            try .processes(book), try .proposals(book), try .debate(book), try .census(book), try .ballots(book),
            try .opinions(book), try .outcomes(book), try .rulings(book),
        ]
    }
}
