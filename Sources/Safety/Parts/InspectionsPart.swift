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
        part.reactions = [InspectionReactions(policy: try ActionPolicy(book)).openActions]
        part.projections = [InspectionTables.projection]
        let routes = InspectionRoutes(library: library)
        part.routes = routes.routes
        part.offline = { try await routes.offline($0) }
        part.home = { try await routes.home($0) }
        part.doors = [
            Door(
                "/safety/inspections", Words("안전점검", "Inspections"),
                Words(
                    "오늘 할 점검을 휴대전화로 하고 결과를 봅니다. 연결이 없어도 됩니다.",
                    "Take what is due on a phone, also without a connection, and see what was found."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.sample = { spine, _ in try await InspectionSample(spine: spine, library: library).found() }
        part.topics = [("safety.inspection.", "safety-inspections"), ("safety.template.", "safety-inspections")]
        return part
    }
}
