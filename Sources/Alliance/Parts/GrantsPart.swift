import District
import Web

extension Part {
    /// Grants and programmes: vouchers, seminars, who took part, what changed after.
    static func grants(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
