import District
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook) throws(HandbookError) -> [Part] {
        [
            .stock(book),
            try .goods(book),
            try .cold(book),
            try .orders(book),
            try .inbound(book),
            try .pick(book),
            try .stations(book),
            .carry(),
            try .count(book),
            .work(book),
            .demand(),
            try .slotting(book),
            try .epcis(book),
            try .pack(book),
            try .ship(book),
            try .returns(book),
            try .sale(book),
        ]
    }
}
