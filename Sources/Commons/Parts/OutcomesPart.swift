import District
import Web

extension Part {
    /// What became of what was decided.
    static func outcomes(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
