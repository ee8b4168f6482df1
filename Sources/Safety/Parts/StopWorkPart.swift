import Access
import District
import Record
import Store
import Web

extension Part {
    /// The right to stop work, and what must not follow from using it.
    static func stopWork(_ book: Handbook) throws(HandbookError) -> Part {
        let (policy, rules) = (try ActionPolicy(book), try StopWorkBook(book))
        var part = Part()
        part.migrations = [StopTable.migration, RetaliationTable.migration]
        part.commands = [
            StopWork.command, StopWork.byCode, StopWork.read, RespondToStop(policy: policy).command,
            ResumeWork.command, MeasurePersonnel.command, ReportRetaliation.command,
        ]
        part.projections = [StopTable.projection, RetaliationTable.projection]
        part.reactions = StopReactions(book: rules).all
        part.topics = [("safety.work.", "stops"), ("safety.retaliation.", "stops")]
        return part
    }
}
