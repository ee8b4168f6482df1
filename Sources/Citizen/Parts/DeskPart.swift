import District
import Record
import Web

extension Part {
    /// The desk of the house's conversations.
    static func desk(_ conversations: Conversations) -> Part {
        desk(hours: conversations.desk) { intent, spine in
            try? conversations.machine(in: spine).ear.intents[intent]?.title
        }
    }

    /// The desk: people take over where the machine was not enough.
    /// - Parameters:
    ///   - hours: when somebody sits there.
    ///   - title: what an intent is called.
    static func desk(hours: DeskHours, title: @escaping @Sendable (String, Spine) -> Words?) -> Part {
        var part = Part()
        part.migrations = [HandoverTable.migration, EndingTable.migration, HandoverTable.turns, HandoverTable.dangers]
        part.projections = [HandoverTable.projection, EndingTable.projection]
        part.commands = [
            TakeHandover.command, SayAtDesk.command, NoteAtDesk.command, FinishHandover.command,
            ArrangeCallback.command, TryCallback.command,
        ]
        let routes = DeskRoutes(view: DeskView(title: title))
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
