import District
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook) throws(HandbookError) -> [Part] {
        [
            try .services(book),
            try .mcp(book),
            .desk { _, _ in nil },
            .engines(try Engines(book) { Masking.mask($0) }),
        ]
    }
}
