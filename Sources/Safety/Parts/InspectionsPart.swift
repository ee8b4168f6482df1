import Access
import District
import Record
import Web

extension Part {
    /// Inspections: templates with frozen versions, rounds that are due, taken on a phone also without a connection.
    static func inspections(_ book: Handbook) throws(HandbookError) -> Part {
        let library = try InspectionLibrary(book)
        var part = Part()
        part.migrations = [InspectionTables.migration]
        part.commands = [
            PublishTemplate.command, ScheduleInspection.command(library), UnscheduleInspection.command,
            SubmitInspection.command, ReviewInspection.command,
        ]
        part.projections = [InspectionTables.projection]
        part.topics = [("safety.inspection.", "safety-inspections"), ("safety.template.", "safety-inspections")]
        return part
    }
}
