import District
import Web

extension Part {
    /// Programmes, sessions, attendance and scores; credentials (Open Badges 3.0) and statements (xAPI).
    static func training(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
