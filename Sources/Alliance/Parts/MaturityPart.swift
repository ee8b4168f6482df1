import District
import Web

extension Part {
    /// Smart-factory maturity: assessed by the firm itself, led to a next step, assessed again.
    static func maturity(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
