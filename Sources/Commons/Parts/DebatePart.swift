import District
import Web

extension Part {
    /// Threaded debate, and moderation with reasons and appeal.
    static func debate(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
