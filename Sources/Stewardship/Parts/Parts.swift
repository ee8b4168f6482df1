import District
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook) throws(HandbookError) -> [Part] {
        [
            try .register(book, gate: .certificates(book)),
            try .watch(book),
            try .appeals(book),
            try .ideas(book),
            try .certificates(book),
        ]
    }
}
