import District
import Web

extension Part {
    /// Who may vote: the census, one-time credentials, paper ballots.
    static func census(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
