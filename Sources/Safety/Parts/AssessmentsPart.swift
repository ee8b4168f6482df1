import Access
import District
import Record

extension Part {
    /// Risk assessment (OSH 36) with its continuous cycle: monthly finding, weekly review, daily tool-box meeting.
    static func assessments(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [TBMTable.migration]
        part.commands = [HoldTBM.command]
        part.projections = [TBMTable.projection]
        part.topics = [("safety.tbm.", "safety-tbm")]
        return part
    }
}
