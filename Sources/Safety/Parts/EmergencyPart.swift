import Access
import District
import Record
import Web

extension Part {
    /// Emergencies and drills: manuals, duties, who is on site, the muster, CAP messages and the way out.
    static func emergency(_ book: Handbook) throws(HandbookError) -> Part {
        let scenarios = try Scenarios(book)
        let composer = CAPComposer(scenarios: scenarios, desk: try CAPDesk(book), phrases: try Phrases(book))
        var part = Part()
        part.migrations = [ManualTable.migration, PresenceTable.migration, EmergencyTable.migration]
        part.commands = [
            PublishManual(scenarios: scenarios).command, AssignEmergencyRole.command, EndEmergencyRole.command,
            CheckPresence.command, DeclareEmergency(scenarios: scenarios).command, MarkMuster.command,
            AddToMuster.command, ResolveMuster.command, TakeCommand.command, UpdateEmergency.command,
            ClearEmergency.command, ScheduleDrill(scenarios: scenarios).command, CompleteDrill.command,
            HandOverCAP(composer: composer).command,
        ]
        part.projections = [ManualTable.projection, PresenceTable.projection, EmergencyTable.projection]
        part.topics = [
            ("safety.emergency.", "emergency"), ("safety.muster.", "emergency"), ("safety.drill.", "emergency"),
            ("safety.manual.", "emergency"), ("safety.emergency-role.", "emergency"), ("safety.presence.", "presence"),
        ]
        return part
    }
}
