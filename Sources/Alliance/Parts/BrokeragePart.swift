import District
import Web

extension Part {
    /// Brokerage days: who meets whom, matched stably and within capacity, and what came of each introduction.
    static func brokerage(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
