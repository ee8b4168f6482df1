import District
import Web

extension Part {
    /// Firms that come in or move: incentives, obstacles and who decides on them, jobs created and kept.
    static func investment(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
