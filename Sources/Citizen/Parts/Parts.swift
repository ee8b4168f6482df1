import District
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook) throws(HandbookError) -> [Part] {
        let engines = try Engines(book) { Masking.mask($0) }
        let conversations = try Conversations(book, engines: engines)
        return [
            try .services(book),
            try .mcp(book),
            .engines(engines),
            .talk(conversations),
            try .desk(book, conversations),
            try .voice(book, conversations, engines),
        ]
    }
}
