import District
import Web

extension Part {
    /// Statements, and the map of opinions.
    static func opinions(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
