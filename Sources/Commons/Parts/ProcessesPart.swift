import District
import Web

extension Part {
    /// Processes: their phases and days, templates for a zone's usual cases.
    static func processes(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
