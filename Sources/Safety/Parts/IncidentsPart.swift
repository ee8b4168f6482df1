import Access
import District
import Record
import Web

extension Part {
    /// Accidents and illnesses from work: reported, called in, filed, investigated, and kept from happening again.
    static func incidents(_ book: Handbook) throws(HandbookError) -> Part {
        let law = try IncidentLaw(book)
        var part = Part()
        part.migrations = [IncidentTable.migration, HoursTable.migration, OrderTable.migration]
        part.commands = [
            ReportIncident(law: law).command, UpdateInjured(law: law).command, LogCall(law: law).command,
            PrepareForm30.command, SignForm30.command, FileForm30.command, InvestigateIncident.command,
            PlanRecurrence.command, ReportRecurrence.command, VerifyRecurrence.command, ReceiveOrder.command,
            FulfilOrder.command, CloseIncident(law: law).command, FoldIncident.command, ReportHours.command,
        ]
        part.projections = [IncidentTable.projection, HoursTable.projection, OrderTable.projection]
        part.routes = IncidentRoutes(law: law).routes
        part.home = { try await IncidentRoutes(law: law).home($0) }
        part.doors = [
            Door(
                "/safety/incidents", Words("사고와 재해", "Incidents"),
                Words("사고를 보고하고, 신고와 조사표, 재발방지까지 챙깁니다.", "Report accidents; calls, Form 30, and recurrence."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.topics = [
            ("safety.incident.", "incidents"), ("safety.call.", "incidents"), ("safety.form30.", "incidents"),
            ("safety.recurrence.", "incidents"), ("safety.order.", "incidents"), ("safety.hold.", "incidents"),
        ]
        part.sample = { spine, _ in try await IncidentSample.found(spine) }
        return part
    }
}
