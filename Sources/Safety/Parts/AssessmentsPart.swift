import Access
import District
import Record

extension Part {
    /// Risk assessment (OSH 36) with its continuous cycle: monthly finding, weekly review, daily tool-box meeting.
    static func assessments(_ book: Handbook) throws(HandbookError) -> Part {
        let method = try AssessmentBook(book)
        var part = Part()
        part.migrations = [TBMTable.migration, AssessmentTables.migration]
        part.commands = [
            HoldTBM.command, OpenAssessment.command(method), CopyAssessment.command(method), WalkRound.command,
            AddHazard.command, ConfirmHazard.command, AddControl.command, VerifyControl.command(method),
            RejectHigherSteps.command, SubmitAssessment.command(method), ShareAssessment.command,
            ReadAssessment.command, CloseAssessment.command(method),
        ]
        part.projections = [TBMTable.projection, AssessmentTables.projection]
        part.topics = [("safety.tbm.", "safety-tbm"), ("safety.assessment.", "safety-assessments")]
        return part
    }
}
