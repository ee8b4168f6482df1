import Access
import District
import Record
import Web

extension Part {
    /// Emergencies and drills: manuals, duties, who is on site, the muster, CAP messages and the way out.
    static func emergency(_ book: Handbook) throws(HandbookError) -> Part {
        let scenarios = try Scenarios(book)
        let phrases = try Phrases(book)
        let composer = CAPComposer(scenarios: scenarios, desk: try CAPDesk(book), phrases: phrases)
        let routes = EmergencyRoutes(scenarios: scenarios, phrases: phrases, composer: composer)
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
        part.routes = routes.routes
        part.home = { try await routes.home($0) }
        part.offline = { try await routes.offline($0) }
        part.doors = [
            Door(
                "/safety/emergencies", Words("비상 대응", "Emergencies"),
                Words("비상 선포와 인원 확인, 매뉴얼과 훈련을 봅니다.", "Declare, account for everyone, manuals and drills."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.topics = [
            ("safety.emergency.", "emergency"), ("safety.muster.", "emergency"), ("safety.drill.", "emergency"),
            ("safety.manual.", "emergency"), ("safety.emergency-role.", "emergency"), ("safety.presence.", "presence"),
        ]
        part.sample = { spine, _ in try await EmergencySample.found(spine, scenarios) }
        return part
    }
}
