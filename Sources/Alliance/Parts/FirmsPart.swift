import District
import Web

extension Part {
    /// Profiles of firms, what they need and what they offer; needs that the record shows, with the firm's consent.
    static func firms(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
