import District
import Web

extension Part {
    /// Votes: rules fixed beforehand, ballots, receipts, counts that explain themselves, recount.
    static func ballots(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
