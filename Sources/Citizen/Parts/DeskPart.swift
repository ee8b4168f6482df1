import District
import Record
import Web

extension Part {
    /// The desk: people take over where the machine was not enough.
    /// - Parameters:
    ///   - conversations: those that are handed over, by whose ear a wish to be called is read.
    static func desk(_ book: Handbook, _ conversations: Conversations) throws(HandbookError) -> Part {
        let hours = conversations.desk
        let view = DeskView(
            title: { intent, spine in
                do {
                    return try conversations.machine(in: spine).ear.intents[intent]?.title
                } catch {
                    spine.district.report("what somebody wanted could not be named", error)
                    return nil
                }
            },
            wish: { CallWish.heard($0, at: $1, by: try conversations.machine(in: $2).ear) }, hours: hours,
            services: try CityServices(book))
        var part = Part()
        part.migrations = [
            HandoverTable.migration, EndingTable.migration, HandoverTable.turns, HandoverTable.dangers,
            HandoverTable.calls,
        ]
        part.projections = [HandoverTable.projection, EndingTable.projection]
        part.commands = [
            TakeHandover.command, SayAtDesk.command, NoteAtDesk.command, FinishHandover.command,
            ArrangeCallback.command, TryCallback.command,
        ]
        let routes = DeskRoutes(view: view)
        part.routes = routes.routes
        part.doors = [
            Door(
                "/citizen/desk", Words("상담 창구", "The desk"),
                Words("자동 안내에서 사람을 찾은 민원인을 이어받습니다.", "Take over whoever wanted a person instead of the machine."),
                roles: DeskAsk.staff)
        ]
        part.home = { try await routes.tasks($0) }
        part.topics = [("citizen.handover.", "citizen-desk"), ("citizen.callback.", "citizen-desk")]
        part.services = { [DeskSweep(spine: $0, hours: hours)] }
        part.sample = { spine, seed in try await DeskSample.found(spine, seed: seed) }
        return part
    }
}
