import Access
import District
import Record
import Store
import Web

extension Part {
    /// Actions against risks: owner, first due day, extensions, escalation, and whether they helped.
    static func actions(_ book: Handbook) throws(HandbookError) -> Part {
        let policy = try ActionPolicy(book)
        var part = Part()
        part.migrations = [ActionTable.migration, PhotoTable.migration]
        part.commands = [
            OpenAction(policy: policy).command, AssignAction.command, ExtendAction(policy: policy).command,
            CompleteAction.command, VerifyAction.command, CancelAction.command,
        ]
        part.projections = [ActionTable.projection, PhotoTable.projection]
        part.names = ["action": SafetyNames.actions]
        part.routes = ActionRoutes(policy: policy).routes
        part.doors = [
            Door(
                "/safety/actions", Words("조치", "Actions"),
                Words("할 일과 기한, 늦은 것과 효과를 봅니다.", "What is to be done, what is late, what helped."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.home = { try await ActionRoutes(policy: policy).tasks($0) }
        part.topics = [("safety.action.", "actions")]
        part.services = { [EscalationService(district: $0.district, policy: policy)] }
        return part
    }
}
