import District
import Web

extension Part {
    /// Working groups, their decisions, roadmaps and milestones; what slips is seen by everyone.
    static func groups(_ book: Handbook) throws(HandbookError) -> Part {
        Part()
    }
}
