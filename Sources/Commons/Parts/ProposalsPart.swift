import District
import Web

extension Part {
    /// Proposals: place, photos, co-authors, support, merging of duplicates, amendments.
    static func proposals(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
